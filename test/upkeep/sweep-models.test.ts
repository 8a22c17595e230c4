import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBullQueue } from "../../adapters/bullmq/bull-queue.ts";
import { migrateQueue } from "../../adapters/bullmq/migrate-queue.ts";
import type { AssetId } from "../../src/core/ids.ts";
import type { ModelName } from "../../src/core/model.ts";
import type { Models } from "../../src/models/models.ts";
import { finalJob, gridJob, takeJob } from "../../src/outbox/jobs.ts";
import { createRelay } from "../../src/outbox/relay.ts";
import type { Job, JobQueue, JobTree } from "../../src/ports/jobs.ts";
import { createSweep } from "../../src/upkeep/sweep.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { T0 } from "../support/make-records.ts";
import { onlyModel, TEST_LANES, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, MIA, openDesk } from "../support/story-desk.ts";
import { createStrictLog } from "../support/strict-log.ts";

/** How much later a sweep looks, each a little after the one before. */
const laterBy = (minutes: number) => new Date(T0.getTime() + minutes * 60_000);
const GONE: ModelName = "gone";

let bench: TestDatabase;
let queue: JobQueue;
let desk: Desk;
beforeAll(async () => {
  bench = await openEmbedded();
  await migrateQueue(bench.pool);
  queue = createBullQueue({
    backend: { kind: "postgres", pool: bench.pool },
    log: createStrictLog([]),
    platforms: ["studio"],
    models: TEST_LANES,
  });
});
beforeEach(() => forget());
afterAll(async () => {
  await queue.close();
  await bench.close();
});

/** What other tests have decided. */
const forget = () => bench.pool.query("delete from draftroom.outbox");

/** Sweeps in a process that has these models. */
async function sweep(now: Date, models: Models = desk.models): Promise<readonly Job[]> {
  const parts = {
    database: desk.database,
    queue,
    log: createStrictLog([]),
    clock: () => now,
    poke: () => {},
  };
  await createSweep({ ...parts, models, staleMs: 30_000 })({ v: 1 }, ATTEMPT);
  const { rows } = await bench.pool.query<{ tree: JobTree }>(
    "select tree from draftroom.outbox order by seq",
  );
  await forget();
  return rows.map(({ tree }) => tree.job).filter((job) => job.name !== "post.deliver");
}

/** Moves everything that was decided to the queue, where nobody takes it. */
async function relayAll(): Promise<void> {
  const relay = createRelay({ ...desk, queue, intervalMs: 60_000, leaseMs: 30_000 });
  relay.start();
  await relay.stop();
}

/** A round of two whose jobs are in the queue. */
async function queuedRound(models = onlyModel(UNASKED)) {
  desk = openDesk(bench, undefined, models);
  const round = await desk.start(desk.channel(), MIA, 2);
  await relayAll();
  expect(await queue.isLive(gridJob(round.id))).toBe(true);
  return round;
}

describe("a round whose takes have all ended, while its grid waits for the job of one", () => {
  it("gets its grid, once it has waited for a while", async () => {
    const round = await queuedRound();
    const { rounds } = desk.database.records;
    const [first, second] = round.takes;
    if (first === undefined || second === undefined) throw new Error("a round of two");
    await rounds.takeMade(first.id, first.id as string as AssetId, T0);
    expect(await sweep(laterBy(1))).toEqual([]);
    await rounds.takeFailed(second.id, "cancelled", laterBy(2));
    expect(await sweep(laterBy(2.1))).toEqual([]);
    const [late, ...more] = await sweep(laterBy(3));
    expect(more).toEqual([]);
    expect(late).toMatchObject({ name: "grid.compose", payload: { v: 1, round: round.id } });
    expect(await queue.isLive(late ?? gridJob(round.id)), "it waits for nobody").toBe(false);
    await rounds.offer(round.id, round.id as string as AssetId, laterBy(3));
    expect(await sweep(laterBy(4))).toEqual([]);
  });

  it("and has trouble with its grid, is left to that grid's own tries", async () => {
    const round = await queuedRound();
    const { rounds } = desk.database.records;
    for (const { id } of round.takes) {
      await rounds.beginTake(id, T0);
      await rounds.takeMade(id, id as string as AssetId, T0);
    }
    await rounds.trouble(round.id, "storage", T0);
    expect(await sweep(laterBy(1))).toEqual([]);
  });
});

describe("work that waits for a model which is not in the settings", () => {
  const goneModels = onlyModel(UNASKED, { name: GONE });
  const here = onlyModel(UNASKED);

  it("is found where a model is that there is, when it has not begun: takes", async () => {
    const round = await queuedRound(goneModels);
    const [begun, waiting] = round.takes;
    if (begun === undefined || waiting === undefined) throw new Error("a round of two");
    await desk.database.records.rounds.beginTake(begun.id, T0);
    expect(await sweep(laterBy(1)), "there is such a model here").toEqual([]);
    expect(await sweep(laterBy(2), here)).toEqual([{ ...takeJob(waiting), model: "test" }]);
  });

  it("is found where a model is that there is, when it has not begun: finals", async () => {
    const finals = async (now: Date, models?: Models) =>
      (await sweep(now, models)).filter(({ name }) => name === "final.render");
    desk = openDesk(bench, undefined, goneModels);
    const grid = await desk.grid(desk.channel(), MIA);
    await forget();
    await desk.react(grid.message, ADA, "n1");
    await relayAll();
    const [final] = await desk.finalsOf(grid.round.id);
    if (final === undefined) throw new Error("nothing was picked");
    const job = finalJob(final, 0).job;
    expect(await finals(laterBy(1))).toEqual([]);
    expect(await finals(laterBy(2), here)).toEqual([{ ...job, turn: expect.any(Number), model: "test" }]);
    await desk.database.records.finals.begin(final.id, laterBy(2));
    expect(await finals(laterBy(3), here)).toEqual([]);
  });
});
