import { FlowProducer, type IQueueBackend, Queue, Worker } from "bullmq";
import { afterEach, describe, expect, inject, it } from "vitest";
import { createBullQueue } from "../../../adapters/bullmq/bull-queue.ts";
import { createBullRunner } from "../../../adapters/bullmq/bull-runner.ts";
import { openBackend } from "../../../adapters/bullmq/open-backend.ts";
import type { Log } from "../../../src/ports/log.ts";
import { createRecord } from "../../contracts/queue-bench.ts";
import { freshTree, LANES } from "../../contracts/queue-jobs.ts";
import { freshDatabase } from "../../support/postgres-server.ts";
import { freshPrefix } from "../../support/redis-server.ts";
import { type BenchPlace, openPlace, quietLog } from "./bull-bench.ts";

const ENDS: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ENDS.splice(0).toReversed()) await end();
});

async function expectRetired(place: BenchPlace): Promise<void> {
  const { backend, close } = await openPlace(place);
  ENDS.push(close);
  const { tree } = freshTree(3);
  await leaveOldWork(backend, tree.job.id);

  const warned: unknown[] = [];
  const log: Log = { ...quietLog, warn: (event, fields) => warned.push({ event, ...fields }) };
  const owners = { backend, log, platforms: [], models: LANES };
  const queue = createBullQueue(owners);
  ENDS.push(() => queue.close());
  expect(await queue.isLive(tree.job)).toBe(true);
  const concurrency = { takes: 1, grids: 1, finals: 1, deliver: 1, upkeep: 1 };
  const runner = createBullRunner({ ...owners, concurrency, leaseMs: 10_000, retryLadderMs: undefined });
  ENDS.push(() => runner.drain(0));
  const ran = createRecord();
  await runner.start({
    "take.render": async ({ take }) => ran.add(take),
    "final.render": async ({ final }) => ran.add(final),
    "grid.compose": async ({ round }) => ran.add(round),
  });
  expect(warned).toEqual([
    { event: "queue.retired", queue: "takes", jobs: 2 },
    { event: "queue.retired", queue: "finals", jobs: 1 },
  ]);
  expect(await queue.isLive(tree.job)).toBe(false);
  // As the sweep does.
  await queue.enqueue([tree]);
  expect((await ran.reach(4)).at(-1)).toBe(tree.job.id);
  expect(ran.all).toHaveLength(4);
}

/** A grid with two takes, one of which was being made when the process died, and a final. */
async function leaveOldWork(backend: Parameters<typeof openBackend>[0], grid: string): Promise<void> {
  const open = openBackend(backend, "consumer", (error) => {
    throw error;
  });
  await open.ready();
  const flows = new FlowProducer<IQueueBackend, unknown>(open.options, open.factory);
  const take = (id: string) => ({
    queueName: "takes",
    name: "take.render",
    data: { v: 1, take: id },
    opts: { jobId: id, priority: 1, ignoreDependencyOnFailure: true },
  });
  await flows.add({
    queueName: "grids",
    name: "grid.compose",
    data: { v: 1, round: "old" },
    opts: { jobId: grid },
    children: [take("old-1"), take("old-2")],
  });
  const finals: Queue<object, unknown, string, object, unknown, string, IQueueBackend, unknown> = new Queue(
    "finals",
    open.options,
    open.factory,
  );
  await finals.add("final.render", { v: 1, final: "old" }, { jobId: "old-final", priority: 1 });
  await new Promise<void>((taken) => {
    const worker: Worker<object, void, string, IQueueBackend, never, unknown> = new Worker(
      "takes",
      () => {
        taken();
        return new Promise<void>(() => {});
      },
      open.options,
      open.factory,
    );
    ENDS.push(() => worker.close(true));
  });
  await Promise.all([flows.close(), finals.close()]);
  ENDS.push(() => open.close());
}

describe("what waits in the queues of an earlier version is taken away, for the sweep to bring back", () => {
  it("on PGlite", () => expectRetired({ kind: "pglite", dataDir: undefined }));

  const postgresUrl = inject("postgresUrl") ?? "";
  it.skipIf(postgresUrl === "")("on PostgreSQL", async () => {
    await expectRetired({ kind: "postgres", url: await freshDatabase(postgresUrl) });
  });

  const redisUrl = inject("redisUrl") ?? "";
  it.skipIf(redisUrl === "")("on Redis", () =>
    expectRetired({ kind: "redis", url: redisUrl, prefix: freshPrefix() }),
  );
});
