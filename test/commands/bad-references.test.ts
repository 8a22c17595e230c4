import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assetKey } from "../../src/assets/keys.ts";
import type { AssetId, EventId } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { handmadePng, noise, plain, withAnimationChunk } from "../images/pictures.ts";
import { sentFile } from "../support/attachments.ts";
import { audit } from "../support/audit.ts";
import { dyingAfter, withDoom } from "../support/doomed.ts";
import { doomDatabase } from "../support/doomed-adapters.ts";
import { type Drafting, openDrafting, referencesOf } from "../support/drafting.ts";
import { fresh } from "../support/fresh.ts";
import { unmentioned } from "../support/mentions.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { openStory } from "../support/open-story.ts";
import { createScriptedModel } from "../support/scripted-model.ts";
import { inWords, MIA } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let shop: Workshop;
let photo: Buffer;
let blue: Buffer;
let here: Drafting;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
  photo = await noise(40, 30).jpeg().toBuffer();
  blue = await plain(20, 20, "#00f").png().toBuffer();
});
beforeEach(() => {
  here = openDrafting(bench, shop);
  shop.disk.isFull = false;
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

const DRAFT = {
  person: MIA,
  name: "draft",
  text: "a red fox in snow",
  options: undefined,
  mentions: [],
  isLive: false,
} as const;

/** Nobody has paid, and nothing stands anywhere. */
async function expectNothing(event: EventId): Promise<void> {
  const { desk, channel } = here;
  expect(await desk.roundsOf(channel)).toEqual([]);
  expect(await desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
  expect(await here.keptOf(event)).toEqual([0, 0]);
}

describe("a picture that cannot be gone by", () => {
  const rest = "Nothing was started or charged.";
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
  const cases: readonly (readonly [string, () => Promise<Buffer> | Buffer, string])[] = [
    [
      "words",
      () => Buffer.from("not a picture"),
      "is no picture that can be gone by. Send a PNG, JPEG or WebP picture.",
    ],
    ["SVG", () => Buffer.from(svg), "is no picture that can be gone by. Send a PNG, JPEG or WebP picture."],
    [
      "GIF",
      () => plain(9, 9, "#f00").gif().toBuffer(),
      "is no picture that can be gone by. Send a PNG, JPEG or WebP picture.",
    ],
    [
      "nothing",
      () => Buffer.alloc(0),
      "is no picture that can be gone by. Send a PNG, JPEG or WebP picture.",
    ],
    [
      "an animation",
      async () => withAnimationChunk(await plain(9, 9, "#f00").png().toBuffer()),
      "moves. Send a still picture.",
    ],
    ["half a picture", () => photo.subarray(0, photo.length / 2), "is cut short or broken. Send it again."],
    [
      "a bomb",
      () => handmadePng(30_000, 30_000, 1),
      "has too many pixels. Send a picture of up to 64 megapixels.",
    ],
    [
      "21 MB",
      () => Buffer.alloc(21 * 1024 * 1024),
      "could not be read. Send it again, as a PNG, JPEG or WebP picture of up to 20 MB.",
    ],
  ];
  it.each(cases)("%s: is said privately; nothing is started, charged or kept", async (_, make, sentence) => {
    const event = fresh<EventId>();
    const files = [sentFile(blue, "good.png"), sentFile(await make(), "odd one.png")];
    const reply = await here.draft(files, event);
    expect(reply).toMatchObject({ kind: "whisper", card: { tone: "warn" } });
    expect("card" in reply && inWords(reply.card)).toBe(`“odd one.png” ${sentence} ${rest}`);
    await expectNothing(event);
  });

  it("because a platform sends more than was asked for", async () => {
    const event = fresh<EventId>();
    const reply = await here.draft([{ name: "x", read: async () => Buffer.alloc(21 * 1024 * 1024) }], event);
    expect("card" in reply && inWords(reply.card)).toBe(
      `“x” is too large. Send a picture of up to 20 MB. ${rest}`,
    );
    await expectNothing(event);
  });

  it("because there are too many: none is read", async () => {
    const event = fresh<EventId>();
    const files = Array.from({ length: 5 }, () => sentFile(blue));
    const reply = await here.draft(files, event);
    expect("card" in reply && inWords(reply.card)).toBe(
      `Up to 4 pictures can come with a draft; these are 5. ${rest}`,
    );
    expect(files.flatMap((file) => file.reads)).toEqual([]);
    await expectNothing(event);
  });

  it.each([
    ["<!channel>\u202e\n@everyone", "“<!channel> @everyone”"],
    ["\u200b", "That file"],
    ["x".repeat(300), `“${"x".repeat(59)}…”`],
  ])("is named as words, and briefly: %.20j", async (name, shown) => {
    const reply = await here.draft([sentFile(Buffer.from("?"), name)]);
    expect("card" in reply && inWords(reply.card).startsWith(`${shown} is no picture`)).toBe(true);
  });
});

describe("a picture that cannot be had for now", () => {
  it("leaves the event unrecorded: delivered again, it is drafted", async () => {
    const event = fresh<EventId>();
    const files = [sentFile(blue), sentFile(photo)];
    files[1]?.set("unavailable");
    await expect(here.draft(files, event)).rejects.toMatchObject({ kind: "unavailable" });
    await expectNothing(event);
    files[1]?.set("there");
    expect((await here.draft(files, event)).kind).toBe("started");
    expect(await here.keptOf(event)).toEqual([2, 2]);
  });

  it("so does a disk that is full", async () => {
    const event = fresh<EventId>();
    shop.disk.isFull = true;
    await expect(here.draft([sentFile(blue)], event)).rejects.toMatchObject({ name: "StorageError" });
    expect(await here.desk.roundsOf(here.channel)).toEqual([]);
    shop.disk.isFull = false;
    expect((await here.draft([sentFile(blue)], event)).kind).toBe("started");
    expect(await here.keptOf(event)).toEqual([1, 1]);
  });

  it("so does a crash at any call, and no bytes are left that no record names", async () => {
    const event = fresh<EventId>();
    const call = { ...DRAFT, event, place: { channel: here.channel, thread: undefined } };
    let deaths = 0;
    for (let reply: Reply | undefined; reply?.kind !== "done"; deaths++) {
      const doom = dyingAfter(deaths);
      const ground = { ...bench, database: doomDatabase(bench.database, doom) };
      const { inbox } = openStory(ground, withDoom("blobs", shop.blobs, doom));
      const attachments = [sentFile(photo), sentFile(blue)];
      reply = await inbox.command({ ...call, attachments }).catch((error: Error) => {
        expect(error.message).toBe("killed");
        return undefined;
      });
      const files = await readdir(join(shop.folder, "assets"));
      expect(await unmentioned(bench.pool, files), `after ${deaths} calls`).toEqual([]);
    }
    expect(deaths).toBeGreaterThan(20);
    expect(await here.desk.roundsOf(here.channel)).toHaveLength(1);
    expect(await here.keptOf(event)).toEqual([2, 2]);
  });

  it("when its bytes are lost, its takes fail, are given back, and say why", async () => {
    const event = fresh<EventId>();
    await here.draft([sentFile(blue)], event);
    const round = await here.roundAt(0);
    const [id] = await referencesOf(event, 1);
    await rm(join(shop.folder, assetKey(id as AssetId)));
    await here.make(round, createScriptedModel([]));
    expect((await here.desk.roundOf(round.id)).state).toEqual({ status: "failed", failure: "storage" });
    expect(await here.desk.balance(here.channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
  });
});

it("without the credits, pictures start nothing", async () => {
  for (let index = 0; index < 3; index++) await here.draft([], fresh<EventId>(), "a fox --count 16");
  const reply = await here.draft([sentFile(blue)]);
  expect("card" in reply && inWords(reply.card)).toMatch(/Nothing was started/);
  expect(await here.desk.roundsOf(here.channel)).toHaveLength(3);
});
