import { describe, expect, test } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import { type DeskOptions, gridCard, once, type SenderDesk, useSenderDesks } from "./sender-desk.ts";

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

describe("failures", () => {
  test.each([
    [
      { kind: "status", status: 500 },
      { kind: "unavailable", inDoubt: true },
    ],
    [
      { kind: "status", status: 200 },
      { kind: "unavailable", inDoubt: true },
    ],
    [{ kind: "reset_before" }, { kind: "unavailable", inDoubt: true }],
    [
      { kind: "rate_limited", retryAfterS: 7 },
      { kind: "unavailable", retryAfterMs: 7_000, inDoubt: false },
    ],
    [
      { kind: "error", error: "internal_error" },
      { kind: "unavailable", inDoubt: true },
    ],
    [
      { kind: "error", error: "ratelimited" },
      { kind: "unavailable", inDoubt: false },
    ],
    [{ kind: "error", error: "invalid_channel" }, { kind: "gone" }],
    // A person may put these right: the bot is invited again, the channel unarchived, the app installed again.
    [
      { kind: "error", error: "token_revoked" },
      { kind: "refused", retryAfterMs: 60_000 },
    ],
    [{ kind: "error", error: "account_inactive" }, { kind: "refused" }],
    [{ kind: "error", error: "team_access_not_granted" }, { kind: "refused" }],
    [
      { kind: "error", error: "channel_not_found" },
      { kind: "refused", retryAfterMs: 60_000 },
    ],
    [{ kind: "error", error: "is_archived" }, { kind: "refused" }],
    [{ kind: "error", error: "restricted_action" }, { kind: "refused" }],
    [{ kind: "error", error: "msg_blocks_too_long" }, { kind: "refused" }],
    [{ kind: "error", error: "never_heard_of_it" }, { kind: "refused" }],
  ] as const)("%j is %j, after one call", async (fault, meaning) => {
    const { sender, place, slack, calls } = await open();
    slack.faults.call("chat.postMessage", fault);
    expect(await failure(sender.post(place, CARD, once("p1")))).toMatchObject(meaning);
    expect(calls("chat.postMessage")).toHaveLength(1);
  });

  test("a missing scope is named, with where to add it", async () => {
    const { sender, place } = await open({ scopes: ["files:write"] });
    const error = await failure(sender.post(place, CARD, once("p1")));
    expect(error.kind).toBe("refused");
    expect(error.message).toMatch(/chat:write.*OAuth & Permissions.*reinstall/);
  });

  test("an app that was removed may be installed again", async () => {
    const { sender, place, team } = await open();
    await sender.post(place, CARD, once("p1"));
    team.uninstall();
    expect(await failure(sender.post(place, CARD, once("p2")))).toMatchObject({ kind: "refused" });
  });

  test("a post whose answer is lost is in doubt, with a picture too", async () => {
    const { sender, place, slack, channel } = await open();
    slack.faults.call("chat.postMessage", { kind: "reset_after" });
    expect(await failure(sender.post(place, gridCard(await desk.addAsset()), once("p1")))).toMatchObject({
      inDoubt: true,
    });
    expect(channel.messages()).toHaveLength(1);
  });

  test.each([
    ["who it is could not be asked", "auth.test"],
    ["the channel could not be joined", "conversations.join"],
    ["the picture did not go up", "upload"],
  ])("a post is in no doubt when %s", async (_, method) => {
    const { sender, place, slack, channel } = await open({ channel: { bot: false } });
    slack.faults.call(method, { kind: "reset_after" });
    const error = await failure(sender.post(place, gridCard(await desk.addAsset()), once("p1")));
    expect(error).toMatchObject({ kind: "unavailable", inDoubt: false });
    expect(channel.messages()).toEqual([]);
  });

  test("a post is in no doubt when our own records could not be asked", async () => {
    const { sender, place, db } = await open();
    await db.schema.alterTable("slack_files").renameTo("slack_files_away").execute();
    const error = await failure(sender.post(place, gridCard(await desk.addAsset()), once("p1")));
    await db.schema.alterTable("slack_files_away").renameTo("slack_files").execute();
    expect(error).toMatchObject({ kind: "unavailable", inDoubt: false });
  });
});
