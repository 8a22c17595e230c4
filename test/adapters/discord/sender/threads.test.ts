import { describe, expect, it } from "vitest";
import { messageRef, readThread } from "../../../../adapters/discord/discord-refs.ts";
import { plainCard } from "../../../../src/core/card.ts";
import { inside, OPEN_THREAD, once, placeOf, useSenderDesks } from "./sender-desk.ts";

const open = useSenderDesks();
const said = (words: string) => plainCard("info", words);
const SEND = 1n << 11n;
const VIEW = 1n << 10n;
const HISTORY = 1n << 16n;

describe("a thread", () => {
  it("is opened once, under its message, with its title", async () => {
    const { sender, place, channel, restart } = await open();
    const root = await sender.post(place, said("root"), once("k0"));
    const thread = await sender.thread(root, "a red fox\n in\tsnow");
    expect(await sender.thread(root, "another")).toBe(thread);
    expect(await restart().thread(root, "another")).toBe(thread);
    expect(channel.threads()).toMatchObject([{ id: root.split(":").at(-1), name: "a red fox in snow" }]);
    const reply = await sender.post({ ...place, thread }, said("final"), once("k1"));
    expect(channel.threads()[0]?.messages().at(-1)).toMatchObject({ words: "final" });
    await sender.edit(reply, said("approved"));
    expect(channel.threads()[0]?.messages().at(-1)).toMatchObject({ words: "approved" });
  });

  it("is found when the answer to its opening was lost", async () => {
    const { sender, place, channel, discord } = await open();
    const root = await sender.post(place, said("root"), once("k0"));
    discord.faults.call(OPEN_THREAD, { kind: "reset_after" });
    await expect(sender.thread(root, "a red fox")).rejects.toMatchObject({ kind: "unavailable" });
    const thread = await sender.thread(root, "a red fox");
    expect(readThread(thread)).toMatchObject({ channel: channel.threads()[0]?.id, replyTo: undefined });
    expect(channel.threads()).toHaveLength(1);
  });

  it("has a title that fits, whatever it was", async () => {
    const { sender, place, channel } = await open();
    for (const [key, title] of [
      ["k1", "🦊".repeat(80)],
      ["k2", " \u0000\n"],
    ] as const) {
      await sender.thread(await sender.post(place, said("root"), once(key)), title);
    }
    expect(channel.threads().map(({ name }) => name)).toEqual(["🦊".repeat(50), "Draft"]);
  });

  it("of a deleted message is gone", async () => {
    const { sender, place, channel } = await open();
    const root = await sender.post(place, said("root"), once("k0"));
    channel.deleteMessage(root.split(":").at(-1) ?? "");
    await expect(sender.thread(root, "a red fox")).rejects.toMatchObject({ kind: "gone" });
  });
});

describe("where there can be no thread", () => {
  it.each(["voice"] as const)("a %s channel goes on in replies", async (type) => {
    const { sender, addChannel } = await open();
    const { channel, place } = addChannel("talk", { type });
    const root = await sender.post(place, said("root"), once("k0"));
    const thread = await sender.thread(root, "a red fox");
    expect(readThread(thread)).toMatchObject({ channel: channel.id, replyTo: root.split(":").at(-1) });
    const reply = await sender.post({ ...place, thread }, said("final"), once("k1"));
    expect(reply.split(":").slice(0, 3)).toEqual(root.split(":").slice(0, 3));
    expect(channel.messages().at(-1)).toMatchObject({ words: "final", replyTo: root.split(":").at(-1) });
  });

  it("a thread and a forum's post go on in replies", async () => {
    const { sender, place, channel, addChannel, ada, guild } = await open();
    const forum = addChannel("ideas", { type: "forum" });
    for (const [at, thread] of [
      [place, channel.openThread("talk", ada)],
      [placeOf(guild, forum.channel), forum.channel.openThread("an idea", ada, "what about a fox?")],
    ] as const) {
      const root = await sender.post(inside(at, thread), said("root"), once(thread.id));
      expect(root.split(":")[2]).toBe(thread.id);
      const there = await sender.thread(root, "a red fox");
      await sender.post({ ...at, thread: there }, said("final"), once(`${thread.id} 2`));
      expect(thread.messages().at(-1)).toMatchObject({ words: "final", replyTo: root.split(":").at(-1) });
    }
  });

  it("a server with as many as it may have goes on in replies", async () => {
    const { sender, place, channel, log } = await open({ activeThreadsMax: 0 });
    const root = await sender.post(place, said("root"), once("k0"));
    expect(readThread(await sender.thread(root, "a red fox")).replyTo).toBe(root.split(":").at(-1));
    expect(channel.threads()).toEqual([]);
    expect(log.lines.map(({ event }) => event)).toContain("discord.no_thread");
  });

  it("a bot that may open none goes on in replies", async () => {
    const { sender, place, guild } = await open();
    guild.setBotPermissions(VIEW | SEND | HISTORY);
    const root = await sender.post(place, said("root"), once("k0"));
    expect(readThread(await sender.thread(root, "a red fox")).replyTo).toBe(root.split(":").at(-1));
  });
});

describe("an archived thread", () => {
  async function openThread() {
    const desk = await open();
    const { sender, place, channel } = desk;
    const root = await sender.post(place, said("root"), once("k0"));
    const there = { ...place, thread: await sender.thread(root, "a red fox") };
    const ref = await sender.post(there, said("final"), once("k1"));
    const [thread] = channel.threads();
    if (thread === undefined) throw new Error("there is no thread");
    return { ...desk, root, there, ref, thread };
  }

  it("is opened again by a post, an edit and a seed", async () => {
    const { sender, there, ref, thread } = await openThread();
    thread.archive();
    await sender.edit(ref, said("approved"));
    thread.archive();
    await sender.seed(ref, ["approve"]);
    thread.archive();
    await sender.post(there, said("another"), once("k2"));
    expect(thread.messages().slice(-2)).toMatchObject([
      { words: "approved", reactions: { "✅": [expect.any(String)] } },
      { words: "another" },
    ]);
  });

  it("that is locked too is gone for edits, and posts stand beside it", async () => {
    const { sender, place, channel, there, ref, thread, root } = await openThread();
    thread.archive({ lock: true });
    await expect(sender.edit(ref, said("approved"))).rejects.toMatchObject({ kind: "gone" });
    expect(await sender.seed(ref, ["approve"])).toBe(undefined);
    const beside = await sender.post(there, said("another"), once("k2"));
    expect(beside.split(":")[2]).toBe(channel.id);
    expect(channel.messages().at(-1)).toMatchObject({ words: "another", replyTo: root.split(":").at(-1) });
    await sender.edit(beside, said("shown"));
    expect(channel.messages().at(-1)).toMatchObject({ words: "shown" });
    // In doubt, it is looked for beside the thread as well.
    const again = await sender.post(there, said("another"), { key: "k2", inDoubtSince: new Date() });
    expect(again).toBe(beside);
    expect(place.thread).toBe(undefined);
  });

  it("that was deleted has its posts in the channel", async () => {
    const { sender, channel, guild, there, thread } = await openThread();
    guild.deleteChannel(thread.id);
    await sender.post(there, said("another"), once("k2"));
    expect(channel.messages().at(-1)).toMatchObject({ words: "another" });
  });

  it("of others is not left for the channel", async () => {
    const { sender, place, channel, ada, guild } = await open();
    const theirs = channel.openThread("talk", ada);
    const there = inside(place, theirs);
    await sender.post(there, said("root"), once("k0"));
    theirs.archive({ lock: true });
    const refused = { kind: "refused", message: expect.stringContaining("Manage Threads") };
    await expect(sender.post(there, said("final"), once("k1"))).rejects.toMatchObject(refused);
    guild.deleteChannel(theirs.id);
    await expect(sender.post(there, said("final"), once("k1"))).rejects.toMatchObject({ kind: "gone" });
    expect(channel.messages().filter(({ byApp }) => byApp)).toEqual([]);
  });
});

it("names a message by where it stands", async () => {
  const { sender, place, guild, channel } = await open();
  const root = await sender.post(place, said("root"), once("k0"));
  const id = root.split(":").at(-1) ?? "";
  expect(root).toBe(messageRef({ guild: guild.id, channel: channel.id, message: id }));
});
