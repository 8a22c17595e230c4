import { readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assetKey } from "../../src/assets/keys.ts";
import { gridAssetOf, previewAssetOf } from "../../src/assets/view-ids.ts";
import type { WorkspaceRef } from "../../src/core/ids.ts";
import { createPurge } from "../../src/upkeep/purge.ts";
import { purgeJob } from "../../src/upkeep/purge-job.ts";
import { plain } from "../images/pictures.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { audit } from "../support/audit.ts";
import {
  type Departing,
  DUE,
  GRACE_MS,
  hoursLater,
  openDeparting,
  PAST_GRACE,
  RETENTION_MS,
} from "../support/departing.ts";
import { doomDatabase } from "../support/doomed-adapters.ts";
import { fresh, HOUR_MS } from "../support/fresh.ts";
import { findMentions, unmentioned } from "../support/mentions.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, MAX, MIA } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";
import { createStrictLog } from "../support/strict-log.ts";

let bench: TestDatabase;
let shop: Workshop;
let red: Buffer;
let here: Departing;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
  red = await plain(64, 64, "#f00").png().toBuffer();
});
beforeEach(async () => {
  await shop.loseAll();
  here = openDeparting(bench, shop, red);
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

describe("a workspace that left", () => {
  it("is gone after its time, every row and every byte, and nothing of another is", async () => {
    const other = fresh<WorkspaceRef>("studio:");
    await here.lived(here.channelIn(other));
    const bystander = here.channelIn(other);
    await here.lived(bystander);
    const othersFiles = await here.files();
    const channels = [here.channelIn(here.workspace), here.channelIn(here.workspace)] as const;
    for (const channel of channels) await here.lived(channel);
    const waiting = await here.started(channels[0]);
    await shop.blobs.put(assetKey(gridAssetOf(waiting)), red);
    const grid = await here.desk.grid(channels[1], MIA);
    await here.desk.react(grid.message, ADA, "n1");
    const [final] = await here.desk.finalsOf(grid.round.id);
    await shop.blobs.put(assetKey(previewAssetOf(final?.id ?? fresh())), red);
    await shop.loseAll();
    const [names, othersNames] = [await here.namesIn(here.workspace), await here.namesIn(other)];
    expect(names.length).toBeGreaterThan(20);
    // A take is two pictures and a maker's name, a final one more; a grid; a reference. And what was
    // kept by jobs that came no further: a reference, a grid and a preview.
    expect((await here.files()).length - othersFiles.length).toBe(2 * (2 * 3 + 4 + 1 + 1) + 3);

    await here.leave();
    await here.purge(hoursLater(1));
    await here.purge(hoursLater(RETENTION_MS / HOUR_MS - 1));
    const before = await findMentions(bench.pool, othersNames);
    expect(await findMentions(bench.pool, names)).not.toEqual({});
    expect((await here.files()).length).toBeGreaterThan(othersFiles.length);

    expect(await here.purge(DUE)).toEqual({ kind: "done" });
    expect(await here.files()).toEqual(othersFiles);
    await here.purge(PAST_GRACE);
    expect(await here.files()).toEqual(othersFiles);
    expect(await findMentions(bench.pool, othersNames)).toEqual(before);
    await audit(bench.pool);
    // Events are forgotten by the sweep, long before.
    await here.sweep(DUE);
    expect(await findMentions(bench.pool, names)).toEqual({});

    // Who comes back begins anew; who was there goes on.
    expect(await here.desk.balance(channels[0])).toEqual({ available: 50, reserved: 0, spent: 0 });
    await here.lived(bystander);
  });

  it("keeps everything when it comes back in time", async () => {
    const channel = here.channelIn(here.workspace);
    await here.lived(channel);
    await shop.loseAll();
    const [names, kept] = [await here.namesIn(here.workspace), await here.files()];
    const before = await findMentions(bench.pool, names);
    await here.leave();
    await here.desk.inbox.workspace(here.workspace, "returned");
    await here.purge(DUE);
    expect(await findMentions(bench.pool, names)).toEqual(before);
    expect(await here.files()).toEqual(kept);
  });

  it("keeps whole channels when it comes back in the middle", async () => {
    const channels = [
      here.channelIn(here.workspace),
      here.channelIn(here.workspace),
      here.channelIn(here.workspace),
    ];
    for (const channel of channels) await here.lived(channel);
    await here.leave();
    const stop = new AbortController();
    const told = { at: (place: string) => void (place === "after transact" && stop.abort()) };
    const database = doomDatabase(here.desk.database, told);
    await expect(here.purge(DUE, { database, signal: stop.signal })).rejects.toThrow("aborted");
    await here.desk.inbox.workspace(here.workspace, "returned");
    await here.purge(DUE);
    const left = await here.desk.database.records.channels.list(here.workspace, 10);
    expect(left).toHaveLength(2);
    await audit(bench.pool);
    expect(await unmentioned(bench.pool, (await here.files()).map(assetOf))).toEqual([]);
    const [channel] = left;
    if (channel) await here.lived(channel);
  });

  it("is taken for one that is there when people draft long after", async () => {
    const channel = here.channelIn(here.workspace);
    await here.desk.account(channel);
    await here.leave();
    await here.started(channel);
    await bench.pool.query(
      "update draftroom.posts set created_at = created_at + interval '26 hours' where channel = $1",
      [channel],
    );
    const said: string[] = [];
    const log = createStrictLog(said);
    const parts = { database: here.desk.database, blobs: shop.blobs, log, clock: () => DUE };
    await createPurge({ ...parts, retentionMs: RETENTION_MS, graceMs: GRACE_MS })({ v: 1 }, ATTEMPT);
    expect(said).toEqual(["departed.in_use"]);
    expect(await here.desk.roundsOf(channel)).toHaveLength(1);
  });

  it("is kept for as long as its events may come, however short the retention", async () => {
    const channel = here.channelIn(here.workspace);
    await here.desk.account(channel);
    await here.leave();
    await here.purge(hoursLater(24), { retentionMs: 0 });
    expect(await here.desk.database.records.channels.find(channel)).toBeDefined();
    await here.purge(hoursLater(25), { retentionMs: 0 });
    expect(await here.desk.database.records.channels.find(channel)).toBeUndefined();
  });
});

describe("pictures that were sent for nothing", () => {
  it("go when no round can come of them any more", async () => {
    const channel = here.channelIn(here.workspace);
    const id = await here.started(channel);
    const [used = ""] = (await here.desk.roundOf(id)).order.references;
    const account = await here.desk.account(channel);
    await here.desk.database.records.ledger.freeze(account, MAX, here.desk.clock());
    const before = await here.files();
    await expect(here.started(channel)).rejects.toThrow("denied");
    const [unused = ""] = (await here.files()).filter((name) => !before.includes(name));
    expect(unused).toMatch(/^\w{26}$/);
    const left = async () => (await here.files()).filter((name) => name === used || name === unused);
    await here.purge(hoursLater(24));
    expect(await left()).toHaveLength(2);
    await here.purge(hoursLater(26));
    expect(await left()).toEqual([used]);
  });
});

it("clears away what a crash left half-written, when nobody can be writing it", async () => {
  const path = join(shop.folder, "unfinished", fresh());
  await shop.blobs.put(`paid/${fresh()}`, red);
  await writeFile(path, red);
  await utimes(path, DUE, DUE);
  const isThere = async () => (await readdir(join(shop.folder, "unfinished"))).length > 0;
  await here.purge(new Date(DUE.getTime() + GRACE_MS));
  expect(await isThere()).toBe(true);
  await here.purge(new Date(DUE.getTime() + GRACE_MS + 1_000));
  expect(await isThere()).toBe(false);
});

it("is a job that the queue takes, once at a time", async () => {
  const trees = [{ job: purgeJob, children: [] }];
  await shop.queue.enqueue(trees);
  await shop.queue.enqueue(trees);
  expect(await shop.queue.isLive(purgeJob)).toBe(true);
  expect((await shop.queue.depths()).find(({ queue }) => queue === "purge")).toMatchObject({ waiting: 1 });
});

function assetOf(file: string): string {
  return file.replace(/\.maker$/, "");
}
