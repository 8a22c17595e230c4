import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import type { AccountId, ReservationId } from "../../src/core/ids.ts";
import { type Ledger, PERIODS } from "../../src/ports/ledger.ts";
import { audit } from "../support/audit.ts";
import { at, fresh, freshChannel, person } from "../support/fresh.ts";
import { LedgerModel, type Move } from "../support/ledger-model.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const T0 = at("2026-11-20T10:00:00Z");
const START = 20;

const amount = fc.integer({ min: 0, max: 12 });
const id = fc.nat({ max: 4 });
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("grant" as const), id: fc.nat({ max: 3 }), amount }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("reserve" as const),
      holds: fc.uniqueArray(fc.record({ id, amount }), {
        minLength: 1,
        maxLength: 3,
        selector: (each) => each.id,
      }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("spend" as const),
      id,
      amount: fc.option(amount, { nil: undefined, freq: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("release" as const), id }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("allowance" as const),
      id: fc.nat({ max: 3 }),
      amount: fc.integer({ min: 0, max: 40 }),
      every: fc.constantFrom(...PERIODS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("freeze" as const, "unfreeze" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 800 }) }),
  },
);

const anything = fc.array(move, { minLength: 10, maxLength: 30, size: "max" });
/** A grant that is held when its period ends, and comes back some time later: rare among any moves. */
const heldOver = fc
  .record({
    allowance: fc.integer({ min: 0, max: 3 }),
    granted: fc.integer({ min: 8, max: 12 }),
    held: fc.integer({ min: 4, max: 8 }),
    between: anything,
  })
  .map(({ allowance, granted, held, between }): Move[] => [
    { kind: "allowance", id: 0, amount: allowance, every: "day" },
    { kind: "grant", id: 0, amount: granted },
    { kind: "reserve", holds: [{ id: 0, amount: held }] },
    { kind: "wait", hours: 24 },
    ...between,
    { kind: "release", id: 0 },
  ]);

/** Any history ends where a model in memory says, and its books balance after every step. */
export function ledgerHistories(name: string, open: OpenDatabase): void {
  describe(`ledger histories: ${name}`, () => {
    let bench: TestDatabase;
    beforeAll(async () => {
      bench = await open();
    });
    afterAll(async () => {
      await audit(bench.pool);
      await bench.close();
    });

    it("agree with the model", { timeout: 60_000 }, async () => {
      const { ledger, channels } = bench.database.records;
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(fc.oneof(anything, heldOver), async (moves) => {
          const { account } = await channels.open(freshChannel(), credits(START), T0);
          const model = new LedgerModel(START, T0);
          const run = fresh();
          for (const each of moves) {
            const expected = model.apply(each);
            const status = await make(ledger, account, run, each, model.now);
            expect(status, JSON.stringify(each)).toBe(expected);
            seen.add(`${each.kind} ${status}`);
            expect(await read(ledger, account, model.now), JSON.stringify(each)).toEqual(model.figures());
            await audit(bench.pool, account);
          }
          if (model.carriedLate > 0) seen.add("carried late");
        }),
        { numRuns: name === "PGlite" ? 25 : 10 },
      );
      // Histories that never got anywhere would prove nothing.
      expect([...seen]).toEqual(
        expect.arrayContaining(["reserve reserved", "spend spent", "release released", "carried late"]),
      );
    });
  });
}

async function read(ledger: Ledger, account: AccountId, when: Date) {
  const { granted, available, reserved, spent, resetsAt, frozenBy } = await ledger.balance(account, when);
  return { granted, available, reserved, spent, resetsAt, frozen: frozenBy !== undefined };
}

async function make(
  ledger: Ledger,
  account: AccountId,
  run: string,
  move: Move,
  when: Date,
): Promise<string> {
  const by = person("ada");
  const hold = (number: number) => `${run}.${number}` as ReservationId;
  switch (move.kind) {
    case "wait":
      return "waited";
    case "grant": {
      const order = {
        id: `${run}.${move.id}`,
        account,
        amount: credits(move.amount),
        by,
        memo: "",
        at: when,
      };
      return (await ledger.grant(order)).status;
    }
    case "reserve": {
      const holds = move.holds.map((each) => ({ id: hold(each.id), amount: credits(each.amount) }));
      const order = { account, holds, tier: "draft", subject: run, memo: "", person: by, at: when } as const;
      return (await ledger.reserve({ ...order, channel: freshChannel(), expiresAt: when })).status;
    }
    case "spend": {
      const cost = move.amount === undefined ? undefined : credits(move.amount);
      return (await ledger.spend(hold(move.id), cost, when)).status;
    }
    case "release":
      return (await ledger.release(hold(move.id), "no", when)).status;
    case "allowance": {
      const recurs = { every: move.every, timeZone: "UTC" };
      const order = { id: `${run}.${move.id}`, account, amount: credits(move.amount), recurs, by, at: when };
      return ledger.setAllowance(order);
    }
    case "freeze":
      return ledger.freeze(account, by, when);
    case "unfreeze":
      return ledger.unfreeze(account);
  }
}
