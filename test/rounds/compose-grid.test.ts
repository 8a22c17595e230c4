import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assetKey, paidKey } from "../../src/assets/keys.ts";
import type { AssetId, EventId, TakeId } from "../../src/core/ids.ts";
import type { Round } from "../../src/core/round.ts";
import { gridJob, takeJob } from "../../src/outbox/jobs.ts";
import { StorageError } from "../../src/ports/blobs.ts";
import { plain } from "../images/pictures.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, sends } from "../support/scripted-model.ts";
import { type Desk, inWords, MIA, openDesk } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let shop: Workshop;
let desk: Desk;
let red: Buffer;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
  red = await plain(64, 64, "#f00").png().toBuffer();
});
beforeEach(() => {
  desk = openDesk(bench);
  shop.disk.isFull = false;
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

/** A round of two whose jobs were lost before any of them ran. */
async function queuedRound(): Promise<Round> {
  const channel = desk.channel();
  const started = await desk.startRound({
    event: fresh<EventId>(),
    place: { channel, thread: undefined },
    person: MIA,
    origin: { kind: "draft" },
    concept: undefined,
    formerRequester: undefined,
    model: undefined,
    order: {
      prompt: "a red fox in snow",
      seed: 7,
      aspect: "1:1",
      count: 2,
      finalSize: "2K",
      keep: "close",
      references: [],
    },
    attachments: [],
    isLive: false,
  });
  if (started.status !== "started") throw new Error(started.status);
  await shop.loseAll();
  return desk.roundOf(started.round);
}

/** The same with both takes made and paid, on the disk too. */
async function madeRound(): Promise<Round> {
  const round = await queuedRound();
  const model = createScriptedModel([sends(red)]);
  for (const take of round.takes) await shop.makeTake(desk, take.id, model);
  return desk.roundOf(round.id);
}

const takesOf = async (round: Round) => (await desk.roundOf(round.id)).takes.map(({ state }) => state);
const asAsset = (take: TakeId) => take as string as AssetId;
const cardOf = async (round: Round) => {
  const card = desk.platform.shown.get(await desk.show(round.post));
  if (card === undefined) throw new Error("it is not shown");
  return { words: inWords(card), tone: card.tone, picture: card.picture, note: card.note };
};

describe("a take whose job died", () => {
  it("is taken up again when its image was paid for, and given back when it was not", async () => {
    const round = await queuedRound();
    const channel = round.concept.channel;
    const [paid, unpaid] = round.takes;
    if (paid === undefined || unpaid === undefined) throw new Error("a round of two");
    await desk.database.records.rounds.beginTake(paid.id, desk.clock());
    await shop.blobs.put(paidKey(asAsset(paid.id)), red);

    expect(await shop.composeGrid(desk, round.id)).toMatchObject({ kind: "snooze" });
    expect(await takesOf(round)).toEqual([
      { status: "rendering" },
      { status: "failed", failure: "interrupted" },
    ]);
    expect(await desk.balance(channel)).toEqual({ available: 49, reserved: 1, spent: 0 });
    const [again, ...more] = await shop.decided(takeJob(paid).id);
    expect(again?.job).toEqual(takeJob(paid));
    expect(more).toEqual([]);

    await shop.makeTake(desk, paid.id, createScriptedModel([]));
    expect(await shop.composeGrid(desk, round.id)).toEqual({ kind: "done" });
    expect((await desk.roundOf(round.id)).state.status).toBe("choosing");
    expect(await desk.balance(channel)).toEqual({ available: 49, reserved: 0, spent: 1 });
    expect((await cardOf(round)).words).toContain("Take 2 is missing");
  });

  it("is waited for while its job is in the queue", async () => {
    const round = await queuedRound();
    const jobs = round.takes.map((take) => ({ job: takeJob(take), children: [] }));
    await shop.queue.enqueue(jobs);
    expect(await shop.composeGrid(desk, round.id)).toMatchObject({ kind: "snooze" });
    expect(await takesOf(round)).toEqual([{ status: "queued" }, { status: "queued" }]);
    expect(await shop.decided(gridJob(round.id).id)).toEqual([]);
  });
});

describe("a grid that cannot be made", () => {
  it("for want of room says so, once, and comes when there is room", async () => {
    const round = await madeRound();
    const before = await desk.balance(round.concept.channel);
    shop.disk.isFull = true;
    await expect(shop.composeGrid(desk, round.id)).rejects.toThrow(StorageError);
    expect((await desk.roundOf(round.id)).state).toEqual({ status: "rendering", trouble: "storage" });
    const { words, tone, note } = await cardOf(round);
    expect(words).toContain(
      "The takes are made, but their grid is not. There was no room to keep the image.",
    );
    expect(words).toContain("It is tried again every minute, and nothing more is charged.");
    expect([tone, note]).toEqual(["warn", "2 credits held · 48 left"]);

    const { wanted } = await desk.findPost(round.post);
    await expect(shop.composeGrid(desk, round.id, { ...ATTEMPT, isLast: true })).rejects.toThrow(
      StorageError,
    );
    expect((await desk.findPost(round.post)).wanted, "the message does not change for the same news").toBe(
      wanted,
    );

    shop.disk.isFull = false;
    expect(await shop.composeGrid(desk, round.id)).toEqual({ kind: "done" });
    const after = await cardOf(round);
    expect(after.picture).toBeDefined();
    expect(after.words).not.toMatch(/no room|tried again/);
    expect(await desk.balance(round.concept.channel)).toEqual(before);
  });

  it("for no known reason says so after the last attempt", async () => {
    const round = await madeRound();
    const [first] = round.takes;
    const path = join(shop.folder, assetKey(asAsset(first?.id ?? fresh<TakeId>())));
    await rm(path);
    await shop.blobs.put(assetKey(asAsset(first?.id ?? fresh<TakeId>())), Buffer.from("no image"));
    const composed = shop.composeGrid(desk, round.id);
    await expect(composed).rejects.toThrow();
    await expect(composed).rejects.not.toThrow(StorageError);
    expect((await desk.roundOf(round.id)).state).toEqual({ status: "rendering", trouble: undefined });
    await expect(shop.composeGrid(desk, round.id, { ...ATTEMPT, isLast: true })).rejects.toThrow();
    expect((await desk.roundOf(round.id)).state).toEqual({ status: "rendering", trouble: "interrupted" });
  });

  it("because an image is gone does not call a paid take refunded", async () => {
    const round = await madeRound();
    const [first] = round.takes;
    const key = assetKey(asAsset(first?.id ?? fresh<TakeId>()));
    const bytes = await shop.blobs.find(key);
    await rm(join(shop.folder, key));
    await expect(shop.composeGrid(desk, round.id)).rejects.toThrow(StorageError);
    expect((await desk.roundOf(round.id)).state).toEqual({ status: "rendering", trouble: "storage" });
    expect((await takesOf(round)).map(({ status }) => status)).toEqual(["made", "made"]);
    expect(await desk.balance(round.concept.channel)).toEqual({ available: 48, reserved: 0, spent: 2 });
    // Somebody has found the folder again.
    await shop.blobs.put(key, bytes ?? Buffer.alloc(0));
    expect(await shop.composeGrid(desk, round.id)).toEqual({ kind: "done" });
    expect((await desk.roundOf(round.id)).state.status).toBe("choosing");
  });
});
