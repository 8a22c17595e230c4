import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { AssetId, MessageRef } from "../../../../src/core/ids.ts";
import { type DeskOptions, gridCard, once, QUICK, type SenderDesk, useSenderDesks } from "./sender-desk.ts";

const openDesk = useSenderDesks();
let desk: SenderDesk;

async function open(options: DeskOptions = {}): Promise<SenderDesk> {
  desk = await openDesk(options);
  return desk;
}

const methods = () => desk.slack.calls.map((call) => call.method).filter((method) => method !== "auth.test");
const imagesOf = (ref: MessageRef) => desk.at(ref)?.images.map(({ file }) => file);
const uploads = () => desk.calls("upload").length;
/** Asks again as the queue does, until it is posted. */
async function postAtLast(card: ReturnType<typeof gridCard>, key = "p1"): Promise<MessageRef> {
  for (;;) {
    try {
      return await desk.sender.post(desk.place, card, once(key));
    } catch (error) {
      expect(error).toMatchObject({ kind: "unavailable", inDoubt: false });
      await sleep(50);
    }
  }
}

describe("a picture", () => {
  test("is uploaded, waited for, and shown by its message alone", async () => {
    const { sender, place, addAsset, calls } = await open();
    const asset = await addAsset();
    const ref = await sender.post(place, gridCard(asset), once("p1"));
    const [first, second, third, ...rest] = methods();
    expect([first, second, third]).toEqual([
      "files.getUploadURLExternal",
      "upload",
      "files.completeUploadExternal",
    ]);
    expect(new Set(rest.slice(0, -1))).toEqual(new Set(["files.info"]));
    expect(rest.at(-1)).toBe("chat.postMessage");
    expect(calls("files.getUploadURLExternal")[0]?.args).toMatchObject({ filename: "a-red-fox-grid.jpg" });
    expect(calls("files.completeUploadExternal")[0]?.args).not.toHaveProperty("channel_id");
    expect(String(calls("files.completeUploadExternal")[0]?.args.files)).toContain('"highlight_type":"jpg"');
    expect(desk.at(ref)?.images).toMatchObject([
      { alt: "A grid of 4 takes for: a red fox.", file: expect.stringMatching(/^F/) },
    ]);
  });

  test("is uploaded once, for edits, for repeats, and after a restart", async () => {
    const { place, sender, addAsset, restart } = await open();
    const card = gridCard(await addAsset());
    const ref = await sender.post(place, card, once("p1"));
    const [file] = imagesOf(ref) ?? [];
    await sender.edit(ref, gridCard(card.picture?.asset as AssetId, { summary: "Mia likes 2." }));
    await restart().edit(ref, card);
    await restart().post(place, card, once("p2"));
    expect(uploads()).toBe(1);
    expect(imagesOf(ref)).toEqual([file]);
  });

  test("that two messages want at once is uploaded once", async () => {
    const { place, sender, addAsset } = await open();
    const card = gridCard(await addAsset());
    await Promise.all([1, 2, 3].map((number) => sender.post(place, card, once(`p${number}`))));
    expect(uploads()).toBe(1);
  });

  test("that takes Slack long is come back for, and then shown", async () => {
    const { addAsset, channel } = await open({ fileReadyMs: 900 });
    const ref = await postAtLast(gridCard(await addAsset()));
    expect(imagesOf(ref)).toHaveLength(1);
    expect(uploads()).toBe(1);
    expect(channel.messages()).toHaveLength(1);
  });

  test("is not waited for longer than was said, though each look takes long", async () => {
    const { sender, place, addAsset, slack, calls } = await open({
      fileReadyMs: 10_000,
      sender: { ...QUICK, looksMsMax: 100 },
    });
    slack.faults.call("files.info", { kind: "slow", ms: 200 }, { p: 1 });
    await expect(sender.post(place, gridCard(await addAsset()), once("p1"))).rejects.toMatchObject({
      retryAfterMs: 5_000,
    });
    expect(calls("files.info")).toHaveLength(1);
  });

  test("that takes Slack too long is left out, which is said, and comes with a later edit", async () => {
    const { sender, addAsset, slack } = await open({
      sender: { ...QUICK, patienceMs: 300, looksMsMax: 100 },
    });
    slack.faults.call("files.info", { kind: "status", status: 503 }, { p: 1 });
    slack.faults.call("chat.postMessage", { kind: "error", error: "invalid_blocks" }, { times: 4 });
    const card = gridCard(await addAsset());
    const ref = await postAtLast(card);
    expect(desk.at(ref)?.images).toEqual([]);
    expect(desk.at(ref)?.words).toMatch(/4 credits · The picture cannot be shown: .*processing/);
    expect(desk.at(ref)?.buttons).toHaveLength(1);
    slack.faults.clear();
    await sender.edit(ref, card);
    expect(imagesOf(ref)).toHaveLength(1);
    expect(desk.at(ref)?.words).not.toContain("cannot be shown");
    expect(uploads()).toBe(1);
  });

  test("that blocks do not take yet is tried again", async () => {
    const { sender, place, addAsset, slack, calls } = await open();
    slack.faults.call("chat.postMessage", { kind: "error", error: "invalid_blocks" }, { times: 3 });
    const ref = await sender.post(place, gridCard(await addAsset()), once("p1"));
    expect(imagesOf(ref)).toHaveLength(1);
    expect(calls("chat.postMessage")).toHaveLength(4);
    expect(uploads()).toBe(1);
  });

  test("that blocks never take is left out", async () => {
    const { addAsset, slack } = await open({ sender: { ...QUICK, patienceMs: 100 } });
    slack.faults.call("chat.postMessage", { kind: "error", error: "invalid_blocks" }, { times: 4 });
    const ref = await postAtLast(gridCard(await addAsset()));
    expect(desk.at(ref)?.images).toEqual([]);
    expect(desk.at(ref)?.words).toContain("cannot be shown");
  });

  test("that the workspace does not share is left out at once", async () => {
    const { sender, place, addAsset, slack, calls } = await open();
    const error = "slack_connect_file_link_sharing_blocked";
    slack.faults.call("chat.postMessage", { kind: "error", error });
    const ref = await sender.post(place, gridCard(await addAsset()), once("p1"));
    expect(desk.at(ref)?.words).toContain("does not share files with other organizations");
    expect(calls("chat.postMessage")).toHaveLength(2);
  });

  test("that somebody deleted is uploaded again", async () => {
    const { sender, place, addAsset, client } = await open();
    const card = gridCard(await addAsset());
    const ref = await sender.post(place, card, once("p1"));
    const [file] = imagesOf(ref) ?? [];
    await client.files.delete({ file: file ?? "" });
    await sender.edit(ref, card);
    expect(imagesOf(ref)).toHaveLength(1);
    expect(imagesOf(ref)).not.toEqual([file]);
    expect(uploads()).toBe(2);
  });

  test.each(["reset_before", "reset_after"] as const)(
    "whose upload ended in %s is not sent again",
    async (kind) => {
      const { sender, place, addAsset, slack } = await open();
      const card = gridCard(await addAsset());
      slack.faults.call("files.completeUploadExternal", { kind });
      await expect(sender.post(place, card, once("p1"))).rejects.toMatchObject({
        kind: "unavailable",
        inDoubt: false,
      });
      const ref = await desk.restart().post(place, card, once("p1"));
      expect(imagesOf(ref)).toHaveLength(1);
      expect(uploads()).toBe(1);
    },
  );

  test("whose bytes did not arrive is sent again", async () => {
    const { sender, place, addAsset, slack } = await open();
    const card = gridCard(await addAsset());
    slack.faults.call("upload", { kind: "status", status: 503 });
    await expect(sender.post(place, card, once("p1"))).rejects.toMatchObject({
      kind: "unavailable",
      inDoubt: false,
    });
    slack.faults.call("upload", { kind: "reset_after" });
    await expect(sender.post(place, card, once("p1"))).rejects.toMatchObject({ kind: "unavailable" });
    expect(imagesOf(await sender.post(place, card, once("p1")))).toHaveLength(1);
  });

  test("is left out when Slack takes no files for too long", async () => {
    const { addAsset, slack } = await open({ sender: { ...QUICK, patienceMs: 200 } });
    slack.faults.call("upload", { kind: "status", status: 503 }, { p: 1 });
    const ref = await postAtLast(gridCard(await addAsset()));
    expect(desk.at(ref)?.images).toEqual([]);
    expect(desk.at(ref)?.words).toContain("Slack does not take files now");
    slack.faults.clear();
    await desk.sender.edit(ref, gridCard(await addAsset()));
    expect(imagesOf(ref)).toHaveLength(1);
  });

  test.each([
    ["file_uploads_disabled", "File uploads are turned off"],
    ["storage_limit_reached", "storage is full"],
    ["file_upload_size_restricted", "restricts uploads of large files"],
  ])("is left out for %s, in words", async (error, words) => {
    const { sender, place, addAsset, slack } = await open();
    slack.faults.call("files.getUploadURLExternal", { kind: "error", error });
    const ref = await sender.post(place, gridCard(await addAsset()), once("p1"));
    expect(desk.at(ref)?.words).toContain(words);
    expect(desk.at(ref)?.buttons).toHaveLength(1);
  });

  test("is left out without the scope for it, which is named", async () => {
    const { sender, place, addAsset } = await open({ scopes: ["chat:write"] });
    const ref = await sender.post(place, gridCard(await addAsset()), once("p1"));
    expect(desk.at(ref)?.words).toContain("lacks the scope files:write");
  });

  test("is shown without the scope to look at it, and not uploaded again", async () => {
    const { addAsset, restart } = await open({ scopes: ["chat:write", "files:write"] });
    const card = gridCard(await addAsset());
    const ref = await postAtLast(card);
    expect(imagesOf(ref)).toHaveLength(1);
    await restart({ ...QUICK, stuckMs: 0 }).edit(ref, card);
    expect(uploads()).toBe(1);
  });

  test("that is no longer kept is said to be", async () => {
    const { sender, place } = await open();
    const ref = await sender.post(place, gridCard("nowhere" as AssetId), once("p1"));
    expect(desk.at(ref)?.words).toContain("no longer kept");
  });

  test("waits its turn: two go up at once", async () => {
    const { sender, place, addAsset, slack, calls } = await open();
    slack.faults.call("upload", { kind: "slow", ms: 120 }, { times: 6 });
    const cards = await Promise.all([1, 2, 3, 4, 5, 6].map(async () => gridCard(await addAsset())));
    await Promise.all(cards.map((card, index) => sender.post(place, card, once(`p${index}`))));
    const times = calls("upload").map((call) => call.at);
    expect(times).toHaveLength(6);
    for (const [index, time] of times.slice(2).entries())
      expect(time - (times[index] ?? 0)).toBeGreaterThan(100);
  });
});
