import { describe, expect, it } from "vitest";
import { DONE } from "../../src/ports/jobs.ts";
import { aborted, createGate, createRecord, ONE_BY_ONE, type QueueBench, useBench } from "./queue-bench.ts";
import { freshId, take } from "./queue-jobs.ts";

/** What the rest of the program relies on in how its jobs are run. */
export function runnerContract(name: string, open: () => Promise<QueueBench>): void {
  describe(`runner: ${name}`, () => {
    const bench = useBench(open);

    describe("an attempt", () => {
      it("that snoozes comes again later and does not count", async () => {
        const runs = createRecord();
        const before = Date.now();
        await bench.runTakes(async (_payload, attempt) => {
          runs.add({ number: attempt.number, last: attempt.isLast, at: Date.now() - before });
          return runs.all.length < 4 ? { kind: "snooze", delayMs: 150, reason: "a test" } : DONE;
        });
        await bench.enqueue(take(freshId()));
        const all = await runs.reach(4);
        expect(all).toEqual(Array(4).fill({ number: 1, last: false, at: expect.any(Number) }));
        expect((all[3] as { at: number }).at).toBeGreaterThanOrEqual(440);
      });

      it("that fails is followed by another, five in all, and then by nothing", async () => {
        const runs = createRecord();
        await bench.runTakes(async (_payload, attempt) => {
          runs.add({ number: attempt.number, last: attempt.isLast });
          throw new Error("no luck");
        });
        const id = freshId();
        await bench.enqueue(take(id));
        const last = [false, false, false, false, true];
        expect(await runs.reach(5)).toEqual(last.map((isLast, n) => ({ number: n + 1, last: isLast })));
        await bench.ended(take(id));
        expect(runs.all).toHaveLength(5);
      });

      it("that fails is tried again when its error says", async () => {
        const runs = createRecord();
        await bench.runTakes(async () => {
          runs.add(Date.now());
          if (runs.all.length === 1) throw Object.assign(new Error("slow down"), { retryAfterMs: 500 });
          return DONE;
        });
        await bench.enqueue(take(freshId()));
        const [first, second] = await runs.reach(2);
        expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(490);
      });
    });

    describe("a runner that drains", () => {
      it("waits for what runs and takes nothing more", async () => {
        const runs = createRecord();
        const gate = createGate();
        const runner = await bench.runTakes(async (payload) => {
          runs.add(payload.take);
          await gate.opened;
          return DONE;
        }, ONE_BY_ONE);
        const [first, second] = [freshId(), freshId()];
        await bench.enqueue(take(first));
        await runs.reach(1);
        const drained = runner.drain(10_000);
        await bench.enqueue(take(second));
        gate.open();
        await drained;
        expect(runs.all).toEqual([first]);
        expect(await bench.queue().isLive(take(first))).toBe(false);
        expect(await bench.queue().isLive(take(second))).toBe(true);
        await bench.runTakes(async (payload) => runs.add(payload.take));
        await runs.reach(2);
      });

      it("aborts what runs too long and gives it back, uncounted, for another to finish", async () => {
        const runs = createRecord();
        const runner = await bench.runTakes(async (_payload, attempt) => {
          runs.add(attempt.number);
          await aborted(attempt);
          throw new Error("stopped half-way");
        });
        const id = freshId();
        await bench.enqueue(take(id));
        await runs.reach(1);
        await runner.drain(50);
        expect(await bench.queue().isLive(take(id))).toBe(true);
        await bench.runTakes(async (_payload, attempt) => runs.add(attempt.number));
        expect(await runs.reach(2)).toEqual([1, 1]);
      });

      it("keeps what a handler finished after its signal", async () => {
        const runs = createRecord();
        const runner = await bench.runTakes(async (_payload, attempt) => {
          runs.add(attempt.number);
          await aborted(attempt);
          return DONE;
        });
        const id = freshId();
        await bench.enqueue(take(id));
        await runs.reach(1);
        await runner.drain(50);
        expect(await bench.queue().isLive(take(id))).toBe(false);
      });

      it("gives back what a handler that heeds no signal holds", async () => {
        const runs = createRecord();
        const runner = await bench.runTakes(async (_payload, attempt) => {
          runs.add(attempt.number);
          return new Promise(() => {});
        });
        const id = freshId();
        await bench.enqueue(take(id));
        await runs.reach(1);
        const before = Date.now();
        await runner.drain(0);
        expect(Date.now() - before).toBeLessThan(20_000);
        await bench.runTakes(async (_payload, attempt) => runs.add(attempt.number));
        expect(await runs.reach(2)).toEqual([1, 1]);
      });
    });
  });
}
