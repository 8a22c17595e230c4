import { PermissionFlagsBits as Bit, GatewayIntentBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callApi } from "../../support/discord/call-api.ts";
import type { DiscordChannel } from "../../support/discord/discord-people.ts";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";
import type { DiscordOptions } from "../../support/discord/local-discord.ts";

let scene: DiscordScene;

async function set(options: DiscordOptions = {}) {
  scene = await setDiscordScene({ limits: "off", ...options });
}

beforeEach(() => set());

afterEach(async () => {
  expect(scene.discord.problems()).toEqual([]);
  await scene.end();
});

const MINUTE = 60_000;
const MEBIBYTE = 1024 * 1024;
const LAYOUT = 1 << 15;

const post = (
  body: unknown,
  channel: DiscordChannel = scene.brand,
  files?: { name: string; bytes: Uint8Array }[],
) => callApi(scene.discord, `POST /channels/${channel.id}/messages`, { body, ...(files && { files }) });
const patch = (id: string, body: unknown, files?: { name: string; bytes: Uint8Array }[]) =>
  callApi(scene.discord, `PATCH /channels/${scene.brand.id}/messages/${id}`, {
    body,
    ...(files && { files }),
  });
const display = (content: string) => ({ type: 10, content });

describe("nonces", () => {
  it("with enforce_nonce the first message comes back, for some minutes", async () => {
    const { discord, brand } = scene;
    const body = { content: "once", nonce: "abc", enforce_nonce: true };
    const first = await post(body);
    expect((await post({ ...body, content: "twice" })).body).toEqual(first.body);
    expect(brand.messages()).toHaveLength(1);
    discord.pass(5 * MINUTE);
    expect((await post(body)).body.id).not.toBe(first.body.id);
  });

  it("counts whatever the channel; without enforce_nonce it does not count", async () => {
    const { guild, brand } = scene;
    const other = guild.addChannel("other");
    const first = await post({ content: "a", nonce: "abc" });
    expect((await post({ content: "a", nonce: "abc" })).body.id).not.toBe(first.body.id);
    const there = await post({ content: "a", nonce: "abc", enforce_nonce: true }, other);
    expect(there.body.channel_id).toBe(brand.id);
    expect(other.messages()).toEqual([]);
  });

  it("is of at most 25 characters", async () => {
    expect((await post({ content: "a", nonce: "x".repeat(26) })).body.code).toBe(50035);
    expect((await post({ content: "a", nonce: "x".repeat(25) })).status).toBe(200);
  });
});

describe("who is mentioned", () => {
  it("by default: people; roles and everyone only for who may", async () => {
    const { guild, brand, ada } = scene;
    const role = guild.addRole("directors");
    const content = `<@${ada.id}> <@&${role.id}> @everyone`;
    const plain = await post({ content });
    expect(brand.message(plain.body.id)?.pings).toEqual([ada.id]);
    guild.setBotPermissions(309237763136n | Bit.MentionEveryone);
    const loud = await post({ content });
    expect(brand.message(loud.body.id)?.pings).toEqual([ada.id, role.id, "everyone"]);
    const none = await post({ content, allowed_mentions: { parse: [] } });
    expect(brand.message(none.body.id)?.pings).toEqual([]);
  });

  it("in text displays too, and only those named", async () => {
    const { brand, ada, ben } = scene;
    const { body } = await post({
      flags: LAYOUT,
      components: [{ type: 17, components: [display(`<@${ada.id}> and <@${ben.id}>`)] }],
      allowed_mentions: { parse: [], users: [ada.id, scene.guild.id] },
    });
    expect(brand.message(body.id)?.pings).toEqual([ada.id]);
  });

  it("an edit without allowed_mentions mentions by default again", async () => {
    const { brand, ada } = scene;
    const { body } = await post({ content: "quiet", allowed_mentions: { parse: [] } });
    await patch(body.id, { content: `<@${ada.id}>`, allowed_mentions: { parse: [] } });
    expect(brand.message(body.id)?.pings).toEqual([]);
    await patch(body.id, { content: `<@${ada.id}>!` });
    expect(brand.message(body.id)).toMatchObject({ pings: [ada.id], edits: 2 });
  });

  it("a reply mentions its author, unless allowed_mentions says nothing of it", async () => {
    const { brand, ada } = scene;
    const said = ada.say(brand, "hello");
    const reply = { content: "hi", message_reference: { message_id: said.id } };
    expect(brand.message((await post(reply)).body.id)).toMatchObject({
      pings: [ada.id],
      replyTo: said.id,
      type: 19,
    });
    const quiet = await post({ ...reply, allowed_mentions: { parse: [] } });
    expect(brand.message(quiet.body.id)?.pings).toEqual([]);
  });

  it("parse and a list of the same kind exclude each other", async () => {
    const { ada } = scene;
    const answer = await post({ content: "x", allowed_mentions: { parse: ["users"], users: [ada.id] } });
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
  });
});

describe("what a message may be", () => {
  it("not empty, not longer than 2000, no EPHEMERAL outside of interactions", async () => {
    expect((await post({})).body.code).toBe(50006);
    expect((await post({ content: "  " })).body.code).toBe(50006);
    expect((await post({ content: "x".repeat(2001) })).body.code).toBe(50035);
    expect((await post({ content: "x", flags: 64 })).body.code).toBe(50035);
    expect((await post({ content: "x".repeat(2000) })).status).toBe(200);
  });

  it("with Components V2 no content, now or later; the flag stays", async () => {
    const layout = { flags: LAYOUT, components: [display("hello")] };
    expect((await post({ ...layout, content: "x" })).body.code).toBe(50035);
    const { body } = await post(layout);
    expect(body.flags & LAYOUT).toBe(LAYOUT);
    expect((await patch(body.id, { content: "x" })).body.code).toBe(50035);
    expect((await patch(body.id, { flags: 0, components: [display("still")] })).body.flags & LAYOUT).toBe(
      LAYOUT,
    );
    const plain = await post({ content: "plain" });
    expect((await patch(plain.body.id, layout)).body.code).toBe(50035);
    expect((await patch(plain.body.id, { ...layout, content: null })).status).toBe(200);
  });

  it("component ids are filled in and come back", async () => {
    const { body } = await post({
      flags: LAYOUT,
      components: [{ type: 17, id: 2, components: [display("a")] }],
    });
    expect(body.components).toMatchObject([{ id: 2, components: [{ id: 1 }] }]);
  });

  it("replies want a message that is there", async () => {
    const reference = { message_id: "123456789012345678" };
    expect((await post({ content: "x", message_reference: reference })).body.code).toBe(50035);
    const lenient = { ...reference, fail_if_not_exists: false };
    expect((await post({ content: "x", message_reference: lenient })).body).not.toHaveProperty(
      "message_reference",
    );
  });

  it("others' messages cannot be edited, nor deleted without Manage Messages", async () => {
    const { discord, guild, brand, ada } = scene;
    const said = ada.say(brand, "mine");
    expect(await patch(said.id, { content: "yours" })).toMatchObject({ status: 403, body: { code: 50005 } });
    const remove = () => callApi(discord, `DELETE /channels/${brand.id}/messages/${said.id}`);
    expect(await remove()).toMatchObject({ status: 403, body: { code: 50013 } });
    guild.setBotPermissions(309237763136n | Bit.ManageMessages);
    expect((await remove()).status).toBe(204);
    expect(await remove()).toMatchObject({ status: 404, body: { code: 10008 } });
  });

  it("a forum takes no messages, only posts", async () => {
    const { guild, ada } = scene;
    const forum = guild.addChannel("ideas", { type: "forum" });
    expect((await post({ content: "x" }, forum)).body.code).toBe(50008);
    const idea = forum.openThread("A fox", ada, "what about a fox?");
    expect(idea.messages()).toMatchObject([{ id: idea.id, words: "what about a fox?" }]);
    expect((await post({ content: "x" }, idea)).status).toBe(200);
  });
});

describe("files", () => {
  const file = (name: string, size = 4) => ({ name, bytes: new Uint8Array(size) });

  it("come as files[n], described by the attachment with that id", async () => {
    const { brand } = scene;
    const { body } = await post(
      { attachments: [{ id: 1, filename: "b c.txt", description: "the second" }, { id: 0 }] },
      brand,
      [file("a.txt"), file("x.txt")],
    );
    expect(body.attachments).toMatchObject([
      { filename: "a.txt", size: 4 },
      { filename: "b_c.txt", description: "the second" },
    ]);
  });

  it("an edit keeps what `attachments` lists, all without it, and adds what is new", async () => {
    const { brand } = scene;
    const { body } = await post({ content: "x" }, brand, [file("a.txt"), file("b.txt")]);
    const names = () => brand.message(body.id)?.attachments.map((each) => each.name);
    await patch(body.id, { content: "y" });
    expect(names()).toEqual(["a.txt", "b.txt"]);
    const kept = { id: body.attachments[1].id, description: "still here" };
    await patch(body.id, { attachments: [kept, { id: 0, filename: "c.txt" }] }, [file("c.txt")]);
    expect(names()).toEqual(["b.txt", "c.txt"]);
    expect(brand.message(body.id)?.attachments[0]?.alt).toBe("still here");
    await patch(body.id, { attachments: [] });
    expect(names()).toEqual([]);
    expect((await patch(body.id, { attachments: [kept] })).body.code).toBe(50035);
  });

  it("a gallery shows a file of the message, and no other", async () => {
    const { brand } = scene;
    const gallery = { type: 12, items: [{ media: { url: "attachment://a.png" } }] };
    const layout = { flags: LAYOUT, components: [gallery] };
    expect((await post(layout)).body.code).toBe(50035);
    const { body } = await post({ ...layout, attachments: [{ id: 0 }] }, brand, [file("a.png")]);
    expect(body.components[0].items[0].media.url).toMatch(/^http:.*a\.png\?ex=/);
    expect((await patch(body.id, { components: [gallery, display("more")] })).status).toBe(200);
    expect((await patch(body.id, { attachments: [], components: [gallery] })).body.code).toBe(50035);
  });

  it("fit 10 MiB, or what the server's boosts allow", async () => {
    const { discord, brand } = scene;
    expect(await post({}, brand, [file("a.bin", 10 * MEBIBYTE + 1)])).toMatchObject({
      status: 413,
      body: { code: 40005 },
    });
    expect((await post({}, brand, [file("a.bin", 10 * MEBIBYTE)])).status).toBe(200);
    const boosted = discord.addGuild({ premiumTier: 2 }).addChannel("big");
    expect((await post({}, boosted, [file("a.bin", 10 * MEBIBYTE + 1)])).status).toBe(200);
    const small = discord.addGuild({ attachmentLimit: 100 }).addChannel("small");
    expect((await post({}, small, [file("a.bin", 101)])).body.code).toBe(40005);
  });

  it("fit 25 MiB together, and are ten at most", async () => {
    const { brand } = scene;
    const nines = [1, 2, 3].map((each) => file(`${each}.bin`, 9 * MEBIBYTE));
    expect(await post({}, brand, nines)).toMatchObject({ status: 413, body: { code: 40005 } });
    const many = Array.from({ length: 11 }, (_, each) => file(`${each}.txt`));
    expect((await post({}, brand, many)).body.code).toBe(30015);
    expect((await post({}, brand, many.slice(1))).status).toBe(200);
  });

  it("links end after a day, and cannot be forged", async () => {
    const { discord, brand } = scene;
    const { body } = await post({}, brand, [file("a.txt")]);
    const { url } = body.attachments[0];
    const statusOf = async (address: string) => (await fetch(address)).status;
    expect(await statusOf(url)).toBe(200);
    expect(await statusOf(url.split("?")[0])).toBe(404);
    expect(await statusOf(url.replace(/hm=../, "hm=00"))).toBe(404);
    expect(await statusOf(url.replace(/ex=\w+/, "ex=ffffffff"))).toBe(404);
    discord.pass(24 * 60 * MINUTE + 1000);
    expect(await statusOf(url)).toBe(404);
    const fresh = await callApi(discord, `GET /channels/${brand.id}/messages/${body.id}`);
    expect(await statusOf(fresh.body.attachments[0].url)).toBe(200);
  });
});

describe("reading", () => {
  it("lists from newest to oldest, by pages", async () => {
    const { discord, brand } = scene;
    for (const content of ["1", "2", "3", "4"]) await post({ content });
    const ids = brand.messages().map((each) => each.id);
    const list = async (query: string) => {
      const { body } = await callApi(discord, `GET /channels/${brand.id}/messages?${query}`);
      return body.map((each: { content: string }) => each.content);
    };
    expect(await list("")).toEqual(["4", "3", "2", "1"]);
    expect(await list("limit=2")).toEqual(["4", "3"]);
    expect(await list(`limit=2&before=${ids[2]}`)).toEqual(["2", "1"]);
    expect(await list(`limit=2&after=${ids[0]}`)).toEqual(["3", "2"]);
    const both = await callApi(
      discord,
      `GET /channels/${brand.id}/messages?before=${ids[2]}&after=${ids[0]}`,
    );
    expect(both.body.code).toBe(50035);
    expect((await callApi(discord, `GET /channels/${brand.id}/messages?limit=101`)).body.code).toBe(50035);
  });

  it("without Read Message History there is nothing to list", async () => {
    const { discord, guild, brand } = scene;
    await post({ content: "x" });
    guild.setBotPermissions(309237763136n & ~Bit.ReadMessageHistory);
    expect(await callApi(discord, `GET /channels/${brand.id}/messages`)).toMatchObject({
      status: 200,
      body: [],
    });
  });

  it("in a voice channel it wants Connect", async () => {
    const { discord, guild } = scene;
    const voice = guild.addChannel("voice", { type: "voice" });
    const { body } = await post({ content: "x" }, voice);
    const read = () => callApi(discord, `GET /channels/${voice.id}/messages/${body.id}`);
    expect((await read()).body.code).toBe(50013);
    guild.setBotPermissions(309237763136n | Bit.Connect);
    expect((await read()).status).toBe(200);
  });

  it("what others wrote is empty without the intent, unless they mention the bot", async () => {
    const { discord, brand, ada } = scene;
    const contentOf = async (id: string) =>
      (await callApi(scene.discord, `GET /channels/${scene.brand.id}/messages/${id}`)).body.content;
    const said = ada.say(brand, "secret");
    expect(await contentOf(said.id)).toBe("");
    const mentioned = ada.say(brand, `<@${discord.botUserId}> hello`);
    expect(await contentOf(mentioned.id)).toContain("hello");
    expect(await contentOf((await post({ content: "own" })).body.id)).toBe("own");
    await scene.end();
    await set({ privilegedIntents: GatewayIntentBits.MessageContent });
    expect(await contentOf(scene.ada.say(scene.brand, "open").id)).toBe("open");
  });
});
