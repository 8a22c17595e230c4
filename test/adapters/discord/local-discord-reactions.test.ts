import { PermissionFlagsBits as Bit } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callApi } from "../../support/discord/call-api.ts";
import type { DiscordMessage } from "../../support/discord/discord-message.ts";
import { type DiscordScene, setDiscordScene } from "../../support/discord/discord-scene.ts";

let scene: DiscordScene;
let message: DiscordMessage;

beforeEach(async () => {
  scene = await setDiscordScene({ limits: "off" });
  message = scene.ada.say(scene.brand, "hello");
});

afterEach(async () => {
  expect(scene.discord.problems()).toEqual([]);
  await scene.end();
});

const call = (method: string, rest: string) =>
  callApi(scene.discord, `${method} /channels/${message.channelId}/messages/${message.id}${rest}`);
const put = (emoji: string) => call("PUT", `/reactions/${encodeURIComponent(emoji)}/@me`);

const MANY = [..."😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔"];

describe("reactions", () => {
  it("are put on once, and taken off", async () => {
    const { discord, brand } = scene;
    expect((await put("✅")).status).toBe(204);
    expect((await put("✅")).status).toBe(204);
    expect(brand.message(message.id)?.reactions).toEqual({ "✅": [discord.botUserId] });
    expect((await call("DELETE", `/reactions/${encodeURIComponent("✅")}/@me`)).status).toBe(204);
    expect(brand.message(message.id)?.reactions).toEqual({});
  });

  it("an emoji is one as Unicode has it: a keycap with U+FE0F", async () => {
    expect((await put("1️⃣")).status).toBe(204);
    expect((await put("1⃣")).body.code).toBe(10014);
    expect((await put("x")).body.code).toBe(10014);
  });

  it("twenty different ones, no more; one that is there can still be joined", async () => {
    for (const emoji of MANY.slice(0, 20)) expect((await put(emoji)).status).toBe(204);
    expect(await put(MANY[20] ?? "")).toMatchObject({ status: 400, body: { code: 30010 } });
    scene.ada.react(message, MANY[0] ?? "");
    expect(() => scene.ada.react(message, MANY[20] ?? "")).toThrow("Maximum number of reactions");
  });

  it("joining one wants no Add Reactions", async () => {
    const { guild, ada } = scene;
    ada.react(message, "✅");
    guild.setBotPermissions(309237763136n & ~Bit.AddReactions);
    expect((await put("✅")).status).toBe(204);
    expect((await put("❌")).body.code).toBe(50013);
  });

  it("count normal ones and super ones apart", async () => {
    const { ada, ben } = scene;
    ada.react(message, "✅");
    ben.react(message, "✅", { burst: true });
    await put("✅");
    const { body } = await call("GET", "");
    expect(body.reactions).toEqual([
      {
        emoji: { id: null, name: "✅" },
        count: 3,
        count_details: { normal: 2, burst: 1 },
        burst_colors: [],
        me: true,
        me_burst: false,
      },
    ]);
    const users = async (query: string) => {
      const { body: found } = await call("GET", `/reactions/${encodeURIComponent("✅")}?${query}`);
      return found.map((each: { id: string }) => each.id);
    };
    expect(await users("")).toEqual([scene.discord.botUserId, ada.id]);
    expect(await users("type=1")).toEqual([ben.id]);
    expect(await users("limit=1")).toEqual([scene.discord.botUserId]);
    expect(await users(`limit=1&after=${scene.discord.botUserId}`)).toEqual([ada.id]);
    expect((await call("GET", `/reactions/${encodeURIComponent("✅")}?limit=101`)).body.code).toBe(50035);
  });

  it("list 25 users unless asked for more", async () => {
    const { guild } = scene;
    for (let each = 0; each < 30; each += 1) guild.addPerson(`p${each}`).react(message, "✅");
    const path = `/reactions/${encodeURIComponent("✅")}`;
    expect((await call("GET", path)).body).toHaveLength(25);
    expect((await call("GET", `${path}?limit=100`)).body).toHaveLength(30);
  });

  it("others' can be taken off with Manage Messages alone", async () => {
    const { guild, brand, ada } = scene;
    ada.react(message, "✅");
    const remove = () => call("DELETE", `/reactions/${encodeURIComponent("✅")}/${ada.id}`);
    expect((await remove()).body.code).toBe(50013);
    guild.setBotPermissions(309237763136n | Bit.ManageMessages);
    expect((await remove()).status).toBe(204);
    expect(brand.message(message.id)?.reactions).toEqual({});
  });
});
