import { sql } from "kysely";
import type { FinalId, TakeId } from "../../src/core/ids.ts";
import type { Departed, DepartureStore } from "../../src/ports/retention.ts";
import type { Db } from "./tables.ts";

export function createDepartureStore(db: Db): DepartureStore {
  return {
    async left(departed, at) {
      const row = { left_at: at, purging: false };
      await db
        .insertInto("departures")
        .values({ departed, ...row })
        .onConflict((conflict) => conflict.column("departed").doUpdateSet(row))
        .execute();
    },
    async returned(departed) {
      await db.deleteFrom("departures").where("departed", "=", departed).execute();
    },
    async disproved(afterMs) {
      const { rows } = await sql<{ departed: Departed }>`
        delete from departures d where exists (
          select from channels h join posts p on p.channel = h.ref
          where h.workspace = d.departed and p.created_at > d.left_at + ${afterMs} * interval '1 millisecond'
        ) or exists (
          select from posts p where p.channel = d.departed and p.status = 'sent' and p.created_at > d.left_at
        )
        returning departed`.execute(db);
      return rows.map((row) => row.departed);
    },
    async before(at, limit) {
      const rows = await db
        .selectFrom("departures")
        .select("departed")
        .where("left_at", "<=", at)
        .orderBy("left_at")
        .limit(limit)
        .execute();
      return rows.map((row) => row.departed as Departed);
    },
    async waiting(limit) {
      const takes = await sql<{ id: TakeId }>`
        select t.id from takes t join rounds r on r.id = t.round_id
        ${leftSince(sql`r.created_at`)} and t.status = 'queued' limit ${limit}`.execute(db);
      const finals = await sql<{ id: FinalId }>`
        select f.id from finals f join rounds r on r.id = f.round_id
        ${leftSince(sql`f.picked_at`)} and f.status = 'queued' limit ${limit}`.execute(db);
      return { takes: takes.rows.map((row) => row.id), finals: finals.rows.map((row) => row.id) };
    },
  };
}

/** Of rounds whose workspace or channel left after that moment of theirs. */
function leftSince(moment: ReturnType<typeof sql>) {
  return sql`
    join concepts c on c.id = r.concept_id join channels h on h.ref = c.channel
    where exists (select from departures d where d.departed in (h.workspace, h.ref) and ${moment} <= d.left_at)`;
}
