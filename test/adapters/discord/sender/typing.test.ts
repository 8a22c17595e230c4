import { describe, expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { once, useSenderDesks } from "./sender-desk.ts";

const open = useSenderDesks();
const busy = plainCard("busy", "Finishing take 3 in 2K: a red fox");
const TYPING = "POST /channels/{channel}/typing";

describe("work in passing", () => {
  it("is typed in its thread, again before that fades, and no message", async () => {
    const { sender, place, channel, calls } = await open();
    const root = await sender.post(place, plainCard("info", "root"), once("k0"));
    const thread = { ...place, thread: await sender.thread(root, "a red fox") };
    const againMs = await sender.status(thread, busy, new Date());
    // https://docs.discord.com/developers/resources/channel#trigger-typing-indicator: 10 seconds
    expect(againMs).toBeGreaterThan(0);
    expect(againMs).toBeLessThan(10_000);
    const [inside] = channel.threads();
    expect(calls(TYPING).map(({ path }) => path)).toEqual([`/channels/${inside?.id}/typing`]);
    expect(inside?.messages().filter(({ byApp, type }) => byApp && type === 0)).toEqual([]);
  });

  it("has a message in the channel itself, and where it cannot be typed", async () => {
    const { sender, place, discord } = await open();
    expect(await sender.status(place, busy, new Date())).toBeUndefined();
    const root = await sender.post(place, plainCard("info", "root"), once("k0"));
    const thread = { ...place, thread: await sender.thread(root, "a red fox") };
    discord.faults.call(TYPING, { kind: "error", code: 50013, status: 403 });
    expect(await sender.status(thread, busy, new Date())).toBeUndefined();
  });

  it("has no message because Discord is in trouble: the final would be an edit of it, which calls nobody", async () => {
    const { sender, place, discord } = await open();
    const root = await sender.post(place, plainCard("info", "root"), once("k0"));
    const thread = { ...place, thread: await sender.thread(root, "a red fox") };
    discord.faults.call(TYPING, { kind: "status", status: 500 });
    expect(await sender.status(thread, busy, new Date())).toBeGreaterThan(0);
    discord.faults.call(TYPING, { kind: "rate_limited", retryAfterS: 2 });
    expect(await sender.status(thread, busy, new Date())).toBeGreaterThanOrEqual(2_000);
  });
});
