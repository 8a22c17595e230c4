import { credits } from "../../src/core/credits.ts";
import type { AccountId, UserRef } from "../../src/core/ids.ts";
import type { Balance } from "../../src/ports/ledger.ts";
import { startDuePeriod } from "./periods.ts";
import type { Db } from "./tables.ts";
import { within } from "./transactions.ts";

/** See `Ledger.balance`. One statement, unless a period has run out: every message that is shown asks for it. */
export async function readBalance(db: Db, account: AccountId, at: Date): Promise<Balance> {
  const found = await findBalance(db, account);
  if (found.resetsAt === undefined || found.resetsAt > at) return found;
  await within(db, (trx) => startDuePeriod(trx, account, at));
  return findBalance(db, account);
}

/** As it was when its period was last looked at. */
async function findBalance(db: Db, account: AccountId): Promise<Balance> {
  const row = await db
    .selectFrom("accounts as a")
    .innerJoin("periods as p", (join) =>
      join.onRef("p.account_id", "=", "a.id").onRef("p.number", "=", "a.period"),
    )
    .select(["p.granted", "p.available", "p.reserved", "p.spent", "p.ends_at"])
    .select(["a.allowance", "a.every", "a.time_zone", "a.frozen_by"])
    .where("a.id", "=", account)
    .executeTakeFirstOrThrow();
  return {
    granted: credits(Number(row.granted)),
    available: credits(Number(row.available)),
    reserved: credits(Number(row.reserved)),
    spent: credits(Number(row.spent)),
    allowance: credits(row.allowance),
    recurs: row.every === null ? undefined : { every: row.every, timeZone: row.time_zone },
    resetsAt: row.ends_at ?? undefined,
    frozenBy: (row.frozen_by ?? undefined) as UserRef | undefined,
  };
}
