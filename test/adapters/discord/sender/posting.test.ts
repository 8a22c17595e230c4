import { Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { threadRef } from "../../../../adapters/discord/discord-refs.ts";
import { plainCard, text, user } from "../../../../src/core/card.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import { failureOf, finalCard, gridCard, LIST, once, POST, useSenderDesks } from "./sender-desk.ts";

const open = useSenderDesks();
const said = (words: string) => plainCard("info", words);

describe("a post on Discord", () => {
  it("is a message of components alone, with what it needs to be known again", async () => {
    const { sender, place, channel, discord, calls } = await open();
    const ref = await sender.post(place, said("here"), once("01JABCDEFGHJKMNPQRSTVWXYZ0"));
    const [message, ...others] = channel.messages();
    expect(others).toEqual([]);
    expect(ref).toBe(`discord:${channel.guildId}:${channel.id}:${message?.id}`);
    expect(message).toMatchObject({ content: "", byApp: true, authorId: discord.botUserId, pings: [] });
    const [call] = calls(POST);
    expect(call?.body).toMatchObject({
      enforce_nonce: true,
      allowed_mentions: { parse: [], users: [], replied_user: false },
    });
    expect(message?.nonce).toMatch(/^\w{24}$/);
  });

  it("repeated under its key is the first one", async () => {
    const { sender, place, channel, restart } = await open();
    const first = await sender.post(place, said("here"), once("k1"));
    expect(await sender.post(place, said("here"), once("k1"))).toBe(first);
    expect(await restart().post(place, said("here"), once("k1"))).toBe(first);
    expect(channel.messages()).toHaveLength(1);
  });

  it.each(["reset_after", "lost_answer"] as const)("is found when its answer was lost: %s", async (kind) => {
    const { sender, place, channel, discord, calls } = await open();
    const since = new Date();
    discord.faults.call(POST, { kind });
    expect(await failureOf(sender.post(place, said("here"), once("k1")))).toMatchObject({
      name: "ChatError",
      kind: "unavailable",
      inDoubt: true,
    });
    // Discord knows nonces for a few minutes only.
    discord.pass(10 * 60_000);
    const ref = await sender.post(place, said("here"), { key: "k1", inDoubtSince: since });
    expect(channel.messages().map(({ id }) => id)).toEqual([ref.split(":").at(-1)]);
    expect(calls(POST)).toHaveLength(1);
  });

  it("is found behind hundreds of others, after a restart", async () => {
    const { sender, place, channel, ada, discord, restart, calls } = await open();
    const since = new Date(discord.now());
    for (let count = 0; count < 120; count++) ada.say(channel, `before ${count}`);
    const ref = await sender.post(place, said("here"), once("k1"));
    for (let count = 0; count < 120; count++) ada.say(channel, `after ${count}`);
    discord.pass(10 * 60_000);
    expect(await restart().post(place, said("here"), { key: "k1", inDoubtSince: since })).toBe(ref);
    expect(calls(LIST)).toHaveLength(2);
    expect(calls(POST)).toHaveLength(1);
  });

  it("is found by its frame alone, as the answer to an interaction has no nonce", async () => {
    const { sender, place, channel, discord, rest } = await open();
    const since = new Date(discord.now());
    const ref = await sender.post(place, said("here"), once("k1"));
    const body = {
      ...(channel.messages()[0] && { components: channel.messages()[0]?.components }),
      flags: 1 << 15,
    };
    await rest.delete(Routes.channelMessage(channel.id, ref.split(":").at(-1) ?? ""));
    await rest.post(Routes.channelMessages(channel.id), { body });
    const found = await sender.post(place, said("here"), { key: "k1", inDoubtSince: since });
    expect(channel.messages().map(({ id }) => id)).toEqual([found.split(":").at(-1)]);
  });

  it("is not taken for another of the bot's own", async () => {
    const { sender, place, channel, discord } = await open();
    const since = new Date(discord.now());
    await sender.post(place, said("there"), once("k2"));
    await sender.post(place, said("here"), { key: "k1", inDoubtSince: since });
    expect(channel.messages().map(({ words }) => words)).toEqual(["there", "here"]);
  });

  it("goes out once more where the bot may not look", async () => {
    const { sender, place, channel, guild, discord, log } = await open();
    const since = new Date(discord.now());
    guild.setBotPermissions(VIEW | SEND);
    await sender.post(place, said("here"), { key: "k1", inDoubtSince: since });
    // Without Read Message History, Discord shows an empty channel, or refuses: both are nothing seen.
    expect(channel.messages()).toHaveLength(1);
    expect(log.words()).not.toContain(discord.token);
  });

  it("that never went out is not in doubt", async () => {
    const { sender, place, discord } = await open();
    await discord.stop();
    const failure = await failureOf(sender.post(place, said("here"), once("k1")));
    expect(failure).toBeInstanceOf(ChatError);
    expect(failure).toMatchObject({ kind: "unavailable", inDoubt: false });
  });
});

const VIEW = 1n << 10n;
const SEND = 1n << 11n;

describe("whom a message notifies", () => {
  const HOSTILE = "@everyone @here <@&1> <@1>";

  it("is nobody whom words or spans name in a channel", async () => {
    const { sender, place, at, ada, user: refOf } = await open();
    const card = plainCard("info", HOSTILE, [[text(`${HOSTILE} <@${ada.id}> `), user(refOf(ada))]]);
    const ref = await sender.post(place, card, once("k1"));
    expect(at(ref)?.pings).toEqual([]);
    expect(at(ref)?.words).toContain(`<@${ada.id}>`);
    await sender.edit(ref, card);
    expect(at(ref)?.pings).toEqual([]);
  });

  it("is whoever a final was made for, in its thread", async () => {
    const { sender, place, at, guild, ada, addAsset, user: refOf } = await open();
    const noor = guild.addPerson("noor");
    const root = await sender.post(place, said("root"), once("k0"));
    const thread = { ...place, thread: await sender.thread(root, "a red fox") };
    const final = finalCard(await addAsset(), await addAsset(), {
      body: [
        [text("Final of take 3 for "), user(refOf(ada)), text(": a fox")],
        [text("✅ Approved by "), user(refOf(noor))],
      ],
    });
    const posted = await sender.post(thread, final, once("k1"));
    expect(at(posted)?.pings).toEqual([ada.id]);
    await sender.edit(posted, final);
    expect(at(posted)?.pings).toEqual([ada.id]);
    const grid = gridCard(await addAsset(), { body: [[user(refOf(ada)), text(" rerolls a red fox")]] });
    expect(at(await sender.post(thread, grid, once("k3")))?.pings).toEqual([]);
  });
});

describe("a reply", () => {
  it("hangs on its message, or stands alone when that is gone", async () => {
    const { sender, place, at, guild, channel } = await open();
    const root = await sender.post(place, said("root"), once("k0"));
    const rootId = root.split(":").at(-1) ?? "";
    const thread = threadRef({ guild: guild.id, channel: channel.id, replyTo: rootId });
    const first = await sender.post({ ...place, thread }, said("one"), once("k1"));
    expect(at(first)).toMatchObject({ replyTo: rootId, channelId: channel.id });
    channel.deleteMessage(rootId);
    const second = await sender.post({ ...place, thread }, said("two"), once("k2"));
    expect(at(second)).toMatchObject({ words: "two", replyTo: undefined });
  });
});
