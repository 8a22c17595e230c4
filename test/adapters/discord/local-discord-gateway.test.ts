import { Events, GatewayIntentBits as Intent, Partials } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { callApi } from "../../support/discord/call-api.ts";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";
import type { DiscordOptions } from "../../support/discord/local-discord.ts";
import { openGateway } from "../../support/discord/raw-gateway.ts";

let scene: DiscordScene;

afterEach(async () => {
  await scene.end();
});

async function set(options: DiscordOptions = {}) {
  scene = await setDiscordScene({ limits: "off", ...options });
  return scene;
}

const ALL = Intent.Guilds | Intent.GuildMessages | Intent.GuildMessageReactions;

describe("a connection", () => {
  it("hears hello, and an ack for each heartbeat", async () => {
    const { discord } = await set({ heartbeatMs: 5000 });
    const raw = await openGateway(discord);
    expect((await raw.heard(10)).d).toMatchObject({ heartbeat_interval: 5000 });
    raw.send(1, null);
    await raw.heard(11);
  });

  it("is closed on who sends no heartbeat", async () => {
    const { discord } = await set({ heartbeatMs: 50 });
    expect(await (await openGateway(discord)).closed).toBe(4009);
  });

  it.each([
    { what: "another version", query: "?v=6&encoding=json", code: 4012 },
    { what: "no version", query: "", code: 4012 },
  ])("is closed for $what", async ({ query, code }) => {
    const { discord } = await set();
    expect(await (await openGateway(discord, query)).closed).toBe(code);
  });

  it.each([
    { what: "what is no JSON", text: "{", code: 4002 },
    { what: "more than 4096 bytes", text: JSON.stringify({ op: 1, d: "x".repeat(4100) }), code: 4002 },
    { what: "talk before IDENTIFY", text: JSON.stringify({ op: 3, d: {} }), code: 4003 },
    { what: "a wrong token", text: JSON.stringify({ op: 2, d: { token: "x", intents: 1 } }), code: 4004 },
    { what: "a resume with a wrong token", text: JSON.stringify({ op: 6, d: { token: "x" } }), code: 4004 },
  ])("is closed for $what with $code", async ({ text, code }) => {
    const { discord } = await set();
    const raw = await openGateway(discord);
    raw.sendText(text);
    expect(await raw.closed).toBe(code);
  });

  it.each([
    { what: "intents that there are not", intents: 1 << 30, more: {}, code: 4013 },
    {
      what: "a privileged intent that is not turned on",
      intents: Intent.MessageContent,
      more: {},
      code: 4014,
    },
    { what: "a shard that there is not", intents: 1, more: { shard: [2, 2] }, code: 4010 },
  ])("is closed for $what with $code", async ({ intents, more, code }) => {
    const { discord } = await set();
    const raw = await openGateway(discord);
    raw.identify(intents, more);
    expect(await raw.closed).toBe(code);
  });

  it("is closed for a second IDENTIFY, and an opcode that is unknown", async () => {
    const { discord } = await set();
    const twice = await openGateway(discord);
    twice.identify(1);
    await twice.heard("READY");
    twice.identify(1);
    expect(await twice.closed).toBe(4005);
    const odd = await openGateway(discord);
    odd.identify(1);
    await odd.heard("READY");
    odd.send(99, {});
    expect(await odd.closed).toBe(4001);
    expect(discord.problems()).toEqual(["the app sent opcode 99 to the gateway"]);
  });

  it("is closed after 120 sends in a minute", async () => {
    const { discord } = await set();
    const raw = await openGateway(discord);
    for (let each = 0; each < 120; each += 1) raw.send(1, null);
    await discord.until(() => raw.frames.filter((each) => each.op === 11).length === 120);
    raw.send(1, null);
    expect(await raw.closed).toBe(4008);
  });

  it("may carry a privileged intent that is turned on", async () => {
    const { discord } = await set({ privilegedIntents: Intent.MessageContent });
    const raw = await openGateway(discord);
    raw.identify(Intent.MessageContent);
    await raw.heard("READY");
  });
});

describe("identifying", () => {
  it("READY names the guilds as unavailable, then each comes with a GUILD_CREATE", async () => {
    const { discord, guild, brand } = await set();
    const raw = await openGateway(discord);
    raw.identify(Intent.Guilds);
    const { d: ready } = await raw.heard("READY");
    expect(ready).toMatchObject({
      v: 10,
      user: { id: discord.botUserId },
      application: { id: discord.applicationId },
      guilds: [{ id: guild.id, unavailable: true }],
      shard: [0, 1],
    });
    const { d: create } = await raw.heard("GUILD_CREATE");
    expect(create).toMatchObject({
      id: guild.id,
      unavailable: false,
      channels: [{ id: brand.id }],
      member_count: 4,
    });
    expect(create.members.map((each: { user: { id: string } }) => each.user.id)).toEqual([discord.botUserId]);
  });

  it("one in 5 seconds for each of max_concurrency; others hear that their session is invalid", async () => {
    const { discord } = await set({ limits: "real", maxConcurrency: 2 });
    const begin = async (shard: number) => {
      const raw = await openGateway(discord);
      raw.identify(1, { shard: [shard, 4] });
      return raw;
    };
    await (await begin(0)).heard("READY");
    await (await begin(1)).heard("READY");
    expect((await (await begin(2)).heard(9)).d).toBe(false);
    discord.pass(5000);
    await (await begin(2)).heard("READY");
    expect((await callApi(discord, "GET /gateway/bot")).body).toMatchObject({
      shards: 1,
      session_start_limit: { total: 1000, remaining: 996, max_concurrency: 2 },
    });
  });

  it("guilds are on the shard that their id says; what is in no guild is on shard 0", async () => {
    const { discord } = await set();
    const guilds = Array.from({ length: 8 }, (_, each) =>
      discord.addGuild({ id: String((1000n + BigInt(each)) << 22n) }),
    );
    const raws = await Promise.all([0, 1, 2].map(() => openGateway(discord)));
    raws.forEach((raw, shard) => {
      raw.identify(Intent.Guilds | Intent.DirectMessages, { shard: [shard, 3] });
    });
    for (const raw of raws) await raw.heard("READY");
    const onShard = raws.map((raw) =>
      raw.frames.find((each) => each.t === "READY")?.d.guilds.map((g: { id: string }) => g.id),
    );
    for (const guild of guilds) {
      const shard = Number((BigInt(guild.id) >> 22n) % 3n);
      expect(onShard[shard]).toContain(guild.id);
      expect(onShard.flat().filter((id) => id === guild.id)).toHaveLength(1);
    }
    scene.ada.say(scene.ada.direct, "psst");
    await raws[0]?.heard("MESSAGE_CREATE");
    expect(raws[1]?.frames.some((each) => each.t === "MESSAGE_CREATE")).toBe(false);
  });
});

describe("what a session hears", () => {
  it("nothing without its intent", async () => {
    const { discord, guild, brand, ada } = await set();
    const raws = await Promise.all([0, ALL].map(() => openGateway(discord)));
    const [none, all] = raws;
    none?.identify(0);
    all?.identify(ALL);
    for (const raw of raws) await raw.heard("READY");
    const message = ada.say(brand, "hello");
    ada.react(message, "✅");
    guild.addChannel("other");
    guild.addPerson("cleo");
    guild.addRole("r");
    brand.openThread("talk", ada);
    guild.deleteChannel(brand.id);
    await all?.heard("CHANNEL_DELETE");
    const types = all?.frames.flatMap((each) => each.t ?? []);
    expect(types).toEqual([
      "READY",
      "GUILD_CREATE",
      "MESSAGE_CREATE",
      "MESSAGE_REACTION_ADD",
      "CHANNEL_CREATE",
      "GUILD_ROLE_CREATE",
      "THREAD_CREATE",
      "CHANNEL_DELETE",
    ]);
    expect(none?.frames.flatMap((each) => each.t ?? [])).toEqual(["READY"]);
    expect(all?.frames.find((each) => each.t === "MESSAGE_CREATE")?.d).toMatchObject({
      content: "",
      author: { id: ada.id },
    });
  });

  it("content with its intent, of mentions, and of its own", async () => {
    const { discord, brand, ada, rest } = await set({ privilegedIntents: Intent.MessageContent });
    const raws = await Promise.all([0, 1].map(() => openGateway(discord)));
    raws[0]?.identify(ALL);
    raws[1]?.identify(ALL | Intent.MessageContent);
    for (const raw of raws) await raw.heard("READY");
    ada.say(brand, "hello");
    ada.say(brand, `<@${discord.botUserId}> you`);
    await rest.post(`/channels/${brand.id}/messages`, { body: { content: "own" } });
    await discord.until(() =>
      raws.every((raw) => raw.frames.filter((each) => each.t === "MESSAGE_CREATE").length === 3),
    );
    const contents = raws.map((raw) =>
      raw.frames.filter((each) => each.t === "MESSAGE_CREATE").map((each) => each.d.content),
    );
    const mention = `<@${discord.botUserId}> you`;
    expect(contents).toEqual([
      ["", mention, "own"],
      ["hello", mention, "own"],
    ]);
  });

  it("a reaction: who with which roles, on which message, and no message", async () => {
    const { discord, guild, brand } = await set();
    const role = guild.addRole("director");
    const cleo = guild.addPerson("cleo", { roles: [role] });
    const raw = await openGateway(discord);
    raw.identify(Intent.GuildMessageReactions);
    await raw.heard("READY");
    const message = cleo.say(brand, "hello");
    cleo.react(message, "1️⃣", { burst: true });
    cleo.react(message, "1️⃣", { burst: true });
    cleo.unreact(message, "1️⃣", { burst: true });
    const { d: added } = await raw.heard("MESSAGE_REACTION_ADD");
    expect(added).toMatchObject({
      user_id: cleo.id,
      channel_id: brand.id,
      message_id: message.id,
      guild_id: guild.id,
      emoji: { id: null, name: "1️⃣" },
      burst: true,
      type: 1,
      message_author_id: cleo.id,
    });
    expect(added.member.roles).toContain(role.id);
    expect(added).not.toHaveProperty("message");
    const { d: removed } = await raw.heard("MESSAGE_REACTION_REMOVE");
    expect(removed).toMatchObject({ user_id: cleo.id, burst: true });
    expect(removed).not.toHaveProperty("member");
    expect(raw.frames.filter((each) => each.t === "MESSAGE_REACTION_ADD")).toHaveLength(1);
  });

  it("nothing of channels that the bot does not see, nor of private messages", async () => {
    const { discord, guild, brand, ada } = await set();
    const secret = guild.addChannel("secret", { overwrites: [{ who: "bot", deny: 1024n }] });
    const raw = await openGateway(discord);
    raw.identify(ALL);
    await raw.heard("READY");
    ada.say(secret, "psst");
    ada.say(brand, "open");
    await raw.heard("MESSAGE_CREATE");
    expect(raw.frames.filter((each) => each.t === "MESSAGE_CREATE").map((each) => each.d.channel_id)).toEqual(
      [brand.id],
    );
  });

  it("that it was kicked, invited, and that a guild is out of reach; its own roles without an intent for members", async () => {
    const { discord, guild } = await set();
    const raw = await openGateway(discord);
    raw.identify(Intent.Guilds);
    await raw.heard("GUILD_CREATE");
    guild.setUnavailable(true);
    expect((await raw.heard("GUILD_DELETE")).d).toEqual({ id: guild.id, unavailable: true });
    guild.setUnavailable(false);
    guild.removeBot();
    guild.addRole("unheard");
    guild.addBot();
    await discord.until(() => raw.frames.filter((each) => each.t === "GUILD_CREATE").length === 3);
    const told = raw.frames.flatMap((each) => each.t ?? []).slice(2);
    expect(told).toEqual(["GUILD_DELETE", "GUILD_CREATE", "GUILD_DELETE", "GUILD_CREATE"]);
    expect(raw.frames.filter((each) => each.t === "GUILD_DELETE").at(-1)?.d).toEqual({ id: guild.id });
  });
});

describe("resuming", () => {
  const begin = async () => {
    const raw = await openGateway(scene.discord);
    raw.identify(ALL);
    const { d: ready } = await raw.heard("READY");
    await raw.heard("GUILD_CREATE");
    return { raw, session: String(ready.session_id) };
  };
  const resume = async (session: string, seq: number) => {
    const raw = await openGateway(scene.discord);
    raw.send(6, { token: scene.discord.token, session_id: session, seq });
    return raw;
  };

  it("what was missed comes in order, then RESUMED; what was there does not come again", async () => {
    const { discord, brand, ada } = await set();
    const { session } = await begin();
    discord.gateway.cut();
    const message = ada.say(brand, "while you were away");
    ada.react(message, "✅");
    const raw = await resume(session, 2);
    await raw.heard("RESUMED");
    expect(raw.frames.flatMap((each) => each.t ?? [])).toEqual([
      "MESSAGE_CREATE",
      "MESSAGE_REACTION_ADD",
      "RESUMED",
    ]);
    expect(raw.frames.flatMap((each) => each.s ?? [])).toEqual([3, 4, 5]);
    expect(discord.gateway).toMatchObject({ identified: 1, resumed: 1 });
  });

  it("is not for a session that ended: closed with 1000, too long ago, forgotten, or with too much missed", async () => {
    const { discord, brand, ada } = await set({ resumeMs: 60_000, replayMax: 3 });
    const isInvalid = async (session: string, seq: number) =>
      (await (await resume(session, seq)).heard(9)).d === false;
    const left = await begin();
    left.raw.end(1000);
    await discord.until(() => discord.gateway.sessions.length === 0);
    expect(await isInvalid(left.session, 2)).toBe(true);

    const late = await begin();
    discord.gateway.cut();
    discord.pass(61_000);
    expect(await isInvalid(late.session, 2)).toBe(true);

    const forgotten = await begin();
    discord.gateway.forget();
    expect(await isInvalid(forgotten.session, 2)).toBe(true);

    const busy = await begin();
    discord.gateway.cut();
    for (const words of ["1", "2", "3", "4"]) ada.say(brand, words);
    expect(await isInvalid(busy.session, 2)).toBe(true);
    expect(await isInvalid("nobody", 2)).toBe(true);
  });

  it("is closed for a sequence number that never was", async () => {
    await set();
    const { session } = await begin();
    expect(await (await resume(session, 99)).closed).toBe(4007);
  });
});

describe("the real client", () => {
  const connect = async () => {
    const heard: string[] = [];
    const client = await scene.connect(
      (each) => {
        each.on(Events.MessageReactionAdd, (reaction) => heard.push(String(reaction.emoji.name)));
      },
      { partials: [Partials.Message, Partials.Reaction] },
    );
    return { client, heard };
  };

  it.each([
    { what: "its connection is cut", act: () => scene.discord.gateway.cut() },
    { what: "it is asked to reconnect", act: () => scene.discord.gateway.reconnect() },
    { what: "its session is invalid but can be resumed", act: () => scene.discord.gateway.invalidate(true) },
  ])("resumes when $what, and hears what it missed", async ({ act }) => {
    const { discord, brand, ada } = await set();
    const { heard } = await connect();
    const message = ada.say(brand, "hello");
    act();
    ada.react(message, "✅");
    await discord.until(() => heard.length > 0);
    expect(heard).toEqual(["✅"]);
    expect(discord.gateway).toMatchObject({ identified: 1 });
    await discord.until(() => discord.gateway.sessions.length === 1);
  });

  it("begins again when its session is invalid, and has missed what happened", async () => {
    const { discord, brand, ada } = await set();
    const { heard } = await connect();
    const message = ada.say(brand, "hello");
    discord.gateway.invalidate(false);
    ada.react(message, "✅");
    await discord.until(() => discord.gateway.identified === 2);
    ada.react(message, "❌");
    await discord.until(() => heard.length > 0);
    expect(heard).toEqual(["❌"]);
  });

  it("leaves a zombie connection, and resumes", async () => {
    const { discord, brand, ada } = await set({ heartbeatMs: 200 });
    const { heard } = await connect();
    const message = ada.say(brand, "hello");
    discord.gateway.deafen();
    ada.react(message, "✅");
    await discord.until(() => discord.gateway.resumed === 1);
    await discord.until(() => heard.length > 0);
    expect(heard).toEqual(["✅"]);
  });

  it("waits while the gateway takes no connection", async () => {
    const { discord } = await set();
    await connect();
    discord.gateway.close();
    expect(discord.gateway.sessions).toEqual([]);
    discord.gateway.open();
    await discord.until(() => discord.gateway.sessions.length === 1);
  });

  it("two sessions on one shard both hear everything", async () => {
    const { discord, brand, ada } = await set();
    const [one, other] = [await connect(), await connect()];
    ada.react(ada.say(brand, "hello"), "✅");
    await discord.until(() => one.heard.length === 1 && other.heard.length === 1);
    expect(discord.gateway.sessions).toHaveLength(2);
  });
});
