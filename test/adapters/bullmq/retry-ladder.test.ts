import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ATTEMPTS_MAX,
  RETRY_AFTER_MS_MAX,
  RETRY_LADDER_MS,
  RETRY_LADDER_MS_MAX,
  readRetryAfterMs,
  retryDelayMs,
} from "../../../adapters/bullmq/retry-ladder.ts";

const chance = fc.double({ min: 0, max: 1, noNaN: true });

describe("the retry ladder", () => {
  it("climbs by its steps, a fifth up or down", () => {
    const climb = (at: number) =>
      [1, 2, 3, 4, 5].map((attempt) =>
        retryDelayMs({ attempt, retryAfterMs: undefined }, RETRY_LADDER_MS, at),
      );
    expect(climb(0.5)).toEqual([1_000, 4_000, 15_000, 60_000, 60_000]);
    expect(climb(0)).toEqual([800, 3_200, 12_000, 48_000, 48_000]);
    expect(climb(1)).toEqual([1_200, 4_800, 18_000, 72_000, 72_000]);
  });

  it("does what the error asks for, up to a limit", () => {
    expect(retryDelayMs({ attempt: 1, retryAfterMs: 250 }, RETRY_LADDER_MS, 0)).toBe(250);
    expect(retryDelayMs({ attempt: 1, retryAfterMs: 0 }, RETRY_LADDER_MS, 0)).toBe(0);
    expect(retryDelayMs({ attempt: 1, retryAfterMs: 1e9 }, RETRY_LADDER_MS, 0)).toBe(RETRY_AFTER_MS_MAX);
  });

  it("never waits longer, all together, than it says", () => {
    const wish = fc.option(fc.nat(), { nil: undefined });
    const waits = fc.array(fc.tuple(wish, chance), { maxLength: ATTEMPTS_MAX - 1 });
    fc.assert(
      fc.property(waits, (tries) => {
        const delays = tries.map(([retryAfterMs, at], n) =>
          retryDelayMs({ attempt: n + 1, retryAfterMs }, RETRY_LADDER_MS, at),
        );
        return delays.reduce((sum, delay) => sum + delay, 0) <= RETRY_LADDER_MS_MAX;
      }),
    );
  });

  it("reads a wish off an error of any class, and nothing else", () => {
    const asking = (retryAfterMs: unknown) => Object.assign(new Error("x"), { retryAfterMs });
    expect(readRetryAfterMs(asking(1_500.4))).toBe(1_500);
    for (const wish of [undefined, "5", Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(readRetryAfterMs(asking(wish))).toBeUndefined();
    }
    expect(readRetryAfterMs({ retryAfterMs: 5 })).toBeUndefined();
  });
});
