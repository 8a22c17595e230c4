import { sql } from "kysely";
import type { FinalId, TakeId, WorkspaceRef } from "../../src/core/ids.ts";
import type { DepartureStore } from "../../src/ports/retention.ts";
import type { Db } from "./tables.ts";

export function createDepartureStore(db: Db): DepartureStore {
  return {
    async left(workspace, at) {
      const row = { left_at: at, purging: false };
      await db
        .insertInto("departures")
        .values({ workspace, ...row })
        .onConflict((conflict) => conflict.column("workspace").doUpdateSet(row))
        .execute();
    },
    async returned(workspace) {
      await db.deleteFrom("departures").where("workspace", "=", workspace).execute();
    },
    async disproved(afterMs) {
      const { rows } = await sql<{ workspace: WorkspaceRef }>`
        delete from departures d where exists (
          select from channels h join posts p on p.channel = h.ref
          where h.workspace = d.workspace and p.created_at > d.left_at + ${afterMs} * interval '1 millisecond'
        )
        returning workspace`.execute(db);
      return rows.map((row) => row.workspace);
    },
    async before(at, limit) {
      const rows = await db
        .selectFrom("departures")
        .select("workspace")
        .where("left_at", "<=", at)
        .orderBy("left_at")
        .limit(limit)
        .execute();
      return rows.map((row) => row.workspace as WorkspaceRef);
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

/** Of rounds whose workspace left after that moment of theirs. */
function leftSince(moment: ReturnType<typeof sql>) {
  return sql`
    join concepts c on c.id = r.concept_id join channels h on h.ref = c.channel
    join departures d on d.workspace = h.workspace
    where ${moment} <= d.left_at`;
}
