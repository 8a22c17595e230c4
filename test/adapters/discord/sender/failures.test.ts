import { describe, expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import { asJob, EDIT, failureOf, gridCard, once, POST, useSenderDesks } from "./sender-desk.ts";

const open = useSenderDesks();
const said = (words: string) => plainCard("info", words);
const VIEW = 1n << 10n;
const SEND = 1n << 11n;
const HISTORY = 1n << 16n;

describe("what is gone", () => {
  it("is a deleted message, and a deleted channel", async () => {
    const { sender, place, channel, guild } = await open();
    const ref = await sender.post(place, said("here"), once("k1"));
    channel.deleteMessage(ref.split(":").at(-1) ?? "");
    const gone = { name: "ChatError", kind: "gone" };
    await expect(sender.edit(ref, said("there"))).rejects.toMatchObject(gone);
    await expect(sender.reactions(ref)).rejects.toMatchObject(gone);
    guild.deleteChannel(channel.id);
    await expect(sender.post(place, said("here"), once("k2"))).rejects.toMatchObject(gone);
    await expect(sender.edit(ref, said("there"))).rejects.toMatchObject(gone);
    await expect(sender.thread(ref, "a red fox")).rejects.toMatchObject(gone);
  });
});

describe("a missing permission", () => {
  it.each([
    ["View Channel", 0n],
    ["Send Messages", VIEW | HISTORY],
    ["Attach Files", VIEW | HISTORY | SEND],
  ])("is called by its name: %s", async (name, permissions) => {
    const { sender, place, guild, addAsset } = await open();
    guild.setBotPermissions(permissions);
    const failure = await failureOf(sender.post(place, gridCard(await addAsset()), once("k1")));
    expect(failure).toMatchObject({ kind: "refused", message: expect.stringContaining(name) });
  });

  it("of a bot that was removed from the server is refused, with how to come back", async () => {
    const { sender, place, guild } = await open();
    guild.removeBot();
    const failure = await failureOf(sender.post(place, said("here"), once("k1")));
    expect(failure).toMatchObject({ kind: "refused", message: expect.stringContaining("invite it") });
  });
});

describe("a token that is no longer valid", () => {
  it("is refused in words, again and again", async () => {
    const { sender, place, discord } = await open();
    discord.resetToken();
    for (let count = 0; count < 3; count++) {
      const failure = await failureOf(sender.post(place, said("here"), once("k1")));
      expect(failure).toMatchObject({ kind: "refused", message: expect.stringContaining("token") });
    }
  });
});

describe("a limit", () => {
  it("says when to come back, and nothing is asked until then", async () => {
    const { sender, place, discord, calls } = await open();
    discord.faults.call(POST, { kind: "rate_limited", retryAfterS: 7, scope: "shared" });
    for (let count = 0; count < 5; count++) {
      const failure = await failureOf(sender.post(place, said("here"), once("k1")));
      expect(failure).toMatchObject({ kind: "unavailable", inDoubt: false });
      expect((failure as ChatError).retryAfterMs).toBeGreaterThan(6_500);
      expect((failure as ChatError).retryAfterMs).toBeLessThan(8_000);
    }
    expect(calls(POST)).toHaveLength(1);
  });

  it("on edits of old messages is one of that message", async () => {
    const { sender, place, discord, at } = await open();
    const old = await sender.post(place, said("old"), once("k1"));
    const young = await sender.post(place, said("young"), once("k2"));
    discord.faults.call(EDIT, { kind: "rate_limited", retryAfterS: 20, scope: "shared", code: 30046 });
    expect(await failureOf(sender.edit(old, said("older")))).toMatchObject({
      kind: "unavailable",
      inDoubt: false,
      retryAfterMs: expect.any(Number),
    });
    await sender.edit(young, said("younger"));
    expect(at(young)?.words).toBe("younger");
  });
});

describe("old messages", () => {
  it("are edited as often as Discord lets them be, and young ones meanwhile", async () => {
    const { sender, place, discord, calls, at } = await open({ limits: "real", speed: 20 });
    const refs = [];
    for (const key of ["a", "b", "c", "d"])
      refs.push(await asJob(() => sender.post(place, said(key), once(key))));
    discord.pass(2 * 60 * 60_000);
    const young = await asJob(() => sender.post(place, said("young"), once("y")));
    await Promise.all(refs.map((ref) => asJob(() => sender.edit(ref, said("edited")))));
    await asJob(() => sender.edit(young, said("edited")));
    for (const ref of [...refs, young]) expect(at(ref)?.words).toBe("edited");
    expect(calls(EDIT).filter(({ answer }) => answer?.code === 30046).length).toBeLessThanOrEqual(2);
  }, 30_000);
});

describe("an outage", () => {
  it.each([
    [{ kind: "status", status: 500 }, true],
    [{ kind: "status", status: 502 }, true],
    [{ kind: "reset_before" }, true],
    [{ kind: "reset_after" }, true],
    [{ kind: "error", code: 130000, status: 503 }, true],
    [{ kind: "error", code: 40062, status: 400 }, false],
  ] as const)("is worth another try: %j", async (fault, inDoubt) => {
    const { sender, place, discord, channel } = await open();
    discord.faults.call(POST, fault);
    const failure = await failureOf(sender.post(place, said("here"), once("k1")));
    expect(failure).toBeInstanceOf(ChatError);
    expect(failure).toMatchObject({ kind: "unavailable", inDoubt });
    await sender.post(place, said("here"), { key: "k1", inDoubtSince: new Date(discord.now() - 1_000) });
    expect(channel.messages()).toHaveLength(1);
  });

  it("reaches everything that asks Discord", async () => {
    const { sender, place, discord } = await open();
    const ref = await sender.post(place, said("here"), once("k1"));
    discord.faults.call("*", { kind: "reset_before" }, { p: 1 });
    for (const attempt of [
      () => sender.post(place, said("here"), once("k2")),
      () => sender.edit(ref, said("there")),
      () => sender.thread(ref, "a red fox"),
      () => sender.reactions(ref),
    ]) {
      expect(await failureOf(attempt())).toMatchObject({ name: "ChatError", kind: "unavailable" });
    }
    expect(await sender.seed(ref, ["n1"])).toBeGreaterThan(0);
  });
});

it("keeps what it was asked to say, and its token, out of its errors", async () => {
  const { sender, place, guild, discord } = await open();
  guild.setBotPermissions(VIEW);
  const failure = await failureOf(sender.post(place, said("a secret prompt"), once("k1")));
  const { inspect } = await import("node:util");
  const words = inspect(failure, { depth: 20, showHidden: true });
  expect(words).not.toContain("a secret prompt");
  expect(words).not.toContain(discord.token);
});
