import { RateLimitError, REST, Routes } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { callApi } from "../../support/discord/call-api.ts";
import { type DiscordScene, optionsFor, setDiscordScene } from "../../support/discord/discord-scene.ts";
import type { DiscordOptions } from "../../support/discord/local-discord.ts";
import { createRawAnswers } from "../../support/discord/raw-answers.ts";

let scene: DiscordScene;

afterEach(async () => {
  expect(scene.discord.problems()).toEqual([]);
  await scene.end();
});

async function set(options: DiscordOptions = {}) {
  scene = await setDiscordScene(options);
  return scene;
}

const post = (channel: string) =>
  callApi(scene.discord, `POST /channels/${channel}/messages`, { body: { content: "x" } });
const statuses = (answers: readonly { readonly status: number }[]) => answers.map((each) => each.status);
const times = async <T>(count: number, act: (index: number) => Promise<T>) => {
  const all: T[] = [];
  for (let each = 0; each < count; each += 1) all.push(await act(each));
  return all;
};

describe("limits of a route", () => {
  it("are told in headers, for each channel by itself", async () => {
    const { guild, brand } = await set();
    const first = await post(brand.id);
    expect(first.headers.get("x-ratelimit-limit")).toBe("5");
    expect(first.headers.get("x-ratelimit-remaining")).toBe("4");
    expect(Number(first.headers.get("x-ratelimit-reset-after"))).toBeCloseTo(5, 0);
    const other = await post(guild.addChannel("other").id);
    expect(other.headers.get("x-ratelimit-remaining")).toBe("4");
    expect(other.headers.get("x-ratelimit-bucket")).toBe(first.headers.get("x-ratelimit-bucket"));
  });

  it("beyond them: 429 until the window is over", async () => {
    const { discord, brand } = await set();
    expect(statuses(await times(5, () => post(brand.id)))).toEqual([200, 200, 200, 200, 200]);
    const refused = await post(brand.id);
    expect(refused).toMatchObject({
      status: 429,
      body: { message: "You are being rate limited.", global: false },
    });
    expect(refused.body.retry_after).toBeGreaterThan(3);
    expect(refused.body.retry_after).toBeLessThanOrEqual(5);
    expect(refused.headers.get("retry-after")).toBe("5");
    expect(refused.headers.get("x-ratelimit-scope")).toBe("user");
    expect(refused.headers.get("x-ratelimit-global")).toBeNull();
    expect(brand.messages()).toHaveLength(5);
    discord.pass(5000);
    expect((await post(brand.id)).status).toBe(200);
  });

  it("one reaction in 250 ms in a channel, putting on and taking off together", async () => {
    const { discord, guild, brand, ada } = await set();
    const [here, also] = [ada.say(brand, "a"), ada.say(brand, "b")];
    const elsewhere = ada.say(guild.addChannel("other"), "c");
    const react = (method: string, at: { channelId: string; id: string }) =>
      callApi(discord, `${method} /channels/${at.channelId}/messages/${at.id}/reactions/%E2%9C%85/@me`);
    const answers = [
      await react("PUT", here),
      await react("PUT", also),
      await react("DELETE", here),
      await react("PUT", elsewhere),
    ];
    expect(statuses(answers)).toEqual([204, 429, 429, 204]);
    expect(answers[0]?.headers.get("x-ratelimit-limit")).toBe("1");
    discord.pass(250);
    expect((await react("PUT", also)).status).toBe(204);
  });

  it("pass faster in faster time, and clients are told real seconds", async () => {
    const { brand } = await set({ speed: 50 });
    const answers = await times(5, () => post(brand.id));
    expect(Number(answers[0]?.headers.get("x-ratelimit-reset-after"))).toBeLessThanOrEqual(0.1);
  });

  it("can be off", async () => {
    const { brand } = await set({ limits: "off" });
    const answers = await times(60, () => post(brand.id));
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
    expect(answers[0]?.headers.get("x-ratelimit-limit")).toBeNull();
  });

  it("30046: edits of messages older than an hour, three in 20 seconds", async () => {
    const { discord, brand } = await set();
    const { body } = await post(brand.id);
    const edit = () =>
      callApi(discord, `PATCH /channels/${brand.id}/messages/${body.id}`, { body: { content: "y" } });
    expect(statuses(await times(4, edit))).toEqual([200, 200, 200, 200]);
    discord.pass(61 * 60_000);
    expect(statuses(await times(3, edit))).toEqual([200, 200, 200]);
    const refused = await edit();
    expect(refused).toMatchObject({ status: 429, body: { code: 30046, global: false } });
    expect(refused.body.retry_after).toBeGreaterThan(10);
    discord.pass(20_000);
    expect((await edit()).status).toBe(200);
  });
});

describe("limits of everything", () => {
  it("50 calls a second, interactions apart", async () => {
    const { discord, guild } = await set({ speed: 0.1, ackMs: 1000 });
    const app = createRawAnswers(discord);
    await scene.connect((client) => app.listen(client));
    discord.pass(1000);
    const channels = Array.from({ length: 11 }, (_, each) => guild.addChannel(`c${each}`));
    const answers = await Promise.all(
      channels.flatMap(({ id }) => Array.from({ length: 5 }, () => post(id))),
    );
    const refused = answers.filter((each) => each.status === 429);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.body.global).toBe(true);
    expect(refused[0]?.headers.get("x-ratelimit-global")).toBe("true");
    expect(refused[0]?.headers.get("x-ratelimit-scope")).toBe("global");
    const doing = scene.ada.command(scene.brand, "draft", { prompt: "x" });
    expect((await app.answer(await app.next(), 4, { content: "x" })).status).toBe(200);
    expect(await doing).toMatchObject({ kind: "replied" });
  });

  it("too many invalid requests: everything is refused for ten minutes; a shared limit does not count", async () => {
    const { discord, brand } = await set({ limits: "off", invalidRequestsMax: 5 });
    discord.faults.call(
      "POST */messages",
      { kind: "rate_limited", retryAfterS: 1, scope: "shared" },
      { times: 9 },
    );
    await times(9, () => post(brand.id));
    expect(discord.invalidRequests).toBe(0);
    await times(5, () => callApi(discord, "GET /users/@me", { authorization: "Bot x" }));
    expect(discord.invalidRequests).toBe(5);
    expect(await post(brand.id)).toMatchObject({ status: 429, body: "error code: 1015" });
    discord.pass(10 * 60_000);
    expect((await post(brand.id)).status).toBe(200);
  });
});

describe("discord.js", () => {
  it("waits by the headers, and is never refused", async () => {
    const { discord, brand, rest } = await set({ speed: 20 });
    await Promise.all(
      Array.from({ length: 12 }, () =>
        rest.post(Routes.channelMessages(brand.id), { body: { content: "x" } }),
      ),
    );
    expect(brand.messages()).toHaveLength(12);
    expect(discord.invalidRequests).toBe(0);
  });

  it("says at once that it would have to wait, when it is told to", async () => {
    const { discord, brand } = await set();
    const rest = new REST({
      ...optionsFor(discord).rest,
      version: "10",
      rejectOnRateLimit: () => true,
    }).setToken(discord.token);
    const send = () => rest.post(Routes.channelMessages(brand.id), { body: { content: "x" } });
    await times(5, send);
    const error: unknown = await send().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RateLimitError);
    expect((error as RateLimitError).timeToReset).toBeGreaterThan(3000);
    expect(discord.calls("POST */messages")).toHaveLength(5);
  });
});
