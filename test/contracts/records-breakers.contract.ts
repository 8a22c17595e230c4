import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ASK_AGAIN_MS,
  FAILURES_MAX,
  OPEN_MS_MAX,
  OPEN_MS_MIN,
  TRIAL_MS_MAX,
} from "../../adapters/postgres/breakers.ts";
import type { BreakerStore } from "../../src/ports/model-records.ts";
import { BreakerModel } from "../support/breaker-model.ts";
import { fresh } from "../support/fresh.ts";
import { T0 } from "../support/make-records.ts";
import type { OpenDatabase, TestDatabase } from "../support/open-databases.ts";

const ADMITTED = { status: "admitted" } as const;
const later = (ms: number) => new Date(T0.getTime() + ms);

const move = fc.oneof(
  { weight: 3, arbitrary: fc.constant("admit" as const) },
  { weight: 5, arbitrary: fc.constant("fail" as const) },
  { weight: 1, arbitrary: fc.constant("succeed" as const) },
  // The moments at which something changes, a little before and after.
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(0, OPEN_MS_MIN, 2 * OPEN_MS_MIN, TRIAL_MS_MAX, OPEN_MS_MAX),
        fc.integer({ min: -1, max: 1 }),
      )
      .map(([ms, more]) => Math.max(0, ms + more)),
  },
);

/** How models are left alone while they fail, the same for all who ask. */
export function breakersContract(name: string, open: OpenDatabase): void {
  describe(`breakers: ${name}`, () => {
    let bench: TestDatabase;
    let breakers: BreakerStore;
    beforeAll(async () => {
      bench = await open();
      breakers = bench.database.records.breakers;
    });
    afterAll(() => bench.close());

    const freshModel = () => ({ tier: "draft", name: fresh("model-") }) as const;
    const found = async ({ name }: { readonly name: string }) =>
      (await breakers.list()).find((each) => each.name === name);
    /** A model whose breaker has opened, at `T0`. */
    const opened = async () => {
      const model = freshModel();
      for (let n = 1; n < FAILURES_MAX; n++) expect(await breakers.failed(model, T0)).toBe("counted");
      expect(await breakers.failed(model, T0)).toBe("opened");
      return model;
    };

    it("let everybody through until so many failures in a row", async () => {
      const model = freshModel();
      expect(await found(model)).toBeUndefined();
      for (let n = 1; n < FAILURES_MAX; n++) {
        await breakers.failed(model, T0);
        expect(await breakers.admit(model, T0)).toEqual(ADMITTED);
      }
      expect(await found(model)).toEqual({ ...model, failures: FAILURES_MAX - 1, openUntil: undefined });
      await breakers.succeeded(model);
      expect(await found(model)).toBeUndefined();
      await breakers.failed(model, T0);
      expect(await breakers.admit(model, T0)).toEqual(ADMITTED);
    });

    it("open for a while, for that model of that tier alone", async () => {
      const model = await opened();
      const until = later(OPEN_MS_MIN);
      expect(await breakers.admit(model, T0)).toEqual({ status: "open", until });
      expect(await breakers.admit(model, later(OPEN_MS_MIN - 1))).toEqual({ status: "open", until });
      expect(await found(model)).toEqual({ ...model, failures: FAILURES_MAX, openUntil: until });
      expect(await breakers.admit({ ...model, tier: "final" }, T0)).toEqual(ADMITTED);
      expect(await breakers.admit(freshModel(), T0)).toEqual(ADMITTED);
    });

    it("hear nothing new from those who were asked before they opened", async () => {
      const model = await opened();
      expect(await breakers.failed(model, later(OPEN_MS_MIN - 1))).toBe("counted");
      expect(await breakers.admit(model, later(OPEN_MS_MIN))).toEqual(ADMITTED);
    });

    it("let one through when the time has come, of many who ask at once", async () => {
      const model = await opened();
      const at = later(OPEN_MS_MIN);
      const answers = await Promise.all(Array.from({ length: 20 }, () => breakers.admit(model, at)));
      expect(answers.filter((each) => each.status === "admitted")).toHaveLength(1);
      const others = answers.filter((each) => each.status === "open");
      expect(others).toEqual(Array(19).fill({ status: "open", until: later(OPEN_MS_MIN + ASK_AGAIN_MS) }));
    });

    it("close when that one works", async () => {
      const model = await opened();
      expect(await breakers.admit(model, later(OPEN_MS_MIN))).toEqual(ADMITTED);
      await breakers.succeeded(model);
      expect(await breakers.admit(model, later(OPEN_MS_MIN))).toEqual(ADMITTED);
      expect(await breakers.failed(model, later(OPEN_MS_MIN))).toBe("counted");
    });

    it("open for twice as long when it does not, up to a limit", async () => {
      const model = await opened();
      let at = later(OPEN_MS_MIN);
      for (const forMs of [2, 4, 8, 16, 32, 64].map((times) => times * OPEN_MS_MIN)) {
        expect(await breakers.admit(model, at)).toEqual(ADMITTED);
        expect(await breakers.failed(model, at)).toBe("opened");
        const until = new Date(at.getTime() + Math.min(forMs, OPEN_MS_MAX));
        expect(await breakers.admit(model, at)).toEqual({ status: "open", until });
        at = until;
      }
      await breakers.succeeded(model);
      for (let n = 1; n <= FAILURES_MAX; n++) await breakers.failed(model, at);
      const until = new Date(at.getTime() + OPEN_MS_MIN);
      expect(await breakers.admit(model, at)).toEqual({ status: "open", until });
    });

    it("let another through when nothing is heard of the one", async () => {
      const model = await opened();
      await breakers.admit(model, later(OPEN_MS_MIN));
      const over = OPEN_MS_MIN + TRIAL_MS_MAX;
      expect((await breakers.admit(model, later(over - 1))).status).toBe("open");
      const answers = await Promise.all([1, 2, 3].map(() => breakers.admit(model, later(over))));
      expect(answers.filter((each) => each.status === "admitted")).toHaveLength(1);
      expect(await breakers.failed(model, later(over + 1))).toBe("opened");
      const until = later(over + 1 + 2 * OPEN_MS_MIN);
      expect(await breakers.admit(model, later(over + 1))).toEqual({ status: "open", until });
    });

    it("count failures that come at the same moment, and open once", async () => {
      const model = freshModel();
      const heard = await Promise.all(Array.from({ length: 20 }, () => breakers.failed(model, T0)));
      expect(heard.filter((each) => each === "opened")).toHaveLength(1);
      expect(await found(model)).toMatchObject({ failures: 20, openUntil: later(OPEN_MS_MIN) });
    });

    it("answer as their model in memory does, whatever happens", async () => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(fc.array(move, { minLength: 10, maxLength: 40, size: "max" }), async (moves) => {
          const model = freshModel();
          const expected = new BreakerModel();
          let now = 0;
          for (const each of moves) {
            if (typeof each === "number") now += each;
            else seen.add(`${each} ${await step(model, expected, each, now)}`);
          }
          const { failures, openUntil } = expected;
          const row = {
            ...model,
            failures,
            openUntil: openUntil === undefined ? undefined : later(openUntil),
          };
          expect(await found(model)).toEqual(failures === 0 ? undefined : row);
          await breakers.succeeded(model);
        }),
        { numRuns: 60 },
      );
      // Histories that never got anywhere would prove nothing.
      expect(seen).toContain("fail opened again");
    });

    const step = async (
      model: ReturnType<typeof freshModel>,
      expected: BreakerModel,
      move: "admit" | "fail" | "succeed",
      now: number,
    ): Promise<string> => {
      if (move === "admit") {
        const until = expected.admit(now);
        const wanted = until === undefined ? ADMITTED : { status: "open", until: later(until) };
        expect(await breakers.admit(model, later(now))).toEqual(wanted);
        return wanted.status;
      }
      if (move === "fail") {
        const wasOpen = expected.openUntil !== undefined;
        const wanted = expected.failed(now);
        expect(await breakers.failed(model, later(now))).toBe(wanted);
        return wasOpen ? `${wanted} again` : wanted;
      }
      expected.succeeded();
      await breakers.succeeded(model);
      return "closed";
    };
  });
}
