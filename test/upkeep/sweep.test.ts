import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBullQueue } from "../../adapters/bullmq/bull-queue.ts";
import { migrateQueue } from "../../adapters/bullmq/migrate-queue.ts";
import type { ChannelRef, EventId, RoundId } from "../../src/core/ids.ts";
import { deliverJob, finalJob, gridJob, takeJob } from "../../src/outbox/jobs.ts";
import { createRelay } from "../../src/outbox/relay.ts";
import type { JobQueue, JobTree } from "../../src/ports/jobs.ts";
import { createSweep } from "../../src/upkeep/sweep.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { audit } from "../support/audit.ts";
import { fresh, HOUR_MS } from "../support/fresh.ts";
import { T0 } from "../support/make-records.ts";
import { TEST_LANES } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, MIA, openDesk } from "../support/story-desk.ts";
import { createStrictLog } from "../support/strict-log.ts";

const STALE_MS = 30_000;
const SOON = new Date(T0.getTime() + 10_000);
const LATER = new Date(T0.getTime() + 60_000);
/** Later than any hold lives. */
const MUCH_LATER = new Date(T0.getTime() + 2 * HOUR_MS);

let bench: TestDatabase;
let queue: JobQueue;
let desk: Desk;
let channel: ChannelRef;
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
beforeEach(async () => {
  desk = openDesk(bench);
  channel = desk.channel();
});
afterAll(async () => {
  await audit(bench.pool);
  await queue.close();
  await bench.close();
});

/** Sweeps as if it were that late, and answers what was written about. */
async function sweep(now: Date): Promise<readonly string[]> {
  const said: string[] = [];
  const parts = {
    database: desk.database,
    queue,
    models: desk.models,
    log: createStrictLog(said),
    clock: () => now,
    poke: () => {},
  };
  await createSweep({ ...parts, staleMs: STALE_MS })({ v: 1 }, ATTEMPT);
  return said;
}

/** Moves everything that was decided to the queue, where nobody takes it. */
async function relayAll(): Promise<void> {
  const relay = createRelay({
    ...desk,
    queue,
    log: createStrictLog([]),
    clock: desk.clock,
    intervalMs: 60_000,
    leaseMs: 30_000,
  });
  relay.start();
  await relay.stop();
  expect((await bench.pool.query("select seq from draftroom.outbox")).rows).toEqual([]);
}

/** What was decided is lost, as when a queue without a disk restarts. */
const loseAll = () => bench.pool.query("delete from draftroom.outbox");

async function outbox(): Promise<readonly JobTree[]> {
  return (await bench.pool.query("select tree from draftroom.outbox order by seq")).rows.map(
    (row) => row.tree,
  );
}
const treeOf = async (id: string) => (await outbox()).filter((tree) => tree.job.id === id);

async function queuedRound() {
  await desk.inbox.command({
    event: fresh<EventId>(),
    place: { channel, thread: undefined },
    person: MIA,
    name: "draft",
    text: "a fox --count 3",
    options: undefined,
    mentions: [],
    attachments: [],
    isLive: false,
  });
  const [id] = await desk.roundsOf(channel);
  return desk.roundOf(id ?? fresh<RoundId>());
}

/** A pick whose final is queued. */
async function queuedFinal() {
  const grid = await desk.grid(channel, MIA);
  await desk.react(grid.message, ADA, "n1");
  const [final] = await desk.finalsOf(grid.round.id);
  if (final === undefined) throw new Error("nothing was picked");
  return { grid, final };
}

describe("the sweep", () => {
  it("gives a round back to the queue when its jobs are gone, with the takes that have not ended", async () => {
    const round = await queuedRound();
    await loseAll();
    const [first, ...rest] = round.takes;
    await desk.database.records.rounds.takeFailed(first?.id ?? fresh(), "blocked", T0);
    await desk.database.records.ledger.release(`take.${first?.id}` as never, "blocked", T0);
    expect(await sweep(SOON)).toEqual([]);
    await sweep(LATER);
    const [tree, ...more] = await treeOf(gridJob(round.id).id);
    expect(more).toEqual([]);
    expect(tree?.children.map((each) => each.id)).toEqual(rest.map((take) => takeJob(take).id));
    expect(tree?.children.every((each) => each.turn === 0)).toBe(true);
    await relayAll();
    expect(await queue.isLive(gridJob(round.id))).toBe(true);
    await sweep(LATER);
    expect(await treeOf(gridJob(round.id).id)).toEqual([]);
  });

  it("gives a final back to the queue when its job is gone", async () => {
    const { final } = await queuedFinal();
    await loseAll();
    expect(await sweep(SOON)).toEqual([]);
    await sweep(LATER);
    expect(await treeOf(finalJob(final, 0).job.id)).toHaveLength(1);
    await relayAll();
    await sweep(LATER);
    expect(await treeOf(finalJob(final, 0).job.id)).toEqual([]);
  });

  it("has a message shown that is behind", async () => {
    const grid = await desk.grid(channel, MIA);
    await desk.database.records.rounds.vote(grid.round.id, MIA, 1, T0);
    const wanted = await desk.database.records.posts.touch(grid.post.id, T0);
    await loseAll();
    const job = deliverJob(grid.post.id, wanted, channel).job;
    expect(await sweep(SOON)).toEqual([]);
    await sweep(LATER);
    expect(await treeOf(job.id)).toHaveLength(1);
    await relayAll();
    await sweep(LATER);
    expect(await treeOf(job.id)).toEqual([]);
  });

  it("leaves alone what has a live job, however long it takes", async () => {
    const round = await queuedRound();
    const { final } = await queuedFinal();
    await relayAll();
    await sweep(MUCH_LATER);
    expect(await outbox()).toEqual([]);
    expect((await desk.roundOf(round.id)).takes.every((take) => take.state.status === "queued")).toBe(true);
    expect((await desk.database.records.finals.find(final.id))?.state.status).toBe("queued");
    expect(await desk.balance(channel)).toMatchObject({ reserved: 7 });
  });

  it("returns the credits of a round whose jobs are gone and whose time is over", async () => {
    const round = await queuedRound();
    await loseAll();
    await desk.database.records.rounds.beginTake(round.takes[0]?.id ?? fresh(), T0);
    // However late: it gets another chance first, and keeps its credits for it.
    await sweep(MUCH_LATER);
    expect((await treeOf(gridJob(round.id).id))[0]?.children).toHaveLength(3);
    expect(await desk.balance(channel)).toEqual({ available: 47, reserved: 3, spent: 0 });
    await loseAll();
    await sweep(new Date(MUCH_LATER.getTime() + 1_000));
    const after = await desk.roundOf(round.id);
    expect(after.takes.map((take) => take.state)).toEqual(
      Array.from({ length: 3 }, () => ({ status: "failed", failure: "interrupted" })),
    );
    expect(await desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
    // What is left to do is to say so: the grid's job comes without takes.
    await sweep(new Date(MUCH_LATER.getTime() + 2 * STALE_MS));
    const [tree] = await treeOf(gridJob(round.id).id);
    expect(tree?.children).toEqual([]);
    await loseAll();
  });

  it("returns the credits of a final whose job is gone and whose time is over, and opens its grid", async () => {
    const { grid, final } = await queuedFinal();
    await loseAll();
    await sweep(MUCH_LATER);
    expect(await treeOf(finalJob(final, 0).job.id)).toHaveLength(1);
    await loseAll();
    await sweep(new Date(MUCH_LATER.getTime() + 1_000));
    expect((await desk.database.records.finals.find(final.id))?.state).toEqual({
      status: "failed",
      failure: "interrupted",
    });
    expect((await desk.roundOf(grid.round.id)).state.status).toBe("choosing");
    expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 0, spent: 4 });
    await sweep(MUCH_LATER);
    expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 0, spent: 4 });
  });

  it("forgets events when no platform can deliver them again", async () => {
    const { inbox } = desk.database.records;
    const [old, recent] = [fresh<EventId>(), fresh<EventId>()];
    await inbox.admit(old, new Date(T0.getTime() - 26 * HOUR_MS));
    await inbox.admit(recent, new Date(T0.getTime() - 23 * HOUR_MS));
    await sweep(T0);
    expect(await inbox.admit(recent, T0)).toBe(false);
    expect(await inbox.admit(old, T0)).toBe(true);
  });
});
