import { PermissionFlagsBits as Bit, GatewayIntentBits as Intent } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { callApi } from "../../support/discord/call-api.ts";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";
import type { DiscordOptions } from "../../support/discord/local-discord.ts";
import { createRawAnswers } from "../../support/discord/raw-answers.ts";
import { openGateway } from "../../support/discord/raw-gateway.ts";

let scene: DiscordScene;

afterEach(async () => {
  await scene.end();
});

async function set(options: DiscordOptions = {}) {
  scene = await setDiscordScene({ limits: "off", ackMs: 300, ...options });
  return scene;
}

describe("people", () => {
  it("see the channels that they may see, and write where they may", async () => {
    const { guild, ada } = await set();
    const role = guild.addRole("crew");
    const cleo = guild.addPerson("cleo", { roles: [role] });
    const crew = guild.addChannel("crew", {
      overwrites: [
        { who: "everyone", deny: Bit.ViewChannel },
        { who: role, allow: Bit.ViewChannel },
      ],
    });
    cleo.say(crew, "hello");
    expect(cleo.sees(crew)).toMatchObject([{ words: "hello", authorId: cleo.id, byApp: false }]);
    const shut = guild.addChannel("shut", { overwrites: [{ who: ada, deny: Bit.ViewChannel }] });
    expect(ada.sees(shut)).toEqual([]);
    expect(() => ada.say(shut, "x")).toThrow("sees no channel");
    const quiet = guild.addChannel("quiet", { overwrites: [{ who: ada, deny: Bit.SendMessages }] });
    expect(() => ada.say(quiet, "x")).toThrow("Missing Permissions");
    guild.setRoles(cleo, []);
    expect(() => cleo.say(quiet, "x")).not.toThrow();
  });

  it("write, reply, send files, and take back what they wrote", async () => {
    const { discord, brand, ada, ben } = await set();
    const raw = await openGateway(discord);
    raw.identify(Intent.GuildMessages);
    await raw.heard("READY");
    const first = ada.say(brand, "look at https://example.com and [this](https://example.org)", {
      files: [{ name: "a.txt", bytes: Buffer.from("abc") }],
    });
    expect(first.files).toMatchObject([{ name: "a.txt", size: 3 }]);
    expect(first.links.map((each) => each.url).sort()).toEqual([
      "https://example.com",
      "https://example.org",
    ]);
    expect(ben.say(brand, "nice", { replyTo: first })).toMatchObject({ replyTo: first.id, pings: [ada.id] });
    expect(() => ben.deleteMessage(first)).toThrow("has not written");
    ada.deleteMessage(first);
    expect(brand.message(first.id)).toBeUndefined();
    expect((await raw.heard("MESSAGE_DELETE")).d).toMatchObject({ id: first.id, channel_id: brand.id });
  });

  it("have a language and a limit of their own", async () => {
    const { discord, guild, brand } = await set();
    const app = createRawAnswers(discord);
    await scene.connect((client) => app.listen(client));
    const hana = guild.addPerson("hana", { locale: "ja", attachmentLimit: 500 * 1024 * 1024 });
    const doing = hana.command(brand, "draft", { prompt: "x" });
    const interaction = await app.next();
    expect(interaction).toMatchObject({ locale: "ja", attachment_size_limit: 500 * 1024 * 1024 });
    await app.answer(interaction, 5);
    await doing;
    const file = { name: "a.bin", bytes: new Uint8Array(11 * 1024 * 1024) };
    expect(hana.say(brand, "big", { files: [file] }).attachments).toHaveLength(1);
    expect(() => scene.ada.say(brand, "big", { files: [file] })).toThrow("too large");
  });

  it("are the same person wherever they are looked up: an open form is open", async () => {
    const { discord, brand, ada } = await set();
    const app = createRawAnswers(discord);
    await scene.connect((client) => app.listen(client));
    const doing = ada.command(brand, "draft", { prompt: "x" });
    const field = { type: 4, custom_id: "prompt", style: 2, min_length: 3, max_length: 5, value: "abc" };
    const choice = {
      type: 3,
      custom_id: "size",
      options: ["s", "m"].map((value) => ({ label: `size ${value}`, value, default: value === "m" })),
    };
    await app.answer(await app.next(), 9, {
      custom_id: "f",
      title: "Form",
      components: [
        { type: 18, label: "Prompt", description: "What to draw", component: field },
        { type: 18, label: "Size", component: choice },
      ],
    });
    expect(await doing).toMatchObject({ kind: "form" });
    const again = discord.person(ada.id);
    expect(again?.form()).toMatchObject({
      customId: "f",
      title: "Form",
      fields: [
        { label: "Prompt", value: "abc", isRequired: true, isMultiline: true, hint: "What to draw" },
        { label: "Size", value: "m", options: [{ label: "size s", value: "s" }, {}] },
      ],
    });
    expect(await ada.submit({ Prompt: "ab" })).toEqual({ kind: "invalid", errors: { prompt: "Too short" } });
    expect(await ada.submit({ Prompt: "abcdef" })).toEqual({
      kind: "invalid",
      errors: { prompt: "Too long" },
    });
    await expect(ada.submit({ Colour: "red" })).rejects.toThrow('no field "Colour"');
    await expect(ada.submit({ Size: "xl" })).rejects.toThrow('no option "xl"');
    // Without an answer it stays open.
    expect(await ada.submit()).toMatchObject({ kind: "failed" });
    await app.next();
    const submitting = ada.submit({ Size: "size s" });
    const submission = await app.next();
    expect(submission.data).toMatchObject({
      components: [{ component: { value: "abc" } }, { component: { values: ["s"] } }],
    });
    await app.answer(submission, 5);
    await submitting;
    expect(ada.form()).toBeUndefined();
    await expect(ada.submit()).rejects.toThrow("no form open");
    expect(discord.problems()).toEqual([]);
  });

  it("are offered age-restricted commands in such channels alone, and those of the guild first", async () => {
    const { discord, guild, brand, ada } = await set();
    discord.register([{ name: "wild", description: "x", nsfw: true }]);
    await expect(ada.command(brand, "wild")).rejects.toThrow("age-restricted");
    const wild = guild.addChannel("wild", { isAgeRestricted: true });
    expect(await ada.command(wild, "wild")).toMatchObject({ kind: "failed" });
    discord.register([{ name: "wild", description: "ours" }], guild);
    expect(await ada.command(brand, "wild")).toMatchObject({ kind: "failed" });
    expect(discord.interactions.at(-1)?.payload.data).toMatchObject({ name: "wild", guild_id: guild.id });
    await ada.command(ada.direct, "wild").catch(() => undefined);
  });

  it("talk to the bot directly", async () => {
    const { discord, ada } = await set();
    const { body } = await callApi(discord, "POST /users/@me/channels", { body: { recipient_id: ada.id } });
    expect(body).toMatchObject({ id: ada.direct.id, type: 1 });
    await callApi(discord, `POST /channels/${body.id}/messages`, { body: { content: "psst" } });
    expect(ada.sees(ada.direct)).toMatchObject([{ words: "psst", guildId: "" }]);
    expect(scene.ben.sees(ada.direct)).toEqual([]);
  });
});

describe("the local Discord itself", () => {
  it("says what there is, for a failing test", async () => {
    const { discord, brand, ada } = await set({ seed: 5 });
    ada.react(ada.say(brand, "hello"), "✅");
    await callApi(discord, "GET /nothing");
    const words = discord.describe();
    for (const part of [
      "#brand",
      'ada: "hello"',
      "✅ ada",
      "GET /nothing: 404",
      "problem: unknown route",
      "seed 5",
    ])
      expect(words).toContain(part);
    await expect(discord.until(() => false, { timeoutMs: 30 })).rejects.toThrow("#brand");
  });

  it("allows 200 new commands a day in a guild", async () => {
    const { discord, guild } = await set({ limits: "real", speed: 1000 });
    const path = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
    const put = async (batch: string, count: number) => {
      discord.pass(60_000);
      const body = Array.from({ length: count }, (_, each) => ({
        name: `${batch}${each}`,
        description: "x",
      }));
      return callApi(discord, `PUT ${path}`, { body });
    };
    expect((await put("a", 100)).status).toBe(200);
    expect((await put("a", 100)).status).toBe(200);
    expect((await put("b", 100)).status).toBe(200);
    expect(await put("c", 1)).toMatchObject({ status: 429, body: { code: 30034 } });
    discord.pass(24 * 60 * 60_000);
    expect((await put("c", 1)).status).toBe(200);
  });

  it("counts identifies: more than there may be in a day are a problem", async () => {
    const { discord } = await set({ identifiesMax: 2 });
    const identify = async () => {
      const raw = await openGateway(discord);
      raw.identify(0);
      await raw.heard("READY");
    };
    await identify();
    await identify();
    expect(discord.problems()).toEqual([]);
    discord.pass(24 * 60 * 60_000);
    await identify();
    await identify();
    expect(discord.problems()).toEqual([]);
    await identify();
    expect(discord.problems()).toEqual(["more than 2 identifies in a day"]);
  });
});
