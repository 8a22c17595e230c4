import { setTimeout as after } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Lane } from "../../adapters/bullmq/lanes.ts";
import { DONE, type JobHandler, type JobTree } from "../../src/ports/jobs.ts";
import {
  createGate,
  createRecord,
  QUICK,
  type QueueBench,
  type RunnerSetup,
  useBench,
} from "./queue-bench.ts";
import { final, freshId, freshTree, LANES, take } from "./queue-jobs.ts";

/** A bench is shared by the tests of a suite: each has lanes of its own. */
const freshLane = (limits: Partial<Lane>): Lane => ({
  tier: "draft",
  name: `lane-${freshId()}`,
  atOnce: undefined,
  perMinute: undefined,
  ...limits,
});
const withLanes = (...models: readonly Lane[]): RunnerSetup => ({ ...QUICK, models });

/** Each model has a queue of its own, and its limits hold over all runners. */
export function lanesContract(name: string, open: () => Promise<QueueBench>): void {
  describe(`lanes: ${name}`, () => {
    const bench = useBench(open);
    const enqueueTakes = async ({ name }: Lane, count: number): Promise<readonly string[]> => {
      const ids = Array.from({ length: count }, freshId);
      await bench.enqueue(...ids.map((id) => take(id, name)));
      return ids;
    };
    /** Two runners over one lane. */
    const runTwice = async (handler: JobHandler<"take.render">, setup: RunnerSetup) => {
      await bench.runTakes(handler, setup);
      await bench.runTakes(handler, setup);
    };

    it("are refused without a name, or with one that is no name of a queue", async () => {
      for (const model of [undefined, "", "with:colon", "Upper", "x".repeat(41)]) {
        await expect(bench.enqueue({ ...take(freshId()), model })).rejects.toThrow(RangeError);
      }
    });

    it("leave the work of a model to those who have it, and of a tier to the tier", async () => {
      const [mine, other] = [freshLane({}), freshLane({})];
      const both: Lane = { ...mine, tier: "final" };
      const seen = createRecord();
      const [a, b, c] = [freshId(), freshId(), freshId()];
      await bench.enqueue(take(a, mine.name), take(b, other.name), final(c, mine.name));
      await bench.runTakes(async (payload) => seen.add(payload.take), withLanes(mine, both));
      expect(await seen.reach(1)).toEqual([a]);
      await bench.ended(take(a, mine.name));
      const { queue } = bench;
      expect(await queue().isLive(take(b, other.name))).toBe(true);
      expect(await queue().isLive(take(b, mine.name))).toBe(false);
      expect(await queue().isLive(final(c, mine.name))).toBe(true);
      await bench.run({ "final.render": async (payload) => seen.add(payload) }, withLanes(mine, both));
      expect((await seen.reach(2))[1]).toEqual({ v: 2, final: c, model: mine.name });
    });

    it("are each listed with what waits there", async () => {
      const depths = await bench.queue().depths();
      const names = LANES.map(({ tier, name }) => `${tier === "draft" ? "takes" : "finals"}-${name}`);
      expect(depths.map(({ queue }) => queue)).toEqual(expect.arrayContaining(names));
    });

    it("together hold the children of one tree", async () => {
      const [one, two] = [freshLane({}), freshLane({ atOnce: 1 })];
      const { tree, ids, root } = freshTree(4);
      const mixed: JobTree = {
        ...tree,
        children: ids.map((id, n) => take(id, n % 2 === 0 ? one.name : two.name)),
      };
      await bench.queue().enqueue([mixed]);
      const ended = createRecord();
      const gate = createGate();
      const grids = createRecord();
      const setup = withLanes(one, two);
      await bench.runTakes(async (payload) => {
        if (payload.take === ids[3]) await gate.opened;
        return ended.add(payload.take);
      }, setup);
      await bench.run({ "grid.compose": async ({ round }) => grids.add([round, ended.all.length]) }, setup);
      await ended.reach(3);
      expect(await bench.queue().isLive(tree.job)).toBe(true);
      expect(grids.all).toEqual([]);
      gate.open();
      expect(await grids.reach(1)).toEqual([[root, 4]]);
    });

    it("run no more at once than they may, over two runners", async () => {
      const lane = freshLane({ atOnce: 3 });
      const ended = createRecord();
      let running = 0;
      let most = 0;
      const ids = await enqueueTakes(lane, 20);
      await runTwice(async (payload) => {
        running += 1;
        most = Math.max(most, running);
        await after(20);
        running -= 1;
        return ended.add(payload.take);
      }, withLanes(lane));
      await ended.reach(20);
      expect(most).toBe(3);
      expect(ended.all.toSorted()).toEqual(ids.toSorted());
    });

    it("that are full go on with another runner when theirs stops", async () => {
      const lane = freshLane({ atOnce: 1 });
      const [gate, held, taken] = [createGate(), createRecord(), createRecord()];
      const setup = withLanes(lane);
      const first = await bench.runTakes(async (payload) => {
        held.add(payload.take);
        await gate.opened;
        return DONE;
      }, setup);
      await enqueueTakes(lane, 2);
      await held.reach(1);
      await bench.runTakes(async (payload) => taken.add(payload.take), setup);
      const drained = first.drain(10_000);
      gate.open();
      await drained;
      await taken.reach(1);
      expect(held.all).toHaveLength(1);
    });

    it("start no more in a minute than they may, over two runners, and no job loses a try", async () => {
      const lane = freshLane({ perMinute: 10 });
      const setup = { ...withLanes(lane), minuteMs: 2_000 };
      const starts = createRecord();
      const attempts = new Set<number>();
      await enqueueTakes(lane, 30);
      const before = Date.now();
      await runTwice(async (_payload, attempt) => {
        attempts.add(attempt.number);
        return starts.add(Date.now() - before);
      }, setup);
      await starts.reach(30);
      const [eleventh, twentyFirst] = [Number(starts.all[10]), Number(starts.all[20])];
      expect(eleventh).toBeGreaterThanOrEqual(2_000);
      expect(twentyFirst).toBeGreaterThanOrEqual(4_000);
      expect(attempts).toEqual(new Set([1]));
    });

    it("have the limits of whoever started last, and none that were taken out", async () => {
      const lane = freshLane({ atOnce: 1, perMinute: 1 });
      const tight = await bench.runTakes(async () => DONE, withLanes(lane));
      await tight.drain(0);
      const [gate, begun] = [createGate(), createRecord()];
      await bench.runTakes(
        async (payload) => {
          begun.add(payload.take);
          await gate.opened;
          return DONE;
        },
        withLanes({ ...lane, atOnce: undefined, perMinute: undefined }),
      );
      await enqueueTakes(lane, 4);
      await begun.reach(4);
      gate.open();
    });
  });
}
