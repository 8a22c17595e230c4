import { sql } from "kysely";
import type { AccountId, ReservationId } from "../../src/core/ids.ts";
import type { AllowanceOrder, Period } from "../../src/ports/ledger.ts";
import type { Db } from "./tables.ts";

/**
 * The end of the calendar period that `at` falls in. PostgreSQL does the calendar, so that months
 * have their lengths and a day on which the clocks change has 23 or 25 hours.
 */
function endOf(every: Period, timeZone: string, at: Date) {
  const local = sql`(${at}::timestamptz at time zone ${timeZone}::text)`;
  return sql<Date>`((date_trunc(${every}::text, ${local}) + ('1 ' || ${every}::text)::interval) at time zone ${timeZone}::text)`;
}

/**
 * Starts the account's next period when the current one has run out. Unused allowance stays behind;
 * unused grants move along. Periods in which nobody asked are skipped. Call it within a transaction.
 * Returns whether a period was started.
 */
export async function startDuePeriod(db: Db, account: AccountId, at: Date): Promise<boolean> {
  const due = await db
    .selectFrom("accounts as a")
    .innerJoin("periods as p", (join) =>
      join.onRef("p.account_id", "=", "a.id").onRef("p.number", "=", "a.period"),
    )
    .select("a.id")
    .where("a.id", "=", account)
    .where("p.ends_at", "<=", at)
    .executeTakeFirst();
  return due === undefined ? false : roll(db, account, at);
}

async function roll(db: Db, account: AccountId, at: Date): Promise<boolean> {
  const locked = await db
    .selectFrom("accounts")
    .select(["period", "allowance", "every", "time_zone"])
    .where("id", "=", account)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const old = await db
    .selectFrom("periods")
    .selectAll()
    .where("account_id", "=", account)
    .where("number", "=", locked.period)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // Somebody else has rolled it while we waited for the lock.
  if (old.ends_at === null || old.ends_at > at || locked.every === null) return false;
  const carried = unusedGrants(old);
  const number = locked.period + 1;
  const granted = locked.allowance + carried;
  await sql`update periods set granted = granted - ${carried}::bigint, available = available - ${carried}::bigint
    where account_id = ${account} and number = ${locked.period}`.execute(db);
  await sql`insert into periods (account_id, number, starts_at, ends_at, allowance, granted, available, reserved, spent)
    values (${account}, ${number}, ${at}, ${endOf(locked.every, locked.time_zone, at)}, ${locked.allowance},
            ${granted}, ${granted}, 0, 0)`.execute(db);
  await db.updateTable("accounts").set({ period: number }).where("id", "=", account).execute();
  const entry = {
    account_id: account,
    person: null,
    tier: null,
    memo: "new period",
    at,
    id: `${account}#${number}`,
  };
  const moved = [
    { ...entry, kind: "allowance" as const, period: number, amount: locked.allowance },
    { ...entry, kind: "carry_out" as const, period: locked.period, amount: carried },
    { ...entry, kind: "carry_in" as const, period: number, amount: carried },
  ].filter((each) => each.amount > 0);
  if (moved.length > 0) await db.insertInto("entries").values(moved).execute();
  return true;
}

/** Allowance is used up before grants. */
function unusedGrants(period: { available: string; granted: string; allowance: number }): number {
  return Math.min(Number(period.available), Math.max(0, Number(period.granted) - period.allowance));
}

/**
 * Moves on what was granted and came back, by the reservation's release, to a period that is over.
 * Call it in the transaction of that release, with the account locked.
 */
export async function carryLate(
  db: Db,
  account: AccountId,
  reservation: ReservationId,
  at: Date,
): Promise<void> {
  const old = await db
    .selectFrom("periods as p")
    .innerJoin("reservations as r", (join) =>
      join.onRef("r.account_id", "=", "p.account_id").onRef("r.period", "=", "p.number"),
    )
    .innerJoin("accounts as a", "a.id", "p.account_id")
    .select(["p.number", "p.available", "p.granted", "p.allowance", "a.period as current"])
    .where("r.id", "=", reservation)
    .executeTakeFirstOrThrow();
  const carried = unusedGrants(old);
  if (old.number === old.current || carried === 0) return;
  await sql`
    update periods
    set granted = granted + case number when ${old.current} then ${carried}::bigint else -${carried}::bigint end,
        available = available + case number when ${old.current} then ${carried}::bigint else -${carried}::bigint end
    where account_id = ${account} and number in (${old.number}, ${old.current})`.execute(db);
  const entry = {
    account_id: account,
    person: null,
    tier: null,
    memo: "given back late",
    at,
    id: reservation,
  };
  await db
    .insertInto("entries")
    .values([
      { ...entry, kind: "carry_out" as const, period: old.number, amount: carried },
      { ...entry, kind: "carry_in" as const, period: old.current, amount: carried },
    ])
    .execute();
}

/** See `Ledger.setAllowance`. Call it within a transaction. */
export async function setAllowance(db: Db, order: AllowanceOrder): Promise<"set" | "exists"> {
  await startDuePeriod(db, order.account, order.at);
  const { every, timeZone } = order.recurs;
  const account = await db
    .selectFrom("accounts")
    .select("period")
    .where("id", "=", order.account)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const done = await db
    .selectFrom("entries")
    .select("seq")
    .where("kind", "in", ["allowance", "cut"])
    .where("id", "=", order.id)
    .executeTakeFirst();
  if (done !== undefined) return "exists";
  const period = await db
    .selectFrom("periods")
    .select(["available", "allowance"])
    .where("account_id", "=", order.account)
    .where("number", "=", account.period)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // What is used stays used: a cut takes no more than is there.
  const change = Math.max(order.amount - period.allowance, -Number(period.available));
  await sql`update periods
    set granted = granted + ${change}::bigint, available = available + ${change}::bigint, allowance = allowance + ${change}::int,
        ends_at = ${endOf(every, timeZone, order.at)}
    where account_id = ${order.account} and number = ${account.period}`.execute(db);
  await db
    .updateTable("accounts")
    .set({ allowance: order.amount, every, time_zone: timeZone })
    .where("id", "=", order.account)
    .execute();
  await db
    .insertInto("entries")
    .values({
      account_id: order.account,
      period: account.period,
      kind: change < 0 ? "cut" : "allowance",
      id: order.id,
      amount: Math.abs(change),
      person: order.by,
      tier: null,
      memo: `${order.amount} per ${every}`,
      at: order.at,
    })
    .execute();
  return "set";
}
