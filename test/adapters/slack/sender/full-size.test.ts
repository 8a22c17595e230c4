import { describe, expect, test } from "vitest";
import type { MessageRef } from "../../../../src/core/ids.ts";
import {
  type DeskOptions,
  finalCard,
  gridCard,
  once,
  type SenderDesk,
  under,
  useSenderDesks,
} from "./sender-desk.ts";

const openDesk = useSenderDesks();
let desk: SenderDesk;

async function open(options: DeskOptions = {}): Promise<SenderDesk> {
  desk = await openDesk(options);
  return desk;
}

const imagesOf = (ref: MessageRef) => desk.at(ref)?.images.map(({ file }) => file);
const uploads = () => desk.calls("upload").length;

describe("a picture in full size", () => {
  const HEAVY = { mime: "image/png", width: 2_000, height: 1_500, noise: true } as const;

  test("is shown itself when messages can", async () => {
    const { sender, place, addAsset, calls } = await open();
    const [preview, full] = [await addAsset(), await addAsset({ mime: "image/png", width: 640 })];
    const ref = await sender.post(place, finalCard(preview, full), once("p1"));
    expect(imagesOf(ref)).toHaveLength(1);
    expect(uploads()).toBe(1);
    expect(calls("files.getUploadURLExternal")[0]?.args).toMatchObject({
      filename: "a-red-fox-final-4k.png",
    });
    await sender.edit(ref, finalCard(preview, full));
    expect(uploads()).toBe(1);
  });

  test.each([
    ["too heavy", HEAVY],
    ["too wide", { mime: "image/png", width: 4_200, height: 16 }],
    ["WebP", { mime: "image/webp", width: 640, height: 480 }],
  ] as const)("that is %s goes into the thread, one click away", async (_name, image) => {
    const { sender, place, addAsset, channel } = await open();
    const root = await sender.post(place, gridCard(await addAsset()), once("grid"));
    const [preview, full] = [await addAsset(), await addAsset(image)];
    const ref = await sender.post(under(place, root), finalCard(preview, full), once("p1"));
    await sender.edit(ref, finalCard(preview, full));
    const [shared, ...others] = channel.thread(desk.at(root)?.ts ?? "");
    expect(shared?.files).toMatchObject([{ name: `a-red-fox-final-4k.${image.mime.slice(6)}` }]);
    expect(shared?.text).toBe("The same picture in full size.");
    expect(others).toMatchObject([{ ts: desk.at(ref)?.ts }]);
    const blocks = JSON.stringify(desk.at(ref)?.blocks);
    expect(blocks).toContain(`/${shared?.files[0]?.id}/`);
    expect(blocks).toContain("Full size");
    expect(imagesOf(ref)).not.toContain(shared?.files[0]?.id);
    expect(uploads()).toBe(3);
  });

  test.each(["reset_before", "reset_after"] as const)("is shared once after %s", async (kind) => {
    const { sender, place, addAsset, channel, slack } = await open();
    const root = await sender.post(place, gridCard(await addAsset()), once("grid"));
    const card = finalCard(await addAsset(), await addAsset({ mime: "image/webp" }));
    slack.faults.call("files.completeUploadExternal", { kind });
    await expect(sender.post(under(place, root), card, once("p1"))).rejects.toMatchObject({
      kind: "unavailable",
    });
    const ref = await desk.restart().post(under(place, root), card, once("p1"));
    const thread = channel.thread(desk.at(root)?.ts ?? "");
    expect(thread.filter((each) => each.files.length > 0)).toHaveLength(1);
    expect(JSON.stringify(desk.at(ref)?.blocks)).toContain("Full size");
  });

  test("that comes with an edit goes into the thread of its message", async () => {
    const { sender, place, addAsset, channel } = await open();
    const root = await sender.post(place, gridCard(await addAsset()), once("grid"));
    const busy = gridCard(await addAsset(), { picture: undefined });
    const ref = await sender.post(under(place, root), busy, once("p1"));
    await sender.edit(ref, finalCard(await addAsset(), await addAsset({ mime: "image/webp" })));
    const thread = channel.thread(desk.at(root)?.ts ?? "");
    expect(thread.filter((each) => each.files.length > 0)).toHaveLength(1);
    expect(imagesOf(ref)).toHaveLength(1);
  });

  test("joins the channel that it is shared in, and the channel hears it when the thread is no more", async () => {
    const { sender, place, addAsset, channel, ada, team } = await open({ channel: { bot: false } });
    const question = ada.say(channel, "draft something?");
    ada.deleteMessage(question);
    const root = `slack:${team.id}:${channel.id}:${question.ts}` as MessageRef;
    await sender.post(
      under(place, root),
      finalCard(await addAsset(), await addAsset({ mime: "image/webp" })),
      once("p1"),
    );
    expect(channel.messages().map((each) => [each.threadTs, each.files.length])).toEqual([
      [undefined, 1],
      [undefined, 0],
    ]);
  });

  test("that Slack does not take is said to be missing, beside the preview", async () => {
    const { sender, place, addAsset, slack } = await open();
    slack.faults.call("files.getUploadURLExternal", { kind: "error", error: "file_upload_size_restricted" });
    const card = finalCard(await addAsset(), await addAsset({ mime: "image/webp" }));
    const ref = await sender.post(place, card, once("p1"));
    expect(imagesOf(ref)).toHaveLength(1);
    expect(desk.at(ref)?.words).toContain("Not to be had in full size: This workspace restricts uploads");
  });
});
