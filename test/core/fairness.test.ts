import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BLOCK, turnsOf } from "../../src/core/fairness.ts";

interface Lane {
  readonly channel: string;
  readonly waiting: number[];
  finish: number;
  /** How many turns of this lane have started. */
  started: number;
  last: number;
}

/** A queue that runs one job at a time, lowest turn first, and the lanes as the database keeps them. */
class Queue {
  readonly lanes: readonly Lane[];
  #clock = 0;
  #order = 0;
  readonly #ranks = new Map<Lane, number[]>();

  constructor(channels: readonly string[]) {
    this.lanes = channels.map((channel) => ({ channel, waiting: [], finish: 0, started: 0, last: -1 }));
    for (const lane of this.lanes) this.#ranks.set(lane, []);
  }

  lane(index: number): Lane {
    const lane = this.lanes[index];
    if (lane === undefined) throw new Error(`no lane ${index}`);
    return lane;
  }

  join(lane: Lane, count: number): void {
    const othersWaiting = this.lanes.filter(
      (each) => each !== lane && each.channel === lane.channel && each.finish > this.#clock,
    ).length;
    const { turns, finish } = turnsOf(
      { clock: this.#clock, finish: lane.finish, othersWaiting },
      count,
      BLOCK.takes,
    );
    lane.finish = finish;
    lane.waiting.push(...turns);
    this.#ranks.get(lane)?.push(...turns.map(() => this.#order++));
  }

  /** Starts the next job; undefined when nothing waits. */
  serve(): Lane | undefined {
    const [next] = this.lanes
      .filter((each) => each.waiting.length > 0)
      .toSorted((a, b) => (a.waiting[0] ?? 0) - (b.waiting[0] ?? 0) || this.#rankOf(a) - this.#rankOf(b));
    const turn = next?.waiting.shift();
    if (next === undefined || turn === undefined) return undefined;
    this.#ranks.get(next)?.shift();
    this.#clock = Math.max(this.#clock, turn);
    if (turn !== next.last) next.started++;
    next.last = turn;
    return next;
  }

  #rankOf(lane: Lane): number {
    return this.#ranks.get(lane)?.[0] ?? 0;
  }
}

/** How many blocks the most favoured lane has got ahead of another, while both have been waiting. */
function watchPairs({ lanes }: Queue): () => number {
  const pairs = lanes.flatMap((one, index) =>
    lanes.slice(index + 1).map((other) => ({ one, other, since: Number.NaN })),
  );
  return () => {
    for (const pair of pairs) {
      const bothWait = pair.one.waiting.length > 0 && pair.other.waiting.length > 0;
      if (!bothWait) pair.since = Number.NaN;
      else if (Number.isNaN(pair.since)) pair.since = pair.one.started - pair.other.started;
    }
    const apart = pairs.map(({ one, other, since }) => Math.abs(one.started - other.started - since));
    return Math.max(0, ...apart.filter((each) => !Number.isNaN(each)));
  };
}

describe("turnsOf", () => {
  it("gives a block one turn, and the blocks of a person one after the other", () => {
    const lane = { clock: 0, finish: 0, othersWaiting: 0 };
    expect(turnsOf(lane, 6, 4)).toEqual({ turns: [0, 0, 0, 0, 1, 1], finish: 2 });
    expect(turnsOf({ ...lane, finish: 2 }, 4, 4)).toEqual({ turns: [2, 2, 2, 2], finish: 3 });
    expect(turnsOf({ ...lane, finish: 2, clock: 9 }, 1, 4)).toEqual({ turns: [9], finish: 10 });
  });

  it("spaces the blocks of people who share a channel", () => {
    expect(turnsOf({ clock: 5, finish: 0, othersWaiting: 2 }, 9, 4)).toEqual({
      turns: [5, 5, 5, 5, 8, 8, 8, 8, 11],
      finish: 14,
    });
  });
});

describe("fair order", () => {
  it("leaves no channel that waits more than two blocks behind another", () => {
    const step = fc.oneof(
      {
        weight: 1,
        arbitrary: fc.record({ lane: fc.nat({ max: 3 }), count: fc.integer({ min: 1, max: 16 }) }),
      },
      { weight: 6, arbitrary: fc.constant("serve" as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 200, maxLength: 600, size: "max" }), (steps) => {
        const queue = new Queue(["a", "b", "c", "d"]);
        const apart = watchPairs(queue);
        for (const each of steps) {
          if (each === "serve") queue.serve();
          else queue.join(queue.lane(each.lane), each.count);
          expect(apart()).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("earns nothing for coming back often", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 50, maxLength: 200 }), (counts) => {
        const queue = new Queue(["patient", "eager"]);
        const [patient, eager] = [queue.lane(0), queue.lane(1)];
        for (let round = 0; round < counts.length; round++) queue.join(patient, 16);
        for (const count of counts) {
          queue.join(eager, count);
          while (eager.waiting.length > 0) queue.serve();
          expect(eager.started - patient.started).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it("gives a channel no more for having more people", () => {
    const queue = new Queue(["crowd", "crowd", "crowd", "single"]);
    const served = { crowd: 0, single: 0 };
    for (let index = 0; index < 4000; index++) {
      for (const lane of queue.lanes) if (lane.waiting.length <= 4) queue.join(lane, 16);
      const lane = queue.serve();
      // The first orders found nobody waiting; what counts is how it goes on.
      if (index >= 400 && lane) served[lane.channel === "crowd" ? "crowd" : "single"]++;
    }
    expect(served.crowd / served.single).toBeGreaterThan(0.85);
    expect(served.crowd / served.single).toBeLessThan(1.15);
  });

  it("lets each of a channel's people have the same", () => {
    const queue = new Queue(["crowd", "crowd", "crowd"]);
    for (let index = 0; index < 3000; index++) {
      for (const lane of queue.lanes) if (lane.waiting.length <= 4) queue.join(lane, 16);
      queue.serve();
    }
    const started = queue.lanes.map((each) => each.started);
    expect(Math.max(...started) - Math.min(...started)).toBeLessThanOrEqual(12);
  });
});
