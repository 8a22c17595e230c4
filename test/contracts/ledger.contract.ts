import { describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import type { AccountId, ReservationId } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { fresh, person } from "../support/fresh.ts";
import { ADA, firstOf, orderOf, useLedger } from "../support/ledger-bench.ts";
import { T0 } from "../support/make-records.ts";
import type { OpenDatabase } from "../support/open-databases.ts";

/** What the rest of the program relies on in a ledger. Time is an argument: nothing here waits. */
export function ledgerContract(name: string, open: OpenDatabase): void {
  describe(`ledger: ${name}`, () => {
    const on = useLedger(open);

    describe("grant", () => {
      it("adds credits once an id", async () => {
        const account = await on.openAccount(10);
        const id = fresh();
        expect(await on.grant(account, 5, id)).toEqual({ status: "granted" });
        expect(await on.grant(account, 5, id)).toEqual({ status: "exists" });
        expect(await on.grant(account, 6, id)).toEqual({ status: "exists_with_different_amount", amount: 5 });
        expect(await on.figures(account)).toEqual({ granted: 15, available: 15, reserved: 0, spent: 0 });
        const [entry] = await on.ledger.entries(account, 1);
        expect(entry).toEqual({
          at: T0,
          kind: "grant",
          id,
          amount: 5,
          period: 1,
          person: ADA,
          memo: "launch",
        });
      });

      it("of one id counts once, however many come at the same moment", async () => {
        const account = await on.openAccount(0);
        const id = fresh();
        const results = await Promise.all(Array.from({ length: 20 }, () => on.grant(account, 7, id)));
        expect(results.filter((each) => each.status === "granted")).toHaveLength(1);
        expect((await on.figures(account)).available).toBe(7);
      });

      it("to nobody's account fails, and so do a fraction and a negative amount", async () => {
        await expect(on.grant(fresh<AccountId>(), 5)).rejects.toThrow(/no such account/);
        expect(() => credits(1.5)).toThrow(RangeError);
        expect(() => credits(-1)).toThrow(RangeError);
      });
    });

    describe("reserve", () => {
      it("holds all or nothing, once an id", async () => {
        const account = await on.openAccount(10);
        const order = orderOf(account, [3, 4]);
        expect(await on.ledger.reserve(order)).toEqual({ status: "reserved", available: 3 });
        expect(await on.ledger.reserve(order)).toEqual({ status: "exists" });
        expect(await on.figures(account)).toEqual({ granted: 10, available: 3, reserved: 7, spent: 0 });
        const more = orderOf(account, [2, 2]);
        expect(await on.ledger.reserve(more)).toEqual({
          status: "insufficient",
          available: 3,
          needed: 4,
          resetsAt: undefined,
        });
        expect(await on.figures(account)).toEqual({ granted: 10, available: 3, reserved: 7, spent: 0 });
        expect(await on.ledger.holds(account)).toEqual([
          { subject: order.subject, tier: "draft", person: ADA, amount: 7, since: T0 },
        ]);
      });

      it("tells a known id with another amount, and a mix of known and new ids", async () => {
        const account = await on.openAccount(10);
        const order = orderOf(account, [3]);
        await on.ledger.reserve(order);
        const [hold] = order.holds;
        const other = { ...order, holds: [{ id: hold?.id ?? fresh<ReservationId>(), amount: credits(4) }] };
        expect(await on.ledger.reserve(other)).toEqual({ status: "exists_with_different_amount" });
        const mixed = { ...order, holds: [...order.holds, ...orderOf(account, [1]).holds] };
        expect(await on.ledger.reserve(mixed)).toEqual({ status: "exists_with_different_amount" });
        expect((await on.figures(account)).reserved).toBe(3);
      });

      it("remembers an id after it was settled", async () => {
        const account = await on.openAccount(10);
        const order = orderOf(account, [3]);
        await on.ledger.reserve(order);
        await on.ledger.release(firstOf(order), "no", T0);
        expect(await on.ledger.reserve(order)).toEqual({ status: "exists" });
        expect((await on.figures(account)).reserved).toBe(0);
      });

      it("refuses an order of nothing, and one id for two holds", async () => {
        const account = await on.openAccount(10);
        await expect(on.ledger.reserve(orderOf(account, []))).rejects.toThrow(RangeError);
        const [hold] = orderOf(account, [1]).holds;
        const twice = { ...orderOf(account, []), holds: [hold, hold].filter((each) => each !== undefined) };
        await expect(on.ledger.reserve(twice)).rejects.toThrow(RangeError);
        expect((await on.figures(account)).available).toBe(10);
      });

      it("refuses nothing that costs nothing", async () => {
        const account = await on.openAccount(0);
        const order = orderOf(account, [0, 0]);
        expect(await on.ledger.reserve(order)).toEqual({ status: "reserved", available: 0 });
        expect(await on.ledger.spend(firstOf(order), credits(0), T0)).toEqual({ status: "spent" });
      });

      it("a thousand at once on credits for a hundred: a hundred are accepted", async () => {
        const account = await on.openAccount(100);
        const results = await Promise.all(
          Array.from({ length: 1000 }, () => on.ledger.reserve(orderOf(account, [1]))),
        );
        const count = (status: string) => results.filter((each) => each.status === status).length;
        expect([count("reserved"), count("insufficient")]).toEqual([100, 900]);
        expect(await on.figures(account)).toEqual({ granted: 100, available: 0, reserved: 100, spent: 0 });
        await audit(on.bench.pool, account);
      });

      it("the same order at once from many: held once", async () => {
        const account = await on.openAccount(100);
        const order = orderOf(account, [5, 5]);
        const results = await Promise.all(Array.from({ length: 20 }, () => on.ledger.reserve(order)));
        expect(results.filter((each) => each.status === "reserved")).toHaveLength(1);
        expect(results.filter((each) => each.status === "exists")).toHaveLength(19);
        expect((await on.figures(account)).reserved).toBe(10);
      });

      it("joins the transaction it is called in", async () => {
        const account = await on.openAccount(10);
        const order = orderOf(account, [4]);
        const undone = await on.bench.database.transact(async (records, undo) => {
          await records.ledger.reserve(order);
          return undo("taken back");
        });
        expect(undone).toBe("taken back");
        expect((await on.figures(account)).reserved).toBe(0);
        expect(await on.ledger.reserve(order)).toEqual({ status: "reserved", available: 6 });
      });
    });

    describe("freeze", () => {
      it("stops new holds, not settling, until it is undone", async () => {
        const account = await on.openAccount(10);
        const order = orderOf(account, [3]);
        await on.ledger.reserve(order);
        expect(await on.ledger.freeze(account, ADA, T0)).toBe("frozen");
        expect(await on.ledger.freeze(account, person("max"), T0)).toBe("already_frozen");
        expect(await on.ledger.reserve(orderOf(account, [1]))).toEqual({ status: "frozen", by: ADA });
        expect(await on.ledger.reserve(orderOf(account, [99]))).toEqual({ status: "frozen", by: ADA });
        expect(await on.ledger.reserve(order)).toEqual({ status: "exists" });
        expect((await on.ledger.balance(account, T0)).frozenBy).toBe(ADA);
        expect(await on.ledger.spend(firstOf(order), credits(3), T0)).toEqual({ status: "spent" });
        expect(await on.grant(account, 1)).toEqual({ status: "granted" });
        expect(await on.ledger.unfreeze(account)).toBe("unfrozen");
        expect(await on.ledger.unfreeze(account)).toBe("not_frozen");
        expect(await on.ledger.reserve(orderOf(account, [1]))).toEqual({ status: "reserved", available: 7 });
      });
    });

    describe("settling", () => {
      it("spends what it cost and returns the rest", async () => {
        const account = await on.openAccount(10);
        const order = orderOf(account, [7]);
        await on.ledger.reserve(order);
        expect(await on.ledger.spend(firstOf(order), credits(5), T0)).toEqual({ status: "spent" });
        expect(await on.figures(account)).toEqual({ granted: 10, available: 5, reserved: 0, spent: 5 });
        const kinds = (await on.ledger.entries(account, 3)).map(({ kind, amount }) => ({ kind, amount }));
        expect(kinds).toContainEqual({ kind: "spend", amount: 5 });
        expect(kinds).toContainEqual({ kind: "release", amount: 2 });
        expect(await on.ledger.spenders(account, 5)).toEqual([{ person: ADA, spent: 5 }]);
      });

      it("happens once, whichever way", async () => {
        const account = await on.openAccount(10);
        const [spent, released] = [orderOf(account, [2]), orderOf(account, [3])];
        await on.ledger.reserve(spent);
        await on.ledger.reserve(released);
        await on.ledger.spend(firstOf(spent), credits(2), T0);
        await on.ledger.release(firstOf(released), "no", T0);
        const before = await on.figures(account);
        expect(await on.ledger.spend(firstOf(spent), credits(2), T0)).toEqual({ status: "already_spent" });
        expect(await on.ledger.release(firstOf(spent), "no", T0)).toEqual({ status: "already_spent" });
        expect(await on.ledger.spend(firstOf(released), credits(1), T0)).toEqual({
          status: "already_released",
        });
        expect(await on.ledger.release(firstOf(released), "no", T0)).toEqual({ status: "already_released" });
        expect(await on.figures(account)).toEqual(before);
        expect(before).toEqual({ granted: 10, available: 8, reserved: 0, spent: 2 });
      });

      it("of spend and release at the same moment, one happens", async () => {
        const account = await on.openAccount(20);
        const order = orderOf(account, [2]);
        await on.ledger.reserve(order);
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            index % 2 === 0
              ? on.ledger.spend(firstOf(order), credits(2), T0)
              : on.ledger.release(firstOf(order), "no", T0),
          ),
        );
        expect(results.filter(({ status }) => status === "spent" || status === "released")).toHaveLength(1);
        await audit(on.bench.pool, account);
      });

      it("refuses more than was held, and what nobody knows", async () => {
        const account = await on.openAccount(10);
        const order = orderOf(account, [2]);
        await on.ledger.reserve(order);
        expect(await on.ledger.spend(firstOf(order), credits(3), T0)).toEqual({
          status: "exceeds_reservation",
          reserved: 2,
        });
        expect((await on.figures(account)).reserved).toBe(2);
        expect(await on.ledger.spend(fresh<ReservationId>(), credits(1), T0)).toEqual({
          status: "not_found",
        });
        expect(await on.ledger.release(fresh<ReservationId>(), "no", T0)).toEqual({ status: "not_found" });
      });
    });
  });
}
