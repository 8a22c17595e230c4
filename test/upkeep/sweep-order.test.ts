import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PostId, RoundId } from "../../src/core/ids.ts";
import { deliverJob, finalJob, gridJob, takeJob } from "../../src/outbox/jobs.ts";
import type { JobTree } from "../../src/ports/jobs.ts";
import type { Database } from "../../src/ports/records.ts";
import { createSweep } from "../../src/upkeep/sweep.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { fresh } from "../support/fresh.ts";
import { newFinal, newRound, offeredRound, openChannel, T0 } from "../support/make-records.ts";
import { onlyModel, UNASKED } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";
import { createStrictLog } from "../support/strict-log.ts";

const STALE_MS = 30_000;

let bench: TestDatabase;
let database: Database;
let shop: Workshop;
beforeAll(async () => {
  bench = await openEmbedded();
  database = bench.database;
  shop = await openWorkshop(bench);
});
afterAll(async () => {
  await shop.close();
  await bench.close();
});

async function sweep(now: Date): Promise<void> {
  const parts = {
    database,
    queue: shop.queue,
    models: onlyModel(UNASKED),
    log: createStrictLog([]),
    clock: () => now,
    poke: () => {},
  };
  await createSweep({ ...parts, staleMs: STALE_MS })({ v: 1 }, ATTEMPT);
}
const minutes = (after: number) => new Date(T0.getTime() + after * 60_000);

describe("what the sweep gives back", () => {
  it("keeps its place in the order", async () => {
    const channel = await openChannel(database);
    const draft = newRound(channel, { count: 3 });
    const round = { ...draft, takes: draft.takes.map((take, index) => ({ ...take, turn: 40 + 7 * index })) };
    await database.records.rounds.start(round);
    const final = newFinal(await offeredRound(database, newRound(channel)), { turn: 23 });
    await database.records.finals.start(final);
    await sweep(minutes(1));
    const [tree] = await shop.decided(gridJob(round.id).id);
    expect(tree?.children).toEqual(round.takes.map((take) => takeJob({ ...take, model: round.model })));
    expect(await shop.decided(finalJob(final, 0).job.id)).toEqual([finalJob(final, 23)]);
  });

  it("is not hidden by any number of older works that are alive", async () => {
    const channel = await openChannel(database);
    const work = Array.from({ length: 201 }, () => ({ round: fresh<RoundId>(), post: fresh<PostId>() }));
    const lost = { round: fresh<RoundId>(), post: fresh<PostId>() };
    for (const { round, post } of work)
      await database.records.rounds.start(newRound(channel, { id: round, post, count: 1 }));
    await database.records.rounds.start(
      newRound(channel, { id: lost.round, post: lost.post, count: 1, at: minutes(1) }),
    );
    const live = work.flatMap(({ round, post }): JobTree[] => [
      { job: gridJob(round), children: [] },
      deliverJob(post, 1, channel),
    ]);
    await shop.queue.enqueue(live);
    const revived = async () => [
      ...(await shop.decided(gridJob(lost.round).id)),
      ...(await shop.decided(deliverJob(lost.post, 1, channel).job.id)),
    ];
    await sweep(minutes(2));
    expect(await revived(), "there are more than one sweep looks at").toEqual([]);
    await sweep(minutes(3));
    expect((await revived()).map(({ job }) => job.id)).toEqual([
      gridJob(lost.round).id,
      deliverJob(lost.post, 1, channel).job.id,
    ]);
    for (const { round } of work) expect(await shop.decided(gridJob(round).id)).toEqual([]);
  });

  it("nor is a final", async () => {
    const { finals } = database.records;
    const round = await offeredRound(database, newRound(await openChannel(database)));
    const work = Array.from({ length: 201 }, () => newFinal(round));
    for (const final of work) await finals.start(final);
    const lost = newFinal(round, { at: minutes(1) });
    await finals.start(lost);
    await shop.queue.enqueue(work.map((final) => finalJob(final, final.turn)));
    await sweep(minutes(2));
    await sweep(minutes(3));
    expect(await shop.decided(finalJob(lost, 0).job.id)).toEqual([finalJob(lost, lost.turn)]);
  });
});
