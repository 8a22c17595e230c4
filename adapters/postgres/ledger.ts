import { sql } from "kysely";
import { type Credits, credits } from "../../src/core/credits.ts";
import type { AccountId, ReservationId } from "../../src/core/ids.ts";
import type {
  AllowanceOrder,
  Grant,
  GrantResult,
  Ledger,
  ReserveOrder,
  ReserveResult,
  SettleResult,
} from "../../src/ports/ledger.ts";
import { createLedgerReadings } from "./ledger-readings.ts";
import { carryLate, setAllowance, startDuePeriod } from "./periods.ts";
import { readBalance } from "./read-balance.ts";
import type { Db } from "./tables.ts";
import { isUniqueViolation, within } from "./transactions.ts";

/**
 * The ledger in SQL. Each movement is one statement, which moves the period's figures, marks the
 * reservation and writes the entry together: half a movement cannot be seen, not even by a crash.
 */
export function createLedger(db: Db): Ledger {
  return {
    grant: (grant) => within(db, (trx) => grantCredits(trx, grant)),
    reserve: (order) => reserve(db, order),
    spend: (id, amount, at) =>
      amount === undefined
        ? spend(db, id, amount, at)
        : givingBack(db, id, at, (trx) => spend(trx, id, amount, at)),
    release: (id, reason, at) => givingBack(db, id, at, (trx) => release(trx, id, reason, at)),
    setAllowance: (order: AllowanceOrder) => within(db, (trx) => setAllowance(trx, order)),
    freeze: async (account, by, at) => {
      const { numUpdatedRows } = await db
        .updateTable("accounts")
        .set({ frozen_by: by, frozen_at: at })
        .where("id", "=", account)
        .where("frozen_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? "frozen" : "already_frozen";
    },
    unfreeze: async (account) => {
      const { numUpdatedRows } = await db
        .updateTable("accounts")
        .set({ frozen_by: null, frozen_at: null })
        .where("id", "=", account)
        .where("frozen_at", "is not", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? "unfrozen" : "not_frozen";
    },
    balance: (account, at) => readBalance(db, account, at),
    ...createLedgerReadings(db),
  };
}

async function grantCredits(db: Db, grant: Grant): Promise<GrantResult> {
  await startDuePeriod(db, grant.account, grant.at);
  // A roll that runs at the same moment would leave the grant behind, in a period that is over.
  await db.selectFrom("accounts").select("id").where("id", "=", grant.account).forUpdate().execute();
  const { rows } = await sql<{ amount: string }>`
    with written as (
      insert into entries (account_id, period, kind, id, amount, person, memo, at)
      select id, period, 'grant', ${grant.id}::text, ${grant.amount}::bigint, ${grant.by}::text, ${grant.memo}::text, ${grant.at}::timestamptz
      from accounts where id = ${grant.account}
      on conflict (kind, id) do nothing
      returning account_id, period, amount
    )
    update periods set granted = granted + written.amount, available = available + written.amount
    from written where periods.account_id = written.account_id and periods.number = written.period
    returning written.amount`.execute(db);
  if (rows.length > 0) return { status: "granted" };
  const earlier = await db
    .selectFrom("entries")
    .select("amount")
    .where("kind", "=", "grant")
    .where("id", "=", grant.id)
    .executeTakeFirst();
  if (earlier === undefined) throw new Error(`no such account: ${grant.account}`);
  const amount = credits(Number(earlier.amount));
  return amount === grant.amount ? { status: "exists" } : { status: "exists_with_different_amount", amount };
}

async function reserve(db: Db, order: ReserveOrder): Promise<ReserveResult> {
  if (order.holds.length === 0) throw new RangeError("a reservation holds something");
  if (new Set(order.holds.map((each) => each.id)).size < order.holds.length) {
    throw new RangeError("one hold, one id");
  }
  try {
    return (await hold(db, order)) ?? (await explainRefusal(db, order));
  } catch (error) {
    // Two calls with one id at the same moment: the other one has it now.
    if (!db.isTransaction && isUniqueViolation(error)) return explainRefusal(db, order);
    throw error;
  }
}

async function hold(db: Db, order: ReserveOrder): Promise<ReserveResult | undefined> {
  const ids = order.holds.map((each) => each.id);
  const amounts = order.holds.map((each) => each.amount);
  const needed = total(order);
  const { rows } = await sql<{ available: string }>`
    with moved as (
      update periods set available = available - ${needed}::bigint, reserved = reserved + ${needed}::bigint
      where account_id = ${order.account}
        and number = (select period from accounts where id = ${order.account} and frozen_at is null)
        and available >= ${needed}::bigint and (ends_at is null or ends_at > ${order.at})
        and not exists (select from reservations where id = any(${ids}::text[]))
      returning account_id, number, available
    ), held as (
      insert into reservations (id, account_id, period, amount, tier, subject, channel, person, made_at, expires_at)
      select unnest(${ids}::text[]), account_id, number, unnest(${amounts}::int[]), ${order.tier}, ${order.subject},
             ${order.channel}, ${order.person}, ${order.at}::timestamptz, ${order.expiresAt}::timestamptz
      from moved
      returning account_id, period, id, amount, person, tier, made_at
    ), written as (
      insert into entries (account_id, period, kind, id, amount, person, tier, memo, at)
      select account_id, period, 'reserve', id, amount, person, tier, ${order.memo}, made_at from held
    )
    select available from moved`.execute(db);
  const [moved] = rows;
  return moved && { status: "reserved", available: credits(Number(moved.available)) };
}

/** Why nothing moved. A period that has run out is rolled here, and the order tried again. */
async function explainRefusal(db: Db, order: ReserveOrder): Promise<ReserveResult> {
  const known = await db
    .selectFrom("reservations")
    .select(["id", "amount"])
    .where(
      "id",
      "in",
      order.holds.map((each) => each.id),
    )
    .execute();
  if (known.length > 0) {
    const same = order.holds.every((each) =>
      known.some((row) => row.id === each.id && row.amount === each.amount),
    );
    return { status: same ? "exists" : "exists_with_different_amount" };
  }
  if (await within(db, (trx) => startDuePeriod(trx, order.account, order.at))) return reserve(db, order);
  const balance = await readBalance(db, order.account, order.at);
  if (balance.frozenBy !== undefined) return { status: "frozen", by: balance.frozenBy };
  const { available, resetsAt } = balance;
  const needed = total(order);
  // Credits came back between the two looks.
  if (available >= needed) return reserve(db, order);
  return { status: "insufficient", available, needed, resetsAt };
}

function total(order: ReserveOrder) {
  return credits(order.holds.reduce((sum, each) => sum + each.amount, 0));
}

async function spend(
  db: Db,
  id: ReservationId,
  amount: Credits | undefined,
  at: Date,
): Promise<SettleResult> {
  const { rows } = await sql`
    with settled as (
      update reservations set status = 'spent'
      where id = ${id} and status = 'held' and amount >= coalesce(${amount ?? null}::bigint, amount)
      returning account_id, period, id, amount, person, tier, subject,
                coalesce(${amount ?? null}::bigint, amount) as cost
    ), moved as (
      update periods p
      set reserved = p.reserved - s.amount, spent = p.spent + s.cost, available = p.available + s.amount - s.cost
      from settled s where p.account_id = s.account_id and p.number = s.period
    )
    insert into entries (account_id, period, kind, id, amount, person, tier, memo, at)
    select account_id, period, 'spend', id, cost, person, tier, subject, ${at}::timestamptz from settled
    union all
    select account_id, period, 'release', id, amount - cost, person, tier, 'cost less', ${at}::timestamptz
    from settled where amount > cost
    returning seq`.execute(db);
  return rows.length > 0 ? { status: "spent" } : explainSettled(db, id);
}

async function release(db: Db, id: ReservationId, reason: string, at: Date): Promise<SettleResult> {
  const { rows } = await sql`
    with settled as (
      update reservations set status = 'released' where id = ${id} and status = 'held'
      returning account_id, period, id, amount, person, tier
    ), moved as (
      update periods p set reserved = p.reserved - s.amount, available = p.available + s.amount
      from settled s where p.account_id = s.account_id and p.number = s.period
    )
    insert into entries (account_id, period, kind, id, amount, person, tier, memo, at)
    select account_id, period, 'release', id, amount, person, tier, ${reason}, ${at}::timestamptz from settled
    returning seq`.execute(db);
  return rows.length > 0 ? { status: "released" } : explainSettled(db, id);
}

/** A settlement that gives something back: what was granted moves on when its period is over. */
function givingBack(
  db: Db,
  id: ReservationId,
  at: Date,
  settle: (trx: Db) => Promise<SettleResult>,
): Promise<SettleResult> {
  return within(db, async (trx) => {
    const { rows } = await sql<{ id: AccountId }>`
      select a.id from accounts a join reservations r on r.account_id = a.id where r.id = ${id} for update of a`.execute(
      trx,
    );
    const result = await settle(trx);
    const [account] = rows;
    const settled = result.status === "spent" || result.status === "released";
    if (account && settled) await carryLate(trx, account.id, id, at);
    return result;
  });
}

async function explainSettled(db: Db, id: ReservationId): Promise<SettleResult> {
  const row = await db
    .selectFrom("reservations")
    .select(["status", "amount"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return { status: "not_found" };
  if (row.status === "spent") return { status: "already_spent" };
  if (row.status === "released") return { status: "already_released" };
  return { status: "exceeds_reservation", reserved: credits(row.amount) };
}
