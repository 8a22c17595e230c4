import { describe, expect, it } from "vitest";
import { DONE, type Job, type JobHandler } from "../../src/ports/jobs.ts";
import { createGate, createRecord, ONE_BY_ONE, QUICK, type QueueBench, useBench } from "./queue-bench.ts";
import { delivery, freshId, freshTree, take } from "./queue-jobs.ts";

/** What the rest of the program relies on when it puts jobs into a queue. */
export function queueContract(name: string, open: () => Promise<QueueBench>): void {
  describe(`queue: ${name}`, () => {
    const bench = useBench(open);

    describe("a job", () => {
      it("runs with its payload, once", async () => {
        const runs = createRecord();
        await bench.runTakes(async (payload, attempt) =>
          runs.add({ ...payload, number: attempt.number, last: attempt.isLast }),
        );
        const id = freshId();
        await bench.enqueue(take(id));
        expect(await runs.reach(1)).toEqual([{ v: 2, take: id, model: "sketch", number: 1, last: false }]);
        await bench.ended(take(id));
        expect(runs.all).toHaveLength(1);
      });

      it("is refused with a payload, an id or a platform that is not right", async () => {
        const bad = { v: 1, take: "" } as unknown as Job["payload"];
        await expect(bench.enqueue({ ...take(freshId()), payload: bad })).rejects.toThrow(/take/);
        for (const id of ["with:colon", "", "12345", "sp ace"]) {
          await expect(bench.enqueue(take(id))).rejects.toThrow(RangeError);
        }
        await expect(bench.enqueue(delivery(freshId(), undefined))).rejects.toThrow(RangeError);
      });

      it("is left alone by a repeat while it waits or runs, and can come again afterwards", async () => {
        const id = freshId();
        await bench.enqueue(take(id), take(id));
        await bench.enqueue(take(id));
        const runs = createRecord();
        const gate = createGate();
        await bench.runTakes(async (payload) => {
          runs.add(payload.take);
          await gate.opened;
          return DONE;
        });
        await runs.reach(1);
        await bench.enqueue(take(id));
        gate.open();
        await bench.ended(take(id));
        expect(runs.all).toEqual([id]);
        await bench.enqueue(take(id));
        await runs.reach(2);
      });

      it("goes in order of turn, then of arrival", async () => {
        const turns = [3, 1, 2, 1, 0, 3_000_000];
        const ids = turns.map((turn) => `${freshId()}-turn-${turn}`);
        await bench.enqueue(...turns.map((turn, n) => ({ ...take(ids[n] ?? ""), turn })));
        const runs = createRecord();
        await bench.runTakes(async (payload) => runs.add(payload.take), ONE_BY_ONE);
        const order = [4, 1, 3, 2, 0, 5].map((n) => ids[n]);
        expect(await runs.reach(6)).toEqual(order);
      });

      it("waits for its delay", async () => {
        const runs = createRecord();
        await bench.runTakes(async () => runs.add(Date.now()));
        const before = Date.now();
        const id = freshId();
        await bench.enqueue({ ...take(id), delayMs: 400 });
        expect(await bench.queue().isLive(take(id))).toBe(true);
        const [at] = await runs.reach(1);
        expect(Number(at) - before).toBeGreaterThanOrEqual(395);
      });
    });

    describe("a tree", () => {
      /** Runs takes and grids; `takeHandler` decides how takes end. */
      const runTrees = async (takeHandler: JobHandler<"take.render">) => {
        const grids = createRecord();
        await bench.run({
          "take.render": takeHandler,
          "grid.compose": async ({ round }) => grids.add(round),
        });
        return grids;
      };

      it("runs its root when all children have ended, well or badly", async () => {
        const tries = createRecord();
        const { root, ids, tree } = freshTree(3);
        const endedBefore: string[] = [];
        const lastTry = createGate();
        const grids = await runTrees(async (payload, attempt) => {
          tries.add(payload.take);
          if (attempt.isLast) lastTry.open();
          if (payload.take === ids[1]) throw new Error("this take never works");
          if (payload.take === ids[2]) await lastTry.opened;
          endedBefore.push(payload.take);
          return DONE;
        });
        await bench.queue().enqueue([tree]);
        expect(await grids.reach(1)).toEqual([root]);
        expect(endedBefore).toEqual([ids[0], ids[2]]);
        expect(tries.all.filter((id) => id === ids[1])).toHaveLength(5);
        await bench.ended(tree.job);
      });

      it("is left alone by a repeat while it runs, and can come again afterwards", async () => {
        const takes = createRecord();
        const gate = createGate();
        const { root, ids, tree } = freshTree(2);
        const grids = await runTrees(async (payload) => {
          takes.add(payload.take);
          if (payload.take === ids[1]) await gate.opened;
          return DONE;
        });
        await Promise.all([bench.queue().enqueue([tree]), bench.queue().enqueue([tree])]);
        await takes.reach(2);
        await bench.ended(take(ids[0] ?? ""));
        await bench.queue().enqueue([tree]);
        gate.open();
        await grids.reach(1);
        await bench.ended(tree.job);
        expect(takes.all.toSorted()).toEqual(ids);
        expect(grids.all).toEqual([root]);

        await bench.queue().enqueue([tree]);
        await grids.reach(2);
        expect(takes.all.toSorted()).toEqual([...ids, ...ids].toSorted());
      });

      it("is live from its first child to its root", async () => {
        const { ids, tree } = freshTree(2);
        await bench.queue().enqueue([tree]);
        expect(await bench.queue().isLive(tree.job)).toBe(true);
        expect(await bench.queue().isLive(take(ids[0] ?? ""))).toBe(true);
        const grids = await runTrees(async () => DONE);
        await grids.reach(1);
        await bench.ended(tree.job);
        expect(await bench.queue().isLive(take(ids[0] ?? ""))).toBe(false);
      });
    });

    it("counts what waits and what runs", async () => {
      const depthOf = async (name: string) =>
        (await bench.queue().depths()).find((depth) => depth.queue === name);
      const before = await depthOf("takes-sketch");
      const waitingBefore = before?.waiting ?? 0;
      const runs = createRecord();
      const gate = createGate();
      const ids = [freshId(), freshId(), freshId()];
      await bench.enqueue(...ids.map((id, n) => ({ ...take(id), delayMs: n === 2 ? 60_000 : 0 })));
      expect(await depthOf("takes-sketch")).toEqual({
        queue: "takes-sketch",
        waiting: waitingBefore + 3,
        running: 0,
      });
      await bench.runTakes(async () => {
        runs.add("run");
        await gate.opened;
        return DONE;
      }, ONE_BY_ONE);
      await runs.reach(1);
      expect(await depthOf("takes-sketch")).toEqual({
        queue: "takes-sketch",
        waiting: waitingBefore + 2,
        running: 1,
      });
      expect((await bench.queue().depths()).map((depth) => depth.queue).toSorted()).toEqual([
        "deliver-studio",
        "finals-sketch",
        "grids",
        "purge",
        "reconcile-studio",
        "takes-sketch",
        "upkeep",
      ]);
      gate.open();
    });

    it("leaves the jobs of a platform to where it is connected", async () => {
      const runs = createRecord();
      const connected = (platforms: readonly string[]) =>
        bench.run(
          { "post.deliver": async ({ post }) => runs.add([platforms, post]) },
          { ...QUICK, platforms },
        );
      await connected(["studio"]);
      const [slack, studio] = [freshId(), freshId()];
      await bench.enqueue(delivery(slack, "slack"), delivery(studio, "studio"));
      expect(await runs.reach(1)).toEqual([[["studio"], studio]]);
      await bench.ended(delivery(studio, "studio"));
      expect(await bench.queue().isLive(delivery(slack, "slack"))).toBe(true);
      await connected(["slack"]);
      expect((await runs.reach(2))[1]).toEqual([["slack"], slack]);
    });
  });
}
