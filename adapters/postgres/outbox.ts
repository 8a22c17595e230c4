import { sql } from "kysely";
import type { JobTree } from "../../src/ports/jobs.ts";
import type { InboxStore, OutboxStore } from "../../src/ports/work.ts";
import type { Db } from "./tables.ts";

export function createOutboxStore(db: Db): OutboxStore {
  return {
    async add(trees) {
      if (trees.length === 0) return;
      await db
        .insertInto("outbox")
        .values(trees.map((tree) => ({ tree: JSON.stringify(tree), claimed_until: null })))
        .execute();
    },
    async claim(at, until, limit) {
      const { rows } = await sql<{ seq: string; tree: JobTree }>`
        update outbox set claimed_until = ${until}
        where seq in (
          select seq from outbox where claimed_until is null or claimed_until <= ${at}
          order by seq limit ${limit} for update skip locked
        )
        returning seq, tree`.execute(db);
      return rows.toSorted((a, b) => Number(a.seq) - Number(b.seq));
    },
    async remove(seqs) {
      if (seqs.length > 0)
        await db
          .deleteFrom("outbox")
          .where("seq", "in", [...seqs])
          .execute();
    },
  };
}

export function createInboxStore(db: Db): InboxStore {
  return {
    async admit(event, at) {
      const row = await db
        .insertInto("inbox")
        .values({ event, at })
        .onConflict((conflict) => conflict.column("event").doNothing())
        .returning("event")
        .executeTakeFirst();
      return row !== undefined;
    },
    async forget(before) {
      await db.deleteFrom("inbox").where("at", "<", before).execute();
    },
  };
}
