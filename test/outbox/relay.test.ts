import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBullQueue } from "../../adapters/bullmq/bull-queue.ts";
import { migrateQueue } from "../../adapters/bullmq/migrate-queue.ts";
import type { FinalId, PostId, RoundId, TakeId } from "../../src/core/ids.ts";
import { deliverJob, finalJob, gridJob, roundJobs } from "../../src/outbox/jobs.ts";
import { createRelay } from "../../src/outbox/relay.ts";
import type { JobQueue } from "../../src/ports/jobs.ts";
import { fresh, freshChannel } from "../support/fresh.ts";
import { TEST_LANES } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createStrictLog } from "../support/strict-log.ts";

let bench: TestDatabase;
let queue: JobQueue;
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
afterAll(async () => {
  await queue.close();
  await bench.close();
});

const open = (more: Partial<Parameters<typeof createRelay>[0]> = {}) =>
  createRelay({
    database: bench.database,
    queue,
    log: createStrictLog([]),
    clock: () => new Date(),
    intervalMs: 60_000,
    leaseMs: 30_000,
    ...more,
  });

/** Moves once all that can be moved. */
async function relayOnce(relay = open()): Promise<void> {
  relay.poke();
  await relay.stop();
}

const left = async () => (await bench.pool.query("select seq from draftroom.outbox")).rows.length;

describe("the relay", () => {
  it("moves what was decided to the queue, once, whatever the number of relays", async () => {
    const rounds = Array.from({ length: 30 }, () => fresh<RoundId>());
    const trees = rounds.map((id) => roundJobs(id, [{ id: fresh<TakeId>(), turn: 3, model: "test" }]));
    await bench.database.records.outbox.add([
      ...trees,
      finalJob({ id: fresh<FinalId>(), model: "test" }, 1),
      deliverJob(fresh<PostId>(), 1, freshChannel()),
    ]);
    await Promise.all([relayOnce(), relayOnce(), relayOnce()]);
    expect(await left()).toBe(0);
    for (const id of rounds) expect(await queue.isLive(gridJob(id))).toBe(true);
    const depths = new Map((await queue.depths()).map((each) => [each.queue, each.waiting]));
    expect([
      depths.get("takes-test"),
      depths.get("grids"),
      depths.get("finals-test"),
      depths.get("deliver-studio"),
    ]).toEqual([30, 30, 1, 1]);
  });

  it("moves again what a process took and did not finish, to no effect", async () => {
    const tree = finalJob({ id: fresh<FinalId>(), model: "test" }, 1);
    await bench.database.records.outbox.add([tree]);
    const now = new Date();
    // It died after the queue had the job and before the row was gone.
    const [row] = await bench.database.records.outbox.claim(now, new Date(now.getTime() + 30_000), 1);
    await queue.enqueue([tree]);
    await relayOnce();
    expect(await left()).toBe(1);
    const before = await queue.depths();
    await relayOnce(open({ clock: () => new Date(now.getTime() + 30_000) }));
    expect(row).toBeDefined();
    expect(await left()).toBe(0);
    expect(await queue.depths()).toEqual(before);
  });

  it("does not let one that the queue refuses hold up the others", async () => {
    const good = finalJob({ id: fresh<FinalId>(), model: "test" }, 1);
    const bad = { ...good, job: { ...good.job, id: "with:colon" } };
    await bench.database.records.outbox.add([bad, good]);
    const errors: string[] = [];
    const log = { ...createStrictLog([]), error: (event: string) => void errors.push(event) };
    await relayOnce(open({ log }));
    expect(await queue.isLive(good.job)).toBe(true);
    expect(errors).toEqual(["outbox.refused"]);
    expect(await left()).toBe(1);
    await bench.pool.query("delete from draftroom.outbox");
  });

  it("keeps what a queue does not take, and says so", async () => {
    const bad = {
      ...finalJob({ id: fresh<FinalId>(), model: "test" }, 1),
      job: { ...finalJob({ id: fresh<FinalId>(), model: "test" }, 1).job, id: "with:colon" },
    };
    await bench.database.records.outbox.add([bad]);
    const errors: string[] = [];
    const log = { ...createStrictLog([]), error: (event: string) => void errors.push(event) };
    await relayOnce(open({ log }));
    expect(errors).toEqual(["outbox.stuck"]);
    expect(await left()).toBe(1);
    await bench.pool.query("delete from draftroom.outbox");
  });

  it("moves nothing after it was stopped", async () => {
    const relay = open();
    await relay.stop();
    await bench.database.records.outbox.add([finalJob({ id: fresh<FinalId>(), model: "test" }, 1)]);
    relay.poke();
    await relay.stop();
    expect(await left()).toBe(1);
  });
});
