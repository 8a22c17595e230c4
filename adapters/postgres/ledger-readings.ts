import { credits } from "../../src/core/credits.ts";
import type { ReservationId, UserRef } from "../../src/core/ids.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import type { Db } from "./tables.ts";

/** The questions to the ledger that move nothing. */
export function createLedgerReadings(db: Db): Pick<Ledger, "entries" | "holds" | "spenders" | "overdue"> {
  return {
    async entries(account, limit) {
      const rows = await db
        .selectFrom("entries")
        .selectAll()
        .where("account_id", "=", account)
        .orderBy("seq", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        at: row.at,
        kind: row.kind,
        id: row.id,
        amount: credits(Number(row.amount)),
        period: row.period,
        person: (row.person ?? undefined) as UserRef | undefined,
        memo: row.memo,
      }));
    },
    async holds(account) {
      const rows = await db
        .selectFrom("reservations")
        .select((eb) => [
          "subject",
          "tier",
          "person",
          eb.fn.sum<string>("amount").as("amount"),
          eb.fn.min("made_at").as("since"),
        ])
        .where("account_id", "=", account)
        .where("status", "=", "held")
        .groupBy(["subject", "tier", "person"])
        .orderBy("since")
        .execute();
      return rows.map((row) => ({
        subject: row.subject,
        tier: row.tier,
        person: row.person as UserRef,
        amount: credits(Number(row.amount)),
        since: row.since,
      }));
    },
    async spenders(account, limit) {
      const rows = await db
        .selectFrom("entries as e")
        .innerJoin("accounts as a", (join) =>
          join.onRef("a.id", "=", "e.account_id").onRef("a.period", "=", "e.period"),
        )
        .select((eb) => ["e.person", eb.fn.sum<string>("e.amount").as("spent")])
        .where("e.account_id", "=", account)
        .where("e.kind", "=", "spend")
        .where("e.person", "is not", null)
        .groupBy("e.person")
        .orderBy("spent", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ person: row.person as UserRef, spent: credits(Number(row.spent)) }));
    },
    async overdue(at, limit) {
      const rows = await db
        .selectFrom("reservations")
        .select(["id", "tier", "subject"])
        .where("status", "=", "held")
        .where("expires_at", "<=", at)
        .orderBy("expires_at")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, id: row.id as ReservationId }));
    },
  };
}
