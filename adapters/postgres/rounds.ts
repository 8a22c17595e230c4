import { sql } from "kysely";
import type { RoundId, TakeId } from "../../src/core/ids.ts";
import type { ModelName } from "../../src/core/model.ts";
import type { Tier } from "../../src/core/recipe.ts";
import type { NewRound, RoundStore } from "../../src/ports/records.ts";
import { type Fragment, handOver, isHeld, UNENDED } from "./hand-over.ts";
import { findRound, findTakeWork } from "./round-rows.ts";
import type { Db } from "./tables.ts";

export function createRoundStore(db: Db): RoundStore {
  return {
    start: (round) => start(db, round),
    find: (id) => findRound(db, id),
    findTake: (id) => findTakeWork(db, id),
    async beginTake(id, at) {
      const { rows } = await sql<{ first: boolean }>`
        with begun as (
          update takes set status = 'rendering' where id = ${id} and status in ('queued', 'rendering')
          returning round_id
        ), round as (
          update rounds set status = 'rendering', changed_at = ${at}
          where id in (select round_id from begun) and status = 'queued'
          returning id
        )
        select exists (select from round) as first from begun`.execute(db);
      const [begun] = rows;
      if (begun === undefined) return "ended";
      return begun.first ? "first" : "begun";
    },
    takeMade: (id, asset, at) => advanceTake(db, id, sql`status = 'made', asset = ${asset}`, UNENDED, at),
    takeFailed: (id, failure, at) =>
      advanceTake(db, id, sql`status = 'failed', failure = ${failure}`, UNENDED, at),
    passTake: (id, pass, at) => advanceTake(db, id, handOver(pass), isHeld(pass), at),
    dropTake: (id, at) =>
      advanceTake(db, id, sql`status = 'failed', failure = 'cancelled'`, sql`status = 'queued'`, at),
    offer: (id, grid, at) =>
      advance(db, id, sql`status = 'choosing', grid = ${grid}, trouble = null`, UNENDED, at),
    fail: (id, failure, at) => advance(db, id, sql`status = 'failed', failure = ${failure}`, UNENDED, at),
    close: (id, final, at) =>
      advance(db, id, sql`status = 'closed', final_id = ${final}`, sql`status = 'choosing'`, at),
    reopen: (id, final, at) =>
      advance(
        db,
        id,
        sql`status = 'choosing', final_id = null`,
        sql`status = 'closed' and final_id = ${final}`,
        at,
      ),
    async vote(id, person, number, at) {
      await db
        .insertInto("votes")
        .values({ round_id: id, person, number, at })
        .onConflict((conflict) => conflict.columns(["round_id", "person"]).doUpdateSet({ number, at }))
        .execute();
    },
    async unvote(id, person, number) {
      await db
        .deleteFrom("votes")
        .where("round_id", "=", id)
        .where("person", "=", person)
        .where("number", "=", number)
        .execute();
    },
    async votes(id) {
      const rows = await db
        .selectFrom("votes")
        .select(["person", "number"])
        .where("round_id", "=", id)
        .orderBy("at")
        .execute();
      return rows.map((row) => ({ person: row.person as never, number: row.number }));
    },
    trouble: (id, trouble, at) => advance(db, id, sql`trouble = ${trouble}`, UNENDED, at),
    async alive(id, at) {
      await db.updateTable("rounds").set({ changed_at: at }).where("id", "=", id).execute();
    },
    async modelsAtWork() {
      const { rows } = await sql<{ tier: Tier; name: ModelName }>`
        select distinct 'draft' as tier, t.model as name
        from takes t join rounds r on r.id = t.round_id
        where r.status in ('queued', 'rendering') and t.status in ('queued', 'rendering')
        union all
        select distinct 'final', model from finals where ${UNENDED}
        order by 1, 2`.execute(db);
      return rows;
    },
    async stale(before, limit) {
      const rows = await db
        .selectFrom("rounds")
        .select("id")
        .where("status", "in", ["queued", "rendering"])
        .where("changed_at", "<=", before)
        .orderBy("changed_at")
        .limit(limit)
        .execute();
      return rows.map((row) => row.id as RoundId);
    },
  };
}

/** Compare-and-set: only from the states that `from` names, so that the second of two hears false. */
async function advanceTake(db: Db, id: TakeId, change: Fragment, from: Fragment, at: Date): Promise<boolean> {
  const { rows } = await sql`
    with changed as (
      update takes set ${change} where id = ${id} and ${from} returning round_id
    )
    update rounds set changed_at = ${at} where id in (select round_id from changed) returning id`.execute(db);
  return rows.length > 0;
}

async function advance(db: Db, id: RoundId, change: Fragment, from: Fragment, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update rounds set ${change}, changed_at = ${at} where id = ${id} and ${from} returning id`.execute(db);
  return rows.length > 0;
}

async function start(db: Db, round: NewRound): ReturnType<RoundStore["start"]> {
  const { order, origin, place, takes } = round;
  const originOf = origin.kind === "draft" ? null : origin.of;
  const originNumber = origin.kind === "vary" ? origin.number : null;
  const concept = round.concept ?? round.newConcept;
  // One statement: on the embedded database each round trip costs as much as the work itself.
  const { rows } = await sql`
    with numbered as (
      update concepts set rounds = rounds + 1 where id = ${round.concept ?? null} returning rounds
    ), round as (
      insert into rounds (id, event, concept_id, number, requester, prompt, seed, aspect, take_count, final_size, keep,
                          reference_ids, origin, origin_of, origin_number, model, take_price, post, created_at, changed_at)
      values (${round.id}, ${round.event}, ${concept},
              coalesce((select rounds from numbered), 1),
              ${round.requester}, ${order.prompt}, ${order.seed}, ${order.aspect}, ${order.count}, ${order.finalSize}, ${order.keep},
              ${[...order.references]}::text[], ${origin.kind}, ${originOf}, ${originNumber}, ${round.model}, ${round.takePrice}, ${round.post}, ${round.at}, ${round.at})
      on conflict (event) do nothing
      returning id, concept_id, requester, model, post, created_at
    ), concept as (
      insert into concepts (id, channel, requester, root_post, created_at)
      select concept_id, ${place.channel}::text, requester, post, created_at from round
      where ${round.concept === undefined}::boolean
    ), work as (
      insert into takes (id, round_id, number, seed, turn, model)
      select t.id, round.id, t.number, t.seed, t.turn, round.model
      from round, unnest(${takes.map((take) => take.id)}::text[], ${takes.map((take) => take.number)}::int[],
                         ${takes.map((take) => take.seed)}::bigint[], ${takes.map((take) => take.turn)}::bigint[])
                  as t (id, number, seed, turn)
    ), message as (
      insert into posts (id, channel, thread, under, kind, subject, status, held_until, created_at, changed_at)
      select round.post, ${place.channel}::text, ${place.thread ?? null}::text,
             (select root_post from concepts where id = ${round.concept ?? null}),
             'round', round.id, ${round.answerBy ? "sending" : "waiting"}, ${round.answerBy ?? null}::timestamptz,
             round.created_at, round.created_at
      from round
    )
    select id from round`.execute(db);
  if (rows.length > 0) return { status: "started" };
  const earlier = await db
    .selectFrom("rounds")
    .select("id")
    .where("event", "=", round.event)
    .executeTakeFirstOrThrow();
  return { status: "exists", round: earlier.id as RoundId };
}
