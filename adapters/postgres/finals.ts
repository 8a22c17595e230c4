import { type Selectable, sql } from "kysely";
import { credits } from "../../src/core/credits.ts";
import type { FailureKind } from "../../src/core/failure.ts";
import type { Final, FinalState } from "../../src/core/final.ts";
import type { AssetId, FinalId, PostId, RoundId, TakeId, UserRef } from "../../src/core/ids.ts";
import type { Size } from "../../src/core/recipe.ts";
import type { FinalStore, NewFinal } from "../../src/ports/records.ts";
import { type Fragment, handOver, isHeld, toInsteadOf, UNENDED } from "./hand-over.ts";
import { present } from "./round-rows.ts";
import type { Db, Tables } from "./tables.ts";

export function createFinalStore(db: Db): FinalStore {
  return {
    start: (final) => start(db, final),
    async find(id) {
      const row = await db
        .selectFrom("finals as f")
        .innerJoin("takes as t", "t.id", "f.take_id")
        .selectAll("f")
        .select("t.number")
        .where("f.id", "=", id)
        .executeTakeFirst();
      return row && toFinal(row);
    },
    async turnOf(id) {
      const row = await db.selectFrom("finals").select("turn").where("id", "=", id).executeTakeFirstOrThrow();
      return Number(row.turn);
    },
    async madeOf(take) {
      const { count } = await db
        .selectFrom("finals")
        .select((eb) => eb.fn.countAll<string>().as("count"))
        .where("take_id", "=", take)
        .where("asset", "is not", null)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async sentBack(round) {
      const rows = await db
        .selectFrom("finals")
        .select("post")
        .where("round_id", "=", round)
        .where("status", "=", "sent_back")
        .orderBy("id")
        .execute();
      return rows.map((row) => row.post as PostId);
    },
    begin: (id, at) => advance(db, id, sql`status = 'rendering'`, UNENDED, at),
    deliver: (id, asset, preview, at) =>
      advance(db, id, sql`status = 'delivered', asset = ${asset}, preview = ${preview}`, UNENDED, at),
    fail: (id, failure, at) => advance(db, id, sql`status = 'failed', failure = ${failure}`, UNENDED, at),
    pass: (id, pass, at) => advance(db, id, handOver(pass), isHeld(pass), at),
    drop: (id, at) =>
      advance(db, id, sql`status = 'failed', failure = 'cancelled'`, sql`status = 'queued'`, at),
    decide(id, decision, by, at) {
      const because = decision.status === "sent_back" ? (decision.because ?? null) : null;
      return advance(
        db,
        id,
        sql`status = ${decision.status}, because = ${because}, decided_by = ${by}, decided_at = ${at}`,
        sql`status = 'delivered'`,
        at,
      );
    },
    async alive(id, at) {
      await db.updateTable("finals").set({ changed_at: at }).where("id", "=", id).execute();
    },
    async stale(before, limit) {
      const rows = await db
        .selectFrom("finals")
        .select("id")
        .where("status", "in", ["queued", "rendering"])
        .where("changed_at", "<=", before)
        .orderBy("changed_at")
        .limit(limit)
        .execute();
      return rows.map((row) => row.id as FinalId);
    },
  };
}

async function start(db: Db, final: NewFinal): Promise<void> {
  await sql`
    with final as (
      insert into finals (id, round_id, take_id, seed, size, model, price, picked_by, picked_at, post, turn, changed_at)
      values (${final.id}, ${final.round}, ${final.take}, ${final.seed}, ${final.size}, ${final.model}, ${final.price}, ${final.pickedBy},
              ${final.at}, ${final.post}, ${final.turn}, ${final.at})
    )
    insert into posts (id, channel, thread, under, kind, subject, created_at, changed_at)
    select ${final.post}, root.channel, root.thread, root.id, 'final', ${final.id}::text, ${final.at}::timestamptz, ${final.at}::timestamptz
    from rounds r join concepts c on c.id = r.concept_id join posts root on root.id = c.root_post
    where r.id = ${final.round}`.execute(db);
}

/** Compare-and-set, as for rounds. */
async function advance(db: Db, id: FinalId, change: Fragment, from: Fragment, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update finals set ${change}, changed_at = ${at} where id = ${id} and ${from} returning id`.execute(db);
  return rows.length > 0;
}

function toFinal(row: Selectable<Tables["finals"]> & { number: number }): Final {
  return {
    id: row.id as FinalId,
    round: row.round_id as RoundId,
    take: row.take_id as TakeId,
    number: row.number,
    seed: Number(row.seed),
    size: row.size as Size,
    model: row.model,
    insteadOf: toInsteadOf(row),
    price: credits(row.price),
    pickedBy: row.picked_by as UserRef,
    pickedAt: row.picked_at,
    post: row.post as PostId,
    state: toState(row),
  };
}

function toState(row: Selectable<Tables["finals"]>): FinalState {
  const { status } = row;
  switch (status) {
    case "queued":
    case "rendering":
      return { status };
    case "failed":
      return { status, failure: present(row.failure) as FailureKind };
    case "delivered":
      return { status, ...pictures(row) };
    case "approved":
      return { status, ...decided(row) };
    case "sent_back":
      return { status, because: row.because ?? undefined, ...decided(row) };
  }
}

function decided(row: Selectable<Tables["finals"]>) {
  return { by: present(row.decided_by) as UserRef, at: present(row.decided_at), ...pictures(row) };
}

function pictures(row: Selectable<Tables["finals"]>) {
  return { asset: present(row.asset) as AssetId, preview: present(row.preview) as AssetId };
}
