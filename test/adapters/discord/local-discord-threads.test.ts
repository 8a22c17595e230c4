import { PermissionFlagsBits as Bit } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { callApi } from "../../support/discord/call-api.ts";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";

let scene: DiscordScene;

afterEach(async () => {
  expect(scene.discord.problems()).toEqual([]);
  await scene.end();
});

async function set(activeThreadsMax = 1000) {
  scene = await setDiscordScene({ limits: "off", activeThreadsMax });
  return scene;
}

const post = (channel: string) =>
  callApi(scene.discord, `POST /channels/${channel}/messages`, { body: { content: "x" } });
const start = (channel: string, message: string, body: unknown = { name: "talk" }) =>
  callApi(scene.discord, `POST /channels/${channel}/messages/${message}/threads`, { body });

describe("threads", () => {
  it("have the id of their message, one each, and start with its head", async () => {
    const { brand } = await set();
    const { body: message } = await post(brand.id);
    const { status, body } = await start(brand.id, message.id);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: message.id,
      parent_id: brand.id,
      type: 11,
      thread_metadata: { archived: false },
    });
    expect(await start(brand.id, message.id)).toMatchObject({ status: 400, body: { code: 160004 } });
    expect(brand.message(message.id)).toMatchObject({ thread: message.id });
    expect((brand.message(message.id)?.flags ?? 0) & 32).toBe(32);
    expect(brand.threadOf(brand.messages()[0] ?? message)?.messages()).toMatchObject([
      { type: 21, replyTo: message.id },
    ]);
    expect((await post(message.id)).body.channel_id).toBe(message.id);
  });

  it("have a name of 1 to 100, and one of four times to archive", async () => {
    const { brand } = await set();
    const { body } = await post(brand.id);
    for (const name of ["", "x".repeat(101), undefined])
      expect((await start(brand.id, body.id, { name })).body.code).toBe(50035);
    expect((await start(brand.id, body.id, { name: "x", auto_archive_duration: 61 })).body.code).toBe(50035);
    expect(
      (await start(brand.id, body.id, { name: "x".repeat(100), auto_archive_duration: 60 })).status,
    ).toBe(201);
  });

  it("are not for threads, voice channels, direct conversations and forums", async () => {
    const { discord, guild, brand, ada } = await set();
    const { body } = await post(brand.id);
    await start(brand.id, body.id);
    const { body: inThread } = await post(body.id);
    expect((await start(body.id, inThread.id)).body.code).toBe(50024);
    const voice = guild.addChannel("voice", { type: "voice" });
    const { body: inVoice } = await post(voice.id);
    expect((await start(voice.id, inVoice.id)).body.code).toBe(50024);
    const { body: direct } = await post(ada.direct.id);
    expect((await start(ada.direct.id, direct.id)).body.code).toBe(50024);
    const forum = guild.addChannel("forum", { type: "forum" });
    const { body: opened } = await callApi(discord, `POST /channels/${forum.id}/threads`, {
      body: { name: "x" },
    });
    expect(opened.code).toBe(50024);
  });

  it("are only so many at a time; archived ones do not count", async () => {
    const { brand } = await set(1);
    const { body: first } = await post(brand.id);
    const { body: second } = await post(brand.id);
    await start(brand.id, first.id);
    expect((await start(brand.id, second.id)).body.code).toBe(160006);
    brand.threadOf({ channelId: brand.id, id: first.id })?.archive();
    expect((await start(brand.id, second.id)).status).toBe(201);
  });

  it("archived: no edit, no reaction, but a message opens it again, unless it is locked", async () => {
    const { discord, brand } = await set();
    const { body } = await post(brand.id);
    await start(brand.id, body.id);
    const { body: message } = await post(body.id);
    const thread = brand.threads()[0];
    thread?.archive();
    const path = `/channels/${body.id}/messages/${message.id}`;
    expect((await callApi(discord, `PATCH ${path}`, { body: { content: "y" } })).body.code).toBe(50083);
    expect((await callApi(discord, `PUT ${path}/reactions/%E2%9C%85/@me`)).body.code).toBe(50083);
    expect((await post(body.id)).status).toBe(200);
    expect((await callApi(discord, `PATCH ${path}`, { body: { content: "y" } })).status).toBe(200);
    thread?.archive({ lock: true });
    expect((await post(body.id)).body.code).toBe(160005);
  });

  it("are archived after a while without messages", async () => {
    const { discord, brand, ada } = await set();
    const { body } = await post(brand.id);
    await start(brand.id, body.id, { name: "x", auto_archive_duration: 60 });
    const isArchived = async () =>
      (await callApi(discord, `GET /channels/${body.id}`)).body.thread_metadata.archived;
    discord.pass(50 * 60_000);
    await post(body.id);
    discord.pass(50 * 60_000);
    expect(await isArchived()).toBe(false);
    discord.pass(11 * 60_000);
    expect(await isArchived()).toBe(true);
    const thread = brand.threads()[0];
    if (thread !== undefined) ada.say(thread, "again");
    expect(await isArchived()).toBe(false);
  });

  it("their owner may archive and open them; locked ones want Manage Threads", async () => {
    const { discord, guild, brand, ada } = await set();
    const { body } = await post(brand.id);
    await start(brand.id, body.id);
    const change = (id: string, fields: unknown) =>
      callApi(discord, `PATCH /channels/${id}`, { body: fields });
    expect((await change(body.id, { archived: true })).body.thread_metadata.archived).toBe(true);
    expect((await change(body.id, { archived: false })).body.thread_metadata.archived).toBe(false);
    discord.pass(4321 * 60_000);
    expect((await callApi(discord, `GET /channels/${body.id}`)).body.thread_metadata.archived).toBe(true);
    expect((await change(body.id, { locked: true })).body.code).toBe(50013);
    const others = brand.openThread("ada's", ada);
    expect((await change(others.id, { archived: true })).body.code).toBe(50013);
    guild.setBotPermissions(309237763136n | Bit.ManageThreads);
    expect((await change(others.id, { archived: true, locked: true })).status).toBe(200);
  });

  it("take their permissions from the channel above", async () => {
    const { brand, ada } = await set();
    const thread = brand.openThread("talk", ada);
    brand.setOverwrites([{ who: "bot", deny: Bit.SendMessagesInThreads }]);
    expect((await post(thread.id)).body.code).toBe(50013);
    brand.setOverwrites([{ who: "bot", deny: Bit.ViewChannel }]);
    expect((await post(thread.id)).body.code).toBe(50001);
  });
});
