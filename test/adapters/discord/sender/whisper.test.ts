import { Routes } from "discord.js";
import { expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { inside, once, type SenderDesk, useSenderDesks } from "./sender-desk.ts";

const open = useSenderDesks();
const said = (words: string) => plainCard("info", words);
const DRAFT = { name: "draft", type: 1, description: "Draft" };

/** Ada uses a command there, and the app answers. */
async function use(
  { discord, ada, rest, recent, guild }: SenderDesk,
  where: SenderDesk["channel"],
  at: Date,
) {
  discord.register([DRAFT]);
  const used = ada.command(where, "draft");
  const { id, payload } = await discord.until(() => discord.interactions.at(-1));
  const token = String(payload.token);
  await rest.post(Routes.interactionCallback(id, token), {
    auth: false,
    body: { type: 4, data: { content: "yes", flags: 64 } },
  });
  await used;
  recent.remember({
    guild: guild.id,
    channel: where.id,
    user: ada.id,
    application: discord.applicationId,
    token,
    at,
  });
  return token;
}

it("reaches who has used something there, in private", async () => {
  const desk = await open();
  const { sender, place, channel, guild, ada, user } = desk;
  const noor = guild.addPerson("noor");
  expect(await sender.whisper(place, user(ada), said("psst"))).toBe(false);
  await use(desk, channel, new Date());
  expect(await sender.whisper(place, user(ada), said("psst"))).toBe(true);
  expect(ada.privates(channel).map(({ words }) => words)).toContain("psst");
  expect(noor.privates(channel)).toEqual([]);
  expect(await sender.whisper(place, user(noor), said("psst"))).toBe(false);
});

it("reaches them in a thread by what they have used in it, or in its channel", async () => {
  const desk = await open();
  const { sender, place, channel, ada, user } = desk;
  const root = await sender.post(place, said("root"), once("k0"));
  const there = { ...place, thread: await sender.thread(root, "a red fox") };
  expect(await sender.whisper(there, user(ada), said("psst"))).toBe(false);
  await use(desk, channel, new Date());
  expect(await sender.whisper(there, user(ada), said("in the channel"))).toBe(true);
  expect(ada.privates(channel).map(({ words }) => words)).toContain("in the channel");
  const [thread] = channel.threads();
  if (thread === undefined) throw new Error("there is no thread");
  await use(desk, thread, new Date());
  expect(await sender.whisper(inside(place, thread), user(ada), said("in the thread"))).toBe(true);
  expect(ada.privates(thread).map(({ words }) => words)).toContain("in the thread");
});

it("reaches nobody after 15 minutes, whoever's clock is right", async () => {
  const desk = await open();
  const { sender, place, channel, discord, ada, user } = desk;
  await use(desk, channel, new Date(Date.now() - 16 * 60_000));
  expect(await sender.whisper(place, user(ada), said("psst"))).toBe(false);
  const token = await use(desk, channel, new Date());
  discord.pass(16 * 60_000);
  expect(await sender.whisper(place, user(ada), said("psst"))).toBe(false);
  // The bot's own token is none the worse for it.
  await sender.post(place, said("here"), once("k1"));
  expect(desk.log.words()).not.toContain(token);
});

it("keeps the token of an interaction out of its errors", async () => {
  const desk = await open();
  const { sender, place, channel, discord, ada, user } = desk;
  const token = await use(desk, channel, new Date());
  for (const fault of [
    { kind: "status", status: 502 },
    { kind: "error", code: 50035 },
    { kind: "rate_limited", retryAfterS: 3 },
    { kind: "reset_before" },
  ] as const) {
    discord.faults.call("POST /webhooks/*", fault);
    const error = await sender.whisper(place, user(ada), said("psst")).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "ChatError" });
    const { inspect } = await import("node:util");
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(token);
    discord.pass(10_000);
  }
});
