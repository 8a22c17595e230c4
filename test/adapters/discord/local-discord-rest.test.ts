import { PermissionFlagsBits as Bit } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callApi } from "../../support/discord/call-api.ts";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";

let scene: DiscordScene;

beforeEach(async () => {
  scene = await setDiscordScene({ limits: "off" });
});

afterEach(async () => {
  await scene.end();
});

describe("asking at all", () => {
  it("wants the bot's token, the latest one", async () => {
    const { discord } = scene;
    expect(await callApi(discord, "GET /users/@me")).toMatchObject({
      status: 200,
      body: { id: discord.botUserId },
    });
    for (const authorization of [null, "Bot nonsense", discord.token]) {
      const answer = await callApi(discord, "GET /users/@me", { authorization });
      expect(answer).toMatchObject({ status: 401, body: { code: 0, message: "401: Unauthorized" } });
    }
    const before = discord.token;
    discord.resetToken();
    expect((await callApi(discord, "GET /users/@me", { authorization: `Bot ${before}` })).status).toBe(401);
    expect(discord.problems()).toEqual([]);
  });

  it("answers an unknown route with 404, and keeps it as a problem", async () => {
    const { discord } = scene;
    const answer = await callApi(discord, "GET /guilds/1/webhooks");
    expect(answer).toMatchObject({ status: 404, body: { code: 0, message: "404: Not Found" } });
    await fetch(`${discord.url}/elsewhere`);
    await fetch(`${discord.url}/api/stream`, { headers: { cookie: "of=another-test" } });
    expect(discord.problems()).toEqual([
      "unknown route GET /api/v10/guilds/1/webhooks",
      "unknown route GET /elsewhere",
    ]);
  });

  it("keeps what it does not know as problems: versions, queries, fields", async () => {
    const { discord, brand } = scene;
    await fetch(`${discord.apiUrl}v9/users/@me`, { headers: { authorization: `Bot ${discord.token}` } });
    await callApi(discord, `GET /channels/${brand.id}/messages?page=2`);
    await callApi(discord, `POST /channels/${brand.id}/typing?now=1`, { body: {} });
    await callApi(discord, `POST /channels/${brand.id}/messages`, { body: { content: "x", colour: "red" } });
    expect(discord.problems()).toEqual([
      "GET /users/@me was asked of API v9",
      "GET /channels/{channel}/messages has no query page",
      "POST /channels/{channel}/typing has no query now",
      "POST /channels/{channel}/messages has no field colour",
    ]);
  });

  it("refuses a body that is no JSON, or of another type", async () => {
    const { discord, brand } = scene;
    const send = (type: string, body: string) =>
      fetch(`${discord.apiUrl}v10/channels/${brand.id}/messages`, {
        method: "POST",
        headers: { authorization: `Bot ${discord.token}`, "content-type": type },
        body,
      });
    const broken = await send("application/json", "{");
    expect([broken.status, await broken.json()]).toMatchObject([400, { code: 50109 }]);
    const plain = await send("text/plain", "hello");
    expect([plain.status, await plain.json()]).toMatchObject([400, { code: 50035 }]);
  });

  it("names what is wrong at its path", async () => {
    const { discord, brand } = scene;
    const answer = await callApi(discord, `POST /channels/${brand.id}/messages`, {
      body: { content: "x", components: [{ type: 1, components: [{ type: 2, style: 1, label: "a" }] }] },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 50035, message: "Invalid Form Body" } });
    expect(answer.body.errors.components["0"].components["0"].custom_id._errors).toMatchObject([
      { code: "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED" },
    ]);
  });

  it("logs each call with its body and its answer", async () => {
    const { discord, brand } = scene;
    await callApi(discord, `POST /channels/${brand.id}/messages`, { body: { content: "hello" } });
    await callApi(discord, "GET /channels/123456789012345678/messages");
    expect(discord.calls("POST /channels/*")).toMatchObject([
      {
        route: "POST /channels/{channel}/messages",
        path: `/channels/${brand.id}/messages`,
        body: { content: "hello" },
        answer: { status: 200, code: undefined },
        took: true,
      },
    ]);
    expect(discord.calls("GET *")).toMatchObject([{ answer: { status: 404, code: 10003 }, took: false }]);
  });
});

describe("guilds, people, permissions", () => {
  it("tells the roles of one member without a privileged intent", async () => {
    const { discord, guild } = scene;
    const role = guild.addRole("director", Bit.ManageGuild);
    const cleo = guild.addPerson("cleo", { roles: [role] });
    const found = await callApi(discord, `GET /guilds/${guild.id}/members/${cleo.id}`);
    expect(found).toMatchObject({ status: 200, body: { user: { id: cleo.id } } });
    expect(found.body.roles).toContain(role.id);
    guild.setRoles(cleo, []);
    const later = await callApi(discord, `GET /guilds/${guild.id}/members/${cleo.id}`);
    expect(later.body.roles).not.toContain(role.id);
    const stranger = discord.addGuild().addPerson("dan");
    expect(await callApi(discord, `GET /guilds/${guild.id}/members/${stranger.id}`)).toMatchObject({
      status: 404,
      body: { code: 10007 },
    });
    expect(await callApi(discord, `GET /guilds/${guild.id}/members/123456789012345678`)).toMatchObject({
      status: 404,
      body: { code: 10013 },
    });
    const { body: roles } = await callApi(discord, `GET /guilds/${guild.id}/roles`);
    expect(roles).toContainEqual(expect.objectContaining({ id: role.id, permissions: "32" }));
  });

  it("refuses a guild that the bot was kicked from, and one that there is not", async () => {
    const { discord, guild, brand } = scene;
    expect((await callApi(discord, `GET /guilds/${guild.id}`)).status).toBe(200);
    guild.removeBot();
    expect(await callApi(discord, `GET /guilds/${guild.id}`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
    expect(await callApi(discord, `GET /channels/${brand.id}`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
    expect(await callApi(discord, "GET /guilds/123456789012345678")).toMatchObject({
      status: 404,
      body: { code: 10004 },
    });
    expect((await callApi(discord, "GET /users/@me/guilds")).body).toEqual([]);
    guild.addBot();
    expect((await callApi(discord, `GET /channels/${brand.id}`)).status).toBe(200);
  });

  it("a deleted channel is unknown, its threads too", async () => {
    const { discord, guild, brand } = scene;
    const thread = brand.openThread("talk");
    guild.deleteChannel(brand.id);
    for (const id of [brand.id, thread.id])
      expect(await callApi(discord, `GET /channels/${id}`)).toMatchObject({
        status: 404,
        body: { code: 10003 },
      });
  });

  const POST = { body: { content: "x" } };
  const file = { name: "a.txt", bytes: new Uint8Array(3) };

  it.each([
    { without: "ViewChannel" as const, route: "GET /channels/{c}/messages", call: {}, code: 50001 },
    { without: "ViewChannel" as const, route: "POST /channels/{c}/messages", call: POST, code: 50001 },
    { without: "SendMessages" as const, route: "POST /channels/{c}/messages", call: POST, code: 50013 },
    { without: "SendMessages" as const, route: "POST /channels/{c}/typing", call: { body: {} }, code: 50013 },
    {
      without: "AttachFiles" as const,
      route: "POST /channels/{c}/messages",
      call: { ...POST, files: [file] },
      code: 50013,
    },
    {
      without: "ReadMessageHistory" as const,
      route: "GET /channels/{c}/messages/{m}",
      call: {},
      code: 50013,
    },
    {
      without: "CreatePublicThreads" as const,
      route: "POST /channels/{c}/messages/{m}/threads",
      call: { body: { name: "t" } },
      code: 50013,
    },
    {
      without: "ReadMessageHistory" as const,
      route: "PUT /channels/{c}/messages/{m}/reactions/%E2%9C%85/@me",
      call: {},
      code: 50013,
    },
    {
      without: "AddReactions" as const,
      route: "PUT /channels/{c}/messages/{m}/reactions/%E2%9C%85/@me",
      call: {},
      code: 50013,
    },
    {
      without: "SendMessagesInThreads" as const,
      route: "POST /channels/{t}/messages",
      call: POST,
      code: 50013,
    },
  ])("without $without: $route is $code", async ({ without, route, call, code }) => {
    const { discord, guild, brand, ada } = scene;
    const message = ada.say(brand, "hello");
    const thread = brand.openThread("talk", ada);
    const path = route.replace("{c}", brand.id).replace("{m}", message.id).replace("{t}", thread.id);
    guild.setBotPermissions(309237763136n & ~Bit[without]);
    expect(await callApi(discord, path, call)).toMatchObject({ status: 403, body: { code } });
    guild.setBotPermissions(309237763136n);
    expect((await callApi(discord, path, call)).status).toBeLessThan(300);
  });

  it("goes by the overwrites of the channel: roles first, then the bot itself; an admin is free of them", async () => {
    const { discord, guild, brand } = scene;
    const post = () => callApi(discord, `POST /channels/${brand.id}/messages`, POST);
    brand.setOverwrites([{ who: "bot", deny: Bit.SendMessages }]);
    expect((await post()).body.code).toBe(50013);
    brand.setOverwrites([{ who: "everyone", deny: Bit.ViewChannel }]);
    expect((await post()).body.code).toBe(50001);
    brand.setOverwrites([
      { who: "everyone", deny: Bit.ViewChannel },
      { who: "bot", allow: Bit.ViewChannel },
    ]);
    expect((await post()).status).toBe(200);
    brand.setOverwrites([{ who: "bot", deny: Bit.ViewChannel }]);
    guild.setBotPermissions(Bit.Administrator);
    expect((await post()).status).toBe(200);
  });

  it("keeps the same commands under the same ids, and a new version for a changed one", async () => {
    const { discord } = scene;
    const path = `/applications/${discord.applicationId}/commands`;
    const help = { name: "help", description: "Help" };
    const first = await callApi(discord, `PUT ${path}`, { body: [help] });
    const again = await callApi(discord, `PUT ${path}`, { body: [help] });
    const changed = await callApi(discord, `PUT ${path}`, { body: [{ ...help, description: "More help" }] });
    expect(again.body[0]).toMatchObject({ id: first.body[0].id, version: first.body[0].version });
    expect(changed.body[0].id).toBe(first.body[0].id);
    expect(changed.body[0].version).not.toBe(first.body[0].version);
    expect((await callApi(discord, `GET ${path}`)).body).toEqual(changed.body);
    expect(await callApi(discord, "PUT /applications/1/commands", { body: [] })).toMatchObject({
      status: 403,
    });
    const wrong = [{ name: "Bad Name", description: "" }];
    expect(await callApi(discord, `PUT ${path}`, { body: wrong })).toMatchObject({
      status: 400,
      body: { code: 50035 },
    });
  });

  it("keeps a guild's commands apart", async () => {
    const { discord, guild } = scene;
    const path = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
    const put = await callApi(discord, `PUT ${path}`, { body: [{ name: "help", description: "Help" }] });
    expect(put.body).toMatchObject([{ name: "help", guild_id: guild.id }]);
    expect(discord.commands(guild)).toHaveLength(1);
    expect(discord.commands().map((each) => each.name)).not.toContain("help");
  });
});
