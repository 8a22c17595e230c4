import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Emoji } from "../../../../src/core/card.ts";
import { plainCard } from "../../../../src/core/card.ts";
import type { MessageRef } from "../../../../src/core/ids.ts";
import type { ChatSender } from "../../../../src/ports/chat.ts";
import { EDIT, gridCard, once, POST, REACT, useSenderDesks } from "./sender-desk.ts";

const open = useSenderDesks();
const said = (words: string) => plainCard("info", words);
const SEEDS: readonly Emoji[] = ["n1", "n2", "n3", "n4", "reroll", "approve"];
const SIGNS = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "🔄", "✅"];

/** As a job does it. */
async function seed(sender: ChatSender, message: MessageRef, seeds = SEEDS): Promise<number> {
  for (let turns = 1; ; turns++) {
    const ms = await sender.seed(message, seeds);
    if (ms === undefined) return turns;
    expect(ms).toBeGreaterThan(0);
    await sleep(ms);
  }
}

it("puts the bot's reactions on in order, and once", async () => {
  const { sender, place, at, restart, discord } = await open();
  const ref = await sender.post(place, said("here"), once("k1"));
  await seed(sender, ref);
  await seed(restart(), ref);
  expect(Object.entries(at(ref)?.reactions ?? {})).toEqual(SIGNS.map((sign) => [sign, [discord.botUserId]]));
});

it("paces them by Discord's headers, without a single refusal, and never waits itself", async () => {
  const { sender, place, at, calls } = await open({ limits: "real" });
  const refs = await Promise.all(["a", "b", "c"].map((key) => sender.post(place, said(key), once(key))));
  const longest: number[] = [];
  await Promise.all(
    refs.map(async (ref) => {
      for (;;) {
        const start = performance.now();
        const ms = await sender.seed(ref, SEEDS);
        longest.push(performance.now() - start);
        if (ms === undefined) return;
        await sleep(ms);
      }
    }),
  );
  for (const ref of refs) expect(Object.keys(at(ref)?.reactions ?? {})).toEqual(SIGNS);
  const reacts = calls(REACT);
  expect(reacts).toHaveLength(refs.length * SEEDS.length);
  expect(reacts.filter(({ answer }) => answer?.status === 429)).toEqual([]);
  const gaps = reacts.slice(1).map(({ at: time }, index) => time - (reacts[index]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(240);
  // Slower than a wait for a turn would be: nothing was waited for inside.
  expect(longest.toSorted((a, b) => a - b)[Math.floor(longest.length / 2)]).toBeLessThan(250);
}, 60_000);

it("lets a post and an edit of the channel go first, and no other channel's", async () => {
  const { sender, place, at, addChannel, addAsset, discord } = await open();
  const other = addChannel("other");
  const ref = await sender.post(place, said("here"), once("k1"));
  const elsewhere = await sender.post(other.place, said("there"), once("k2"));
  for (const [route, work] of [
    [POST, () => sender.post(place, said("next"), once("k3"))],
    [EDIT, async () => sender.edit(ref, gridCard(await addAsset()))],
  ] as const) {
    discord.faults.call(route, { kind: "slow", ms: 300 });
    const under = work();
    await discord.until(() => discord.calls(route).some(({ answer }) => answer === undefined));
    expect(await sender.seed(ref, SEEDS)).toBeGreaterThan(0);
    expect(at(ref)?.reactions).toEqual({});
    await seed(sender, elsewhere, ["n1"]);
    await under;
  }
  expect(await seed(sender, ref)).toBeLessThanOrEqual(SEEDS.length + 1);
});

it("gives up what comes too late to be of use, by when it was first asked for", async () => {
  let now = Date.now();
  const { sender, place, at, discord } = await open({ clock: () => new Date(now) });
  const ref = await sender.post(place, said("here"), once("k1"));
  // The grid is an edit of a message that is minutes old: that is not too late.
  now += 10 * 60_000;
  discord.faults.call(REACT, { kind: "rate_limited", retryAfterS: 30 });
  expect(await sender.seed(ref, SEEDS)).toBeGreaterThan(29_000);
  now += 91_000;
  expect(await sender.seed(ref, SEEDS)).toBe(undefined);
  expect(at(ref)?.reactions).toEqual({});
});

it("is no failure: without the permission, on a deleted message, in an outage", async () => {
  const { sender, place, channel, guild, discord, log } = await open();
  const ref = await sender.post(place, said("here"), once("k1"));
  guild.setBotPermissions((1n << 10n) | (1n << 11n) | (1n << 16n));
  expect(await sender.seed(ref, SEEDS)).toBe(undefined);
  expect(log.lines.at(-1)).toMatchObject({
    event: "discord.not_seeded",
    fields: { reason: expect.stringContaining("Add Reactions") },
  });
  discord.faults.call(REACT, { kind: "status", status: 502 });
  expect(await sender.seed(ref, SEEDS)).toBeGreaterThan(0);
  channel.deleteMessage(ref.split(":").at(-1) ?? "");
  expect(await sender.seed(ref, SEEDS)).toBe(undefined);
});
