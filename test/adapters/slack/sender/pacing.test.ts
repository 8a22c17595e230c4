import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { createPacing, type Pacing } from "../../../../adapters/slack/sender/pacing.ts";
import type { Rate } from "../../../../adapters/slack/sender/sender-limits.ts";

const RATE: Rate = { burst: 3, perMinute: 60 };
const bucket = (key: string, rate = RATE) => ({ key, rate });

let now: number;
let pacing: Pacing;

beforeEach(() => {
  now = 1_000_000;
  pacing = createPacing(() => new Date(now), 60_000);
});

/** Bytes that are in use. */
function memory(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

const turns = (count: number, key = "a", waitMsMax = 2_000) =>
  Array.from({ length: count }, () => pacing.turn([bucket(key)], waitMsMax, 1));

describe("pacing", () => {
  test("lets a burst through, then one after the other, and sends the rest away one by one", () => {
    expect(turns(8)).toEqual([
      { status: "go", inMs: 0 },
      { status: "go", inMs: 0 },
      { status: "go", inMs: 0 },
      { status: "go", inMs: 1_000 },
      { status: "go", inMs: 2_000 },
      { status: "later", retryAfterMs: 3_000 },
      { status: "later", retryAfterMs: 4_000 },
      { status: "later", retryAfterMs: 5_000 },
    ]);
  });

  test("has room for those who come when they were told", () => {
    const told = turns(30).flatMap((turn) => (turn.status === "later" ? [turn.retryAfterMs] : []));
    const start = now;
    for (const ms of told) {
      now = start + ms;
      expect(pacing.turn([bucket("a")], 0, 1)).toEqual({ status: "go", inMs: 0 });
    }
  });

  test("tells those with more to do when there is room for all of it", () => {
    turns(3);
    expect(pacing.turn([bucket("a")], 0, 2)).toEqual({ status: "later", retryAfterMs: 2_000 });
    expect(pacing.turn([bucket("a")], 0, 2)).toEqual({ status: "later", retryAfterMs: 4_000 });
    expect(pacing.turn([bucket("a")], 0, 9)).toEqual({ status: "later", retryAfterMs: 7_000 });
  });

  test("counts a call in each of its buckets, and holds up only those who need the full one", () => {
    turns(3, "a", 0);
    expect(pacing.turn([bucket("a"), bucket("b")], 0, 1)).toMatchObject({
      status: "later",
      retryAfterMs: 1_000,
    });
    expect(turns(3, "b", 0)).toEqual(Array(3).fill({ status: "go", inMs: 0 }));
  });

  test("that is closed lets nothing through, and no burst after it; other keys go on", () => {
    pacing.close(bucket("a"), 7_000);
    expect(turns(2, "a", 0)).toEqual([
      { status: "later", retryAfterMs: 7_000 },
      { status: "later", retryAfterMs: 8_000 },
    ]);
    expect(turns(1, "b", 0)).toEqual([{ status: "go", inMs: 0 }]);
    now += 7_000;
    expect(turns(2, "a", 0)).toEqual([
      { status: "go", inMs: 0 },
      // The one before is expected in a second.
      { status: "later", retryAfterMs: 2_000 },
    ]);
  });

  test("forgets keys that nobody uses, and no others", () => {
    const closed = { key: "closed", rate: RATE };
    pacing.close(closed, 600_000);
    const before = memory();
    for (let key = 0; key < 300_000; key++) {
      turns(1, `a channel that was spoken in once, ${key}`);
      now += 1;
    }
    expect(memory() - before).toBeLessThan(20_000_000);
    expect(pacing.turn([closed], 0, 1)).toEqual({ status: "later", retryAfterMs: 300_000 });
  });

  test("never lets more through in a minute than burst and rate together", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 50, maxLength: 300 });
    const rates = fc.record({
      burst: fc.integer({ min: 1, max: 20 }),
      perMinute: fc.integer({ min: 5, max: 100 }),
    });
    fc.assert(
      fc.property(gaps, rates, fc.integer({ min: 0, max: 2_000 }), (waits, rate, waitMsMax) => {
        const own = createPacing(() => new Date(now), 60_000);
        const gone: number[] = [];
        for (const wait of waits) {
          now += wait;
          const turn = own.turn([bucket("a", rate)], waitMsMax, 1);
          if (turn.status === "go") gone.push(now + turn.inMs);
        }
        for (const start of gone) {
          const inMinute = gone.filter((each) => each >= start && each < start + 60_000).length;
          expect(inMinute).toBeLessThanOrEqual(rate.burst + rate.perMinute);
        }
      }),
    );
  });
});
