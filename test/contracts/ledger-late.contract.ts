import { describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import type { AccountId } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { at, fresh, HOUR_MS } from "../support/fresh.ts";
import { firstOf, later, orderOf, useLedger } from "../support/ledger-bench.ts";
import { T0 } from "../support/make-records.ts";
import type { OpenDatabase } from "../support/open-databases.ts";

const NEXT = at("2026-11-21T08:00:00Z");
const AFTER_NEXT = at("2026-11-22T08:00:00Z");

/** What becomes of credits that are settled when the period they were held in is over. */
export function ledgerLateContract(name: string, open: OpenDatabase): void {
  describe(`ledger, late: ${name}`, () => {
    const on = useLedger(open);

    /** An account of `allowance` a day and `granted` more, all of it held in one hold a credit given. */
    async function heldAccount(allowance: number, granted: number, holds: readonly number[]) {
      const account = await on.openAccount(allowance);
      await on.setAllowance(account, allowance);
      await on.grant(account, granted);
      const orders = holds.map((amount) => orderOf(account, [amount]));
      for (const order of orders) await on.ledger.reserve(order);
      return { account, ids: orders.map(firstOf) };
    }
    const carries = async (account: AccountId) =>
      (await on.ledger.entries(account, 100))
        .filter((entry) => entry.kind === "carry_out" || entry.kind === "carry_in")
        .map(({ kind, id, amount, period }) => ({ kind, id, amount, period }));
    const spare = (available: number, granted = available) => ({ granted, available, reserved: 0, spent: 0 });

    it("a grant that comes back moves to the current period, with its entries", async () => {
      const { account, ids } = await heldAccount(0, 4, [4]);
      const [id] = ids;
      if (id === undefined) throw new Error("one hold");
      expect(await on.figures(account, NEXT)).toEqual(spare(0));
      expect(await on.ledger.release(id, "overloaded", NEXT)).toEqual({ status: "released" });
      expect(await on.figures(account, NEXT)).toEqual(spare(4));
      expect(await carries(account)).toEqual([
        { kind: "carry_in", id, amount: 4, period: 2 },
        { kind: "carry_out", id, amount: 4, period: 1 },
      ]);
      expect(await on.ledger.release(id, "again", NEXT)).toEqual({ status: "already_released" });
      expect(await on.figures(account, NEXT)).toEqual(spare(4));
      // It is as good as new.
      const order = { ...orderOf(account, [4]), at: NEXT, expiresAt: later(HOUR_MS, NEXT) };
      expect(await on.ledger.reserve(order)).toEqual({ status: "reserved", available: 0 });
      await audit(on.bench.pool, account);
    });

    it("an allowance that comes back lapses with its period", async () => {
      const { account, ids } = await heldAccount(10, 0, [10]);
      expect(await on.figures(account, NEXT)).toEqual(spare(10));
      for (const id of ids) await on.ledger.release(id, "late", NEXT);
      expect(await on.figures(account, NEXT)).toEqual(spare(10));
      expect(await carries(account)).toEqual([]);
    });

    it("of both, the grant comes back first: what is left of the day is used before it", async () => {
      const { account, ids } = await heldAccount(10, 5, [6, 6]);
      // Three of the five were not held, and moved on by themselves.
      expect(await on.figures(account, NEXT)).toEqual(spare(13));
      const [first, second] = ids;
      if (first === undefined || second === undefined) throw new Error("two holds");
      await on.ledger.release(first, "late", NEXT);
      expect(await on.figures(account, NEXT), "two were granted").toEqual(spare(15));
      await on.ledger.release(second, "late", NEXT);
      expect(await on.figures(account, NEXT), "the rest was the day's").toEqual(spare(15));
      await audit(on.bench.pool, account);
    });

    it("it skips the periods between", async () => {
      const { account, ids } = await heldAccount(3, 2, [5]);
      await on.figures(account, NEXT);
      await on.figures(account, AFTER_NEXT);
      for (const id of ids) await on.ledger.release(id, "late", AFTER_NEXT);
      expect(await on.figures(account, AFTER_NEXT)).toEqual(spare(5));
      expect((await carries(account)).map(({ period }) => period)).toEqual([3, 1]);
      expect(await audit(on.bench.pool, account)).toMatchObject({ periods: 3 });
    });

    it("a settlement before anybody asked about the new period stays in the old one, and rolls with it", async () => {
      const { account, ids } = await heldAccount(3, 2, [5]);
      for (const id of ids) await on.ledger.release(id, "late", NEXT);
      expect(await on.figures(account, NEXT)).toEqual(spare(5));
      expect((await carries(account)).map(({ amount, period }) => [amount, period])).toEqual([
        [2, 2],
        [2, 1],
      ]);
    });

    it("what cost less than was held gives the rest back in the same way", async () => {
      const { account, ids } = await heldAccount(0, 9, [9]);
      await on.figures(account, NEXT);
      for (const id of ids) {
        expect(await on.ledger.spend(id, credits(2), NEXT)).toEqual({ status: "spent" });
      }
      expect(await on.figures(account, NEXT)).toEqual(spare(7));
      expect((await carries(account)).map(({ amount }) => amount)).toEqual([7, 7]);
      await audit(on.bench.pool, account);
    });

    it("spending without an amount spends all that was held, in the period that was charged", async () => {
      const { account, ids } = await heldAccount(0, 9, [4, 5]);
      const [now, late] = ids;
      if (now === undefined || late === undefined) throw new Error("two holds");
      expect(await on.ledger.spend(now, undefined, T0)).toEqual({ status: "spent" });
      expect(await on.figures(account)).toEqual({ granted: 9, available: 0, reserved: 5, spent: 4 });
      await on.figures(account, NEXT);
      expect(await on.ledger.spend(late, undefined, NEXT)).toEqual({ status: "spent" });
      expect(await on.ledger.spend(late, undefined, NEXT)).toEqual({ status: "already_spent" });
      expect(await on.ledger.spend(fresh(), undefined, NEXT)).toEqual({ status: "not_found" });
      expect(await on.figures(account, NEXT)).toEqual(spare(0));
      expect(await carries(account)).toEqual([]);
      expect(
        (await on.ledger.entries(account, 2)).map(({ kind, amount, period }) => [kind, amount, period]),
      ).toEqual([
        ["spend", 5, 1],
        ["spend", 4, 1],
      ]);
      await audit(on.bench.pool, account);
    });

    it("settling, rolling, holding and granting at one moment neither lock up nor lose a credit", async () => {
      const repetitions = name === "PGlite" ? 5 : 40;
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const { account, ids } = await heldAccount(4, 12, [2, 2, 2, 2, 2, 2, 2, 2]);
        const moves = ids.map((id, index) => async () => {
          if (index % 4 === 3) return on.ledger.spend(id, undefined, NEXT);
          if (index % 4 === 2) return on.ledger.spend(id, credits(1), NEXT);
          return on.ledger.release(id, "late", NEXT);
        });
        const others = [
          () => on.ledger.balance(account, NEXT),
          () => on.ledger.reserve({ ...orderOf(account, [1]), at: NEXT, expiresAt: AFTER_NEXT }),
          () => on.grant(account, 1, fresh(), NEXT),
        ];
        const all = [...moves, ...others, ...others];
        // Another order each time: who comes first is for the locks to say.
        const turned = all.map((_, index) => all[(index * 5 + repetition) % all.length]);
        await Promise.all(turned.map((move) => move?.()));
        const { available, reserved, spent } = await on.figures(account, NEXT);
        // Of 16 held, 6 were spent: the old day's 4 and 2 that were granted. Then came a new day's 4, and 2 more.
        expect({ free: available + reserved, spent }).toEqual({ free: 16 - 6 + 4 + 2, spent: 0 });
        await audit(on.bench.pool, account);
      }
    });
  });
}
