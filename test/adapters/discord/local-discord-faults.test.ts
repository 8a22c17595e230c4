import { DiscordAPIError, Events, HTTPError, Partials, RateLimitError, REST, Routes } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DiscordScene, optionsFor, setDiscordScene } from "../../support/discord/discord-scene.ts";
import type { CallFault } from "../../support/discord/local-discord.ts";

let scene: DiscordScene;

beforeEach(async () => {
  scene = await setDiscordScene({ limits: "off", seed: 7 });
});

afterEach(async () => {
  expect(scene.discord.problems()).toEqual([]);
  await scene.end();
});

const send = (rest: REST = scene.rest) =>
  rest
    .post(Routes.channelMessages(scene.brand.id), { body: { content: "x" } })
    .catch((reason: unknown) => reason);

describe("faults of calls", () => {
  it.each<{ fault: CallFault; happened: number; shows: object }>([
    { fault: { kind: "status", status: 502 }, happened: 0, shows: { name: HTTPError.name, status: 502 } },
    { fault: { kind: "status", status: 500 }, happened: 0, shows: { name: HTTPError.name, status: 500 } },
    { fault: { kind: "error", code: 50013, status: 403 }, happened: 0, shows: { code: 50013, status: 403 } },
    { fault: { kind: "lost_answer" }, happened: 1, shows: { name: HTTPError.name, status: 500 } },
    { fault: { kind: "reset_before" }, happened: 0, shows: { message: "other side closed" } },
    { fault: { kind: "reset_after" }, happened: 1, shows: { message: "other side closed" } },
    { fault: { kind: "slow", ms: 30 }, happened: 1, shows: { content: "x" } },
    { fault: { kind: "slow_answer", ms: 30 }, happened: 1, shows: { content: "x" } },
  ])("$fault: happened $happened times", async ({ fault, happened, shows }) => {
    const { discord, brand } = scene;
    discord.faults.call("POST /channels/{channel}/messages", fault);
    const started = performance.now();
    const result = await send();
    expect(result).toMatchObject(shows);
    if ("ms" in fault) expect(performance.now() - started).toBeGreaterThanOrEqual(fault.ms - 1);
    if (fault.kind === "error") expect(result).toBeInstanceOf(DiscordAPIError);
    expect(brand.messages()).toHaveLength(happened);
    expect(discord.calls("POST *")).toMatchObject([{ took: happened === 1 }]);
    expect(discord.faults.injected).toEqual({ [fault.kind]: 1 });
    expect(await send()).toMatchObject({ content: "x" });
  });

  it("a 429 by wish, with its scope and code", async () => {
    const { discord } = scene;
    const rest = new REST({
      ...optionsFor(discord).rest,
      version: "10",
      rejectOnRateLimit: () => true,
    }).setToken(discord.token);
    discord.faults.call("POST *", { kind: "rate_limited", retryAfterS: 2.5, scope: "shared", code: 30046 });
    const error: unknown = await send(rest);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ scope: "shared", global: false });
    expect(discord.calls("POST *")[0]?.answer).toMatchObject({
      status: 429,
      code: 30046,
      body: { retry_after: 2.5 },
    });
  });

  it("come as often as asked for, on what was meant", async () => {
    const { discord } = scene;
    discord.faults.call("GET *", { kind: "status", status: 500 });
    discord.faults.call("POST */messages", { kind: "status", status: 500 }, { times: 2 });
    const results = [await send(), await send(), await send()];
    expect(results.map((each) => each instanceof HTTPError)).toEqual([true, true, false]);
    discord.faults.call("*", { kind: "status", status: 500 }, { p: 0.5 });
    const often = await Promise.all(Array.from({ length: 40 }, () => send()));
    const failed = often.filter((each) => each instanceof HTTPError).length;
    expect(failed).toBeGreaterThan(5);
    expect(failed).toBeLessThan(35);
    discord.faults.clear();
    expect(await send()).toMatchObject({ content: "x" });
  });

  it("of downloads", async () => {
    const { discord, brand, ada } = scene;
    const { attachments } = ada.say(brand, "x", { files: [{ name: "a.txt", bytes: Buffer.from("abc") }] });
    discord.faults.call("GET /attachments", { kind: "status", status: 503 });
    expect((await fetch(attachments[0]?.url ?? "")).status).toBe(503);
    expect(await (await fetch(attachments[0]?.url ?? "")).text()).toBe("abc");
  });
});

describe("faults of events", () => {
  const hear = async () => {
    const heard: string[] = [];
    await scene.connect(
      (client) => client.on(Events.MessageReactionAdd, ({ emoji }) => void heard.push(String(emoji.name))),
      { partials: [Partials.Message, Partials.Reaction] },
    );
    const message = scene.ada.say(scene.brand, "hello");
    return { heard, react: (emoji: string) => scene.ada.react(message, emoji) };
  };

  it("twice, never, and late", async () => {
    const { discord } = scene;
    const { heard, react } = await hear();
    discord.faults.event("MESSAGE_REACTION_ADD", { kind: "duplicate" });
    react("1️⃣");
    discord.faults.event("MESSAGE_REACTION_ADD", { kind: "lost" });
    react("2️⃣");
    discord.faults.event("MESSAGE_REACTION_ADD", { kind: "delay", ms: 50 });
    react("3️⃣");
    react("4️⃣");
    await discord.until(() => heard.includes("3️⃣"));
    expect(heard).toEqual(["1️⃣", "1️⃣", "4️⃣", "3️⃣"]);
    expect(discord.faults.injected).toEqual({ duplicate: 1, lost: 1, delay: 1 });
  });
});
