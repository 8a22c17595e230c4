import { afterAll, beforeAll, expect } from "vitest";
import { credits } from "../../src/core/credits.ts";
import type { AccountId, ReservationId } from "../../src/core/ids.ts";
import type { Ledger, Recurrence, ReserveOrder } from "../../src/ports/ledger.ts";
import { audit } from "./audit.ts";
import { fresh, freshChannel, HOUR_MS, person } from "./fresh.ts";
import { T0 } from "./make-records.ts";
import type { OpenDatabase, TestDatabase } from "./open-databases.ts";

export const ADA = person("ada");
const UTC_DAY: Recurrence = { every: "day", timeZone: "UTC" };
export const later = (ms: number, from = T0): Date => new Date(from.getTime() + ms);

/** A ledger for the tests of a suite, with the shortest words for what they do most. Its books are audited at the end. */
export function useLedger(open: OpenDatabase) {
  let bench: TestDatabase;
  beforeAll(async () => {
    bench = await open();
  });
  afterAll(async () => {
    await audit(bench.pool);
    await bench.close();
  });
  const ledger = (): Ledger => bench.database.records.ledger;

  return {
    get bench() {
      return bench;
    },
    get ledger() {
      return ledger();
    },
    async openAccount(start: number, when = T0): Promise<AccountId> {
      return (await bench.database.records.channels.open(freshChannel(), credits(start), when)).account;
    },
    async figures(account: AccountId, when = T0) {
      const { granted, available, reserved, spent } = await ledger().balance(account, when);
      expect(granted).toBe(available + reserved + spent);
      return { granted, available, reserved, spent };
    },
    setAllowance: (account: AccountId, amount: number, recurs = UTC_DAY, when = T0, id = fresh()) =>
      ledger().setAllowance({ id, account, amount: credits(amount), recurs, by: ADA, at: when }),
    grant: (account: AccountId, amount: number, id = fresh(), when = T0) =>
      ledger().grant({ id, account, amount: credits(amount), by: ADA, memo: "launch", at: when }),
  };
}

export function orderOf(account: AccountId, amounts: readonly number[]): ReserveOrder {
  return {
    account,
    holds: amounts.map((amount) => ({ id: fresh<ReservationId>("hold."), amount: credits(amount) })),
    tier: "draft",
    subject: fresh(),
    channel: freshChannel(),
    person: ADA,
    memo: "4 takes",
    at: T0,
    expiresAt: later(HOUR_MS),
  };
}

export function firstOf(order: ReserveOrder): ReservationId {
  const [hold] = order.holds;
  if (hold === undefined) throw new Error("an order of nothing");
  return hold.id;
}
