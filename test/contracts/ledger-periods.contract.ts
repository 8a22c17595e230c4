import { describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import { audit } from "../support/audit.ts";
import { at, fresh, HOUR_MS } from "../support/fresh.ts";
import { ADA, firstOf, later, orderOf, useLedger } from "../support/ledger-bench.ts";
import { T0 } from "../support/make-records.ts";
import type { OpenDatabase } from "../support/open-databases.ts";

/** How a budget runs in periods. */
export function ledgerPeriodsContract(name: string, open: OpenDatabase): void {
  describe(`ledger periods: ${name}`, () => {
    const on = useLedger(open);

    describe("an allowance", () => {
      it("is set once an order, and raised or lowered within the period", async () => {
        const account = await on.openAccount(100);
        await on.ledger.reserve(orderOf(account, [30]));
        const id = fresh();
        expect(await on.setAllowance(account, 150, { every: "day", timeZone: "UTC" }, T0, id)).toBe("set");
        expect(await on.setAllowance(account, 150, { every: "day", timeZone: "UTC" }, T0, id)).toBe("exists");
        expect(await on.figures(account)).toEqual({ granted: 150, available: 120, reserved: 30, spent: 0 });
        await on.setAllowance(account, 40);
        expect(await on.figures(account)).toEqual({ granted: 40, available: 10, reserved: 30, spent: 0 });
        const [entry] = await on.ledger.entries(account, 1);
        expect(entry).toMatchObject({ kind: "cut", amount: 110, person: ADA });
      });

      it("below what is used leaves nothing, and recurs as it was set", async () => {
        const account = await on.openAccount(100);
        const order = orderOf(account, [30]);
        await on.ledger.reserve(order);
        await on.setAllowance(account, 10);
        expect(await on.figures(account)).toEqual({ granted: 30, available: 0, reserved: 30, spent: 0 });
        expect((await on.ledger.balance(account, T0)).allowance).toBe(10);
        await on.setAllowance(account, 50);
        expect(await on.figures(account)).toEqual({ granted: 50, available: 20, reserved: 30, spent: 0 });
        await on.setAllowance(account, 10);
        await on.ledger.spend(firstOf(order), credits(30), T0);
        const next = at("2026-11-21T00:00:00Z");
        expect(await on.figures(account, next)).toEqual({
          granted: 10,
          available: 10,
          reserved: 0,
          spent: 0,
        });
      });

      it("keeps the end of its period until the rhythm changes", async () => {
        const account = await on.openAccount(100);
        expect((await on.ledger.balance(account, T0)).resetsAt).toBeUndefined();
        await on.setAllowance(account, 100, { every: "month", timeZone: "Europe/Madrid" });
        const balance = await on.ledger.balance(account, T0);
        expect(balance.recurs).toEqual({ every: "month", timeZone: "Europe/Madrid" });
        expect(balance.resetsAt).toEqual(at("2026-11-30T23:00:00Z"));
        await on.setAllowance(account, 100, { every: "week", timeZone: "Europe/Madrid" });
        expect((await on.ledger.balance(account, T0)).resetsAt).toEqual(at("2026-11-22T23:00:00Z"));
      });
    });

    describe("a period", () => {
      it("rolls over: unused allowance lapses, unused grants move along", async () => {
        const account = await on.openAccount(100);
        await on.setAllowance(account, 100);
        await on.grant(account, 50);
        const order = orderOf(account, [120]);
        await on.ledger.reserve(order);
        await on.ledger.spend(firstOf(order), credits(120), T0);
        const [noon, midnight] = [at("2026-11-20T23:59:59.999Z"), at("2026-11-21T00:00:00Z")];
        expect((await on.figures(account, noon)).available).toBe(30);
        expect(await on.figures(account, midnight)).toEqual({
          granted: 130,
          available: 130,
          reserved: 0,
          spent: 0,
        });
        expect(await on.ledger.spenders(account, 5)).toEqual([]);
        const untouched = at("2026-11-22T00:00:00Z");
        expect((await on.figures(account, untouched)).available).toBe(130);
        await audit(on.bench.pool, account);
      });

      it("that nobody asked about is skipped", async () => {
        const account = await on.openAccount(100);
        await on.setAllowance(account, 10);
        await on.grant(account, 5);
        expect((await on.figures(account, at("2027-03-01T12:00:00Z"))).available).toBe(15);
        expect((await on.ledger.balance(account, at("2027-03-01T12:00:00Z"))).resetsAt).toEqual(
          at("2027-03-02T00:00:00Z"),
        );
        expect(await audit(on.bench.pool, account)).toMatchObject({ periods: 2 });
      });

      it("gets back what it was charged, after it is over", async () => {
        const account = await on.openAccount(100);
        await on.setAllowance(account, 10);
        const [kept, returned] = [orderOf(account, [4]), orderOf(account, [5])];
        await on.ledger.reserve(kept);
        await on.ledger.reserve(returned);
        const next = at("2026-11-21T08:00:00Z");
        expect(await on.figures(account, next)).toEqual({
          granted: 10,
          available: 10,
          reserved: 0,
          spent: 0,
        });
        expect(await on.ledger.release(firstOf(returned), "late", next)).toEqual({ status: "released" });
        expect(await on.ledger.spend(firstOf(kept), credits(3), next)).toEqual({ status: "spent" });
        expect(await on.figures(account, next)).toEqual({
          granted: 10,
          available: 10,
          reserved: 0,
          spent: 0,
        });
        const { rows } = await on.bench.pool.query(
          "select granted, available, reserved, spent from draftroom.periods where account_id = $1 and number = 1",
          [account],
        );
        expect(rows).toEqual([{ granted: "10", available: "7", reserved: "0", spent: "3" }]);
        expect((await on.ledger.entries(account, 3)).map((entry) => entry.period)).toEqual([1, 1, 1]);
        await audit(on.bench.pool, account);
      });

      it("is started by a hold that comes first after its end", async () => {
        const account = await on.openAccount(100);
        await on.setAllowance(account, 10);
        await on.ledger.reserve(orderOf(account, [10]));
        const next = at("2026-11-21T08:00:00Z");
        const order = { ...orderOf(account, [10]), at: next, expiresAt: later(HOUR_MS, next) };
        expect(await on.ledger.reserve(order)).toEqual({ status: "reserved", available: 0 });
        expect(await on.ledger.reserve({ ...orderOf(account, [1]), at: next })).toEqual({
          status: "insufficient",
          available: 0,
          needed: 1,
          resetsAt: at("2026-11-22T00:00:00Z"),
        });
      });

      it("rolls once, whatever comes at the same moment", async () => {
        const account = await on.openAccount(100);
        await on.setAllowance(account, 10);
        await on.grant(account, 5);
        const next = at("2026-11-21T00:00:00Z");
        await Promise.all(
          Array.from({ length: 24 }, (_, index) => {
            if (index % 3 === 0) return on.ledger.balance(account, next);
            if (index % 3 === 1) return on.ledger.reserve({ ...orderOf(account, [1]), at: next });
            return on.grant(account, 1, fresh(), next);
          }),
        );
        expect(await on.figures(account, next)).toEqual({
          granted: 23,
          available: 15,
          reserved: 8,
          spent: 0,
        });
        expect(await audit(on.bench.pool, account)).toMatchObject({ periods: 2 });
      });

      it("takes along a grant that comes while it rolls", async () => {
        const account = await on.openAccount(100);
        await on.setAllowance(account, 10);
        const [before, midnight] = [at("2026-11-20T23:59:59Z"), at("2026-11-21T00:00:00Z")];
        let granted: Promise<unknown> = Promise.resolve();
        await on.bench.database.transact(async (records) => {
          await records.ledger.balance(account, midnight);
          granted = on.grant(account, 50, fresh(), before);
          // The grant is under way on another connection, where there is one; a few round trips let it get as far as it can.
          for (let look = 0; look < 20; look++) await records.ledger.balance(account, midnight);
        });
        await granted;
        expect((await on.figures(account, midnight)).available).toBe(60);
      });
    });
  });
}
