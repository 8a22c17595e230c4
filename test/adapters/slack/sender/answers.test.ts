import { describe, expect, test } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import type { MessageRef } from "../../../../src/core/ids.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import { type DeskOptions, once, type SenderDesk, under, useSenderDesks } from "./sender-desk.ts";

const openDesk = useSenderDesks();
let desk: SenderDesk;

async function open(options: DeskOptions = {}): Promise<SenderDesk> {
  desk = await openDesk(options);
  return desk;
}

const CARD = plainCard("info", "Hello *all* <!channel>");
const failure = async (work: Promise<unknown>): Promise<ChatError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ChatError);
  return error as ChatError;
};

describe("a whisper", () => {
  test("is seen by one person, in the thread", async () => {
    const { sender, place, channel, ada, user, team } = await open();
    const mia = team.addPerson("Mia");
    channel.join(mia);
    const root = await sender.post(place, CARD, once("p1"));
    expect(await sender.whisper(under(place, root), user(ada), plainCard("warn", "Not yours to pick."))).toBe(
      true,
    );
    expect(ada.whispers(channel)).toMatchObject([{ threadTs: desk.at(root)?.ts }]);
    expect(ada.whispers(channel)[0]?.words).toContain("Not yours to pick.");
    expect(mia.whispers(channel)).toEqual([]);
  });

  test("stands beside a thread that is no more", async () => {
    const { sender, place, channel, ada, user, team } = await open();
    const root = `slack:${team.id}:${channel.id}:1700000000.000100` as MessageRef;
    expect(await sender.whisper(under(place, root), user(ada), CARD)).toBe(true);
    expect(ada.whispers(channel)).toMatchObject([{ threadTs: undefined }]);
  });

  test("has no way to somebody outside", async () => {
    const { sender, place, user, team } = await open();
    expect(await sender.whisper(place, user(team.addPerson("Mia")), CARD)).toBe(false);
  });

  test("joins the channel, or has no way", async () => {
    const { sender, place, user, ada, channel } = await open({ channel: { bot: false } });
    expect(await sender.whisper(place, user(ada), CARD)).toBe(true);
    expect(channel.isBotMember).toBe(true);
    const other = await openDesk({ scopes: ["chat:write"], channel: { bot: false } });
    expect(await other.sender.whisper(other.place, other.user(other.ada), CARD)).toBe(false);
  });
});

describe("reactions", () => {
  test("are those of people, of any skin tone, and mean something", async () => {
    const { sender, place, ada, team, channel, user } = await open();
    const mia = team.addPerson("Mia");
    channel.join(mia);
    const ref = await sender.post(place, CARD, once("p1"));
    const message = desk.at(ref);
    if (message === undefined) throw new Error("nothing was posted");
    expect(await sender.seed(ref, ["n1", "approve"])).toBeUndefined();
    ada.react(message, "one");
    mia.react(message, "one");
    mia.react(message, "tada");
    mia.react(message, "+1::skin-tone-3");
    expect(await sender.reactions(ref)).toEqual([{ emoji: "n1", people: [user(ada), user(mia)] }]);
  });

  test("of a message that was deleted are gone", async () => {
    const { sender, channel, team } = await open();
    const ref = `slack:${team.id}:${channel.id}:1700000000.000100` as MessageRef;
    expect(await failure(sender.reactions(ref))).toMatchObject({ kind: "gone" });
  });
});

describe("a status", () => {
  test("stands in a thread while work goes on, until the next post", async () => {
    const { sender, place, channel } = await open();
    const root = await sender.post(place, CARD, once("p1"));
    const busy = plainCard("busy", "Finishing take 3 in 2K: a <red> fox");
    expect(await sender.status(under(place, root), busy, new Date(0))).toBe(100_000);
    const ts = desk.at(root)?.ts ?? "";
    expect(channel.status(ts)).toBe("is finishing take 3 in 2K: a ‹red› fox");
    await sender.post(under(place, root), CARD, once("p2"));
    expect(channel.status(ts)).toBeUndefined();
  });

  test("in a channel is silence, for 20 seconds", async () => {
    const { sender, place, calls } = await open();
    const left = await sender.status(place, CARD, new Date(Date.now() - 15_000));
    expect(left).toBeGreaterThan(4_000);
    expect(left).toBeLessThanOrEqual(5_000);
    expect(await sender.status(place, CARD, new Date(Date.now() - 20_000))).toBeUndefined();
    expect(calls("assistant.threads.setStatus")).toEqual([]);
  });

  test("that Slack does not take is none", async () => {
    const { sender, place, slack } = await open();
    const root = await sender.post(place, CARD, once("p1"));
    slack.faults.call("assistant.threads.setStatus", { kind: "status", status: 503 });
    expect(await sender.status(under(place, root), CARD, new Date())).toBeUndefined();
  });
});
