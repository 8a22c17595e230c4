import { describe, expect, it } from "vitest";
import { escapeText } from "../../../../adapters/discord/components/escape-text.ts";
import { UPLOAD_BYTES_DEFAULT } from "../../../../adapters/discord/sender/upload-limits.ts";
import { plainCard } from "../../../../src/core/card.ts";
import {
  EDIT,
  failureOf,
  finalCard,
  gridCard,
  LOOK,
  once,
  POST,
  type TestImage,
  useSenderDesks,
} from "./sender-desk.ts";

const open = useSenderDesks();

/** 14 MiB. */
const HEAVY: Partial<TestImage> = { mime: "image/png", width: 2_200, height: 2_200, noise: true };
/** 22 MiB. */
const HUGE: Partial<TestImage> = { mime: "image/png", width: 2_800, height: 2_800, noise: true };
const MIB = 1024 * 1024;

describe("a picture on Discord", () => {
  it("is uploaded with its message, with what it shows in words", async () => {
    const { sender, place, at, addAsset } = await open();
    const asset = await addAsset({ mime: "image/png" });
    const message = at(await sender.post(place, gridCard(asset), once("k1")));
    expect(message?.images).toHaveLength(1);
    expect(message?.images[0]).toMatchObject({
      name: `a-red-fox-grid--${asset}.png`,
      alt: "A grid of 4 takes for: a red fox.",
      width: 64,
      height: 48,
    });
    expect(message?.attachments).toHaveLength(1);
  });

  it("stands in an edit without being sent again, after a restart too", async () => {
    const { sender, place, at, addAsset, restart, calls, reads } = await open();
    const asset = await addAsset();
    const ref = await sender.post(place, gridCard(asset), once("k1"));
    const before = at(ref)?.attachments;
    await sender.edit(ref, gridCard(asset, { note: "3 credits" }));
    expect(calls(LOOK)).toHaveLength(0);
    await restart().edit(ref, gridCard(asset, { note: "2 credits" }));
    expect(calls(LOOK)).toHaveLength(1);
    expect(calls(EDIT).flatMap(({ files }) => files)).toEqual([]);
    expect(reads(asset)).toBe(1);
    expect(at(ref)?.attachments.map(({ id }) => id)).toEqual(before?.map(({ id }) => id));
    expect(at(ref)).toMatchObject({ images: [{ alt: "A grid of 4 takes for: a red fox." }], edits: 2 });
  });

  it("is sent again when Discord does not find what was to stay", async () => {
    const { sender, place, at, addAsset, discord, calls } = await open();
    const asset = await addAsset();
    const ref = await sender.post(place, gridCard(asset), once("k1"));
    discord.faults.call(EDIT, { kind: "error", code: 50035, message: "Invalid Form Body" });
    await sender.edit(ref, gridCard(asset, { note: "3 credits" }));
    expect(calls(EDIT).map(({ files }) => files.length)).toEqual([0, 1]);
    expect(at(ref)?.images).toHaveLength(1);
  });

  it("comes, changes and goes with edits", async () => {
    const { sender, place, at, addAsset } = await open();
    const [first, second] = [await addAsset(), await addAsset()];
    const ref = await sender.post(place, plainCard("busy", "Drafting…"), once("k1"));
    await sender.edit(ref, gridCard(first));
    expect(at(ref)?.images.map(({ name }) => name)).toEqual([`a-red-fox-grid--${first}.jpg`]);
    await sender.edit(ref, gridCard(second));
    expect(at(ref)?.attachments.map(({ name }) => name)).toEqual([`a-red-fox-grid--${second}.jpg`]);
    await sender.edit(ref, plainCard("error", "No takes."));
    expect(at(ref)).toMatchObject({ images: [], attachments: [] });
  });

  it("is uploaded anew after an edit of which nobody knows what came", async () => {
    const { sender, place, at, addAsset, discord, calls } = await open();
    const asset = await addAsset();
    const ref = await sender.post(place, plainCard("busy", "Drafting…"), once("k1"));
    discord.faults.call(EDIT, { kind: "reset_after" });
    expect(await failureOf(sender.edit(ref, gridCard(asset)))).toMatchObject({ kind: "unavailable" });
    await sender.edit(ref, gridCard(asset));
    // It had come: the look says so, and it is not sent twice.
    expect(calls(EDIT).map(({ files }) => files.length)).toEqual([1, 0]);
    expect(at(ref)?.attachments).toHaveLength(1);
  });

  it("is waited for while its store is away, and nothing is posted meanwhile", async () => {
    const { sender, place, channel, addAsset, loseAssets } = await open();
    const asset = await addAsset();
    loseAssets();
    expect(await failureOf(sender.post(place, gridCard(asset), once("k1")))).toMatchObject({
      kind: "unavailable",
      inDoubt: false,
    });
    expect(channel.messages()).toEqual([]);
  });

  it("that is no longer kept is said to be", async () => {
    const { sender, place, at, addAsset } = await open();
    const asset = `${await addAsset()}X` as Awaited<ReturnType<typeof addAsset>>;
    const message = at(await sender.post(place, gridCard(asset), once("k1")));
    expect(message).toMatchObject({ images: [], buttons: [{ label: "1" }] });
    expect(message?.words).toContain("The picture cannot be shown: it is no longer kept");
  });
});

describe("the size of a file", () => {
  it("is 10 MiB in a server without boosts: the fitted view, and what there is to know", async () => {
    const { sender, place, at, addAsset } = await open();
    const [view, full] = [await addAsset(), await addAsset(HEAVY)];
    const ref = await sender.post(place, finalCard(view, full), once("k1"));
    const message = at(ref);
    expect(message?.images.map(({ width }) => width)).toEqual([64]);
    expect(message?.attachments.every(({ size }) => size <= UPLOAD_BYTES_DEFAULT)).toBe(true);
    expect(message?.words).toContain("Shown smaller: the original (2200 × 2200, 14 MiB)");
    expect(message?.words).toContain(escapeText("DISCORD_FILES_URL"));
    await sender.edit(ref, finalCard(view, full, { note: "approved" }));
    expect(at(ref)?.words).toContain("the original (2200 × 2200, 14 MiB)");
  });

  it("leads to the original, where there is a place for it", async () => {
    const { sender, place, at, addAsset } = await open({ originals: "https://files.example.com/o/" });
    const [view, full] = [await addAsset(), await addAsset(HEAVY)];
    const message = at(await sender.post(place, finalCard(view, full), once("k1")));
    expect(message?.links).toEqual([
      { label: "Original (14 MiB)", url: `https://files.example.com/o/${full}` },
    ]);
    expect(message?.words).toContain("Shown smaller than the original (2200 × 2200, 14 MiB)");
  });

  it("shows the original itself where it fits", async () => {
    const { sender, place, at, addAsset, restart, reads } = await open();
    const [view, full] = [await addAsset(), await addAsset({ mime: "image/png", width: 800, height: 600 })];
    const ref = await sender.post(place, finalCard(view, full), once("k1"));
    expect(at(ref)?.images.map(({ name, width }) => [name, width])).toEqual([
      [`a-red-fox-final-4k--${full}.png`, 800],
    ]);
    await restart().edit(ref, finalCard(view, full, { note: "approved" }));
    expect(at(ref)?.images.map(({ width }) => width)).toEqual([800]);
    expect([reads(view), reads(full)]).toEqual([0, 1]);
  });

  it("is the guild's own where Discord has said so", async () => {
    const { sender, place, at, addAsset, limits, guild } = await open({
      guild: { attachmentLimit: 20 * MIB },
    });
    limits.learn(guild.id, 20 * MIB);
    const [view, full] = [await addAsset(), await addAsset(HEAVY)];
    const message = at(await sender.post(place, finalCard(view, full), once("k1")));
    expect(message?.images.map(({ width }) => width)).toEqual([2_200]);
    const huge = at(await sender.post(place, finalCard(view, await addAsset(HUGE)), once("k2")));
    expect(huge?.images.map(({ width }) => width)).toEqual([64]);
    expect(huge?.words).toContain("more than this server takes (20 MiB)");
  });

  it("is believed again to be 10 MiB when Discord refuses more", async () => {
    const { sender, place, at, addAsset, limits, guild, calls } = await open();
    limits.learn(guild.id, 50 * MIB);
    const [view, full] = [await addAsset(), await addAsset(HEAVY)];
    const message = at(await sender.post(place, finalCard(view, full), once("k1")));
    expect(message?.images.map(({ width }) => width)).toEqual([64]);
    expect(calls(POST).map(({ answer }) => answer?.status)).toEqual([413, 200]);
    expect(limits.of(guild.id)).toBe(UPLOAD_BYTES_DEFAULT);
    // The same person's Nitro is no reason to try again.
    limits.learn(guild.id, 50 * MIB);
    expect(limits.of(guild.id)).toBe(UPLOAD_BYTES_DEFAULT);
  });

  it("may be less than Discord says: the fitted view it is", async () => {
    const { sender, place, at, addAsset, calls } = await open({ guild: { attachmentLimit: MIB } });
    const [view, full] = [
      await addAsset(),
      await addAsset({ mime: "image/png", width: 800, height: 800, noise: true }),
    ];
    const message = at(await sender.post(place, finalCard(view, full), once("k1")));
    expect(calls(POST).map(({ answer }) => answer?.status)).toEqual([413, 200]);
    expect(message?.images.map(({ width }) => width)).toEqual([64]);
    expect(message?.words).toContain("Shown smaller: the original (800 × 800");
  });

  it("leaves a picture out that no view of fits, and says why", async () => {
    const { sender, place, at, addAsset } = await open({ guild: { attachmentLimit: 1_000 } });
    const message = at(
      await sender.post(
        place,
        gridCard(await addAsset({ noise: true, width: 400, height: 400 })),
        once("k1"),
      ),
    );
    expect(message?.images).toEqual([]);
    expect(message?.words).toContain("The picture cannot be shown: it is larger than this server takes");
    expect(message?.buttons.map(({ label }) => label)).toEqual(["1"]);
  });
});
