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

describe("a post", () => {
  test("says the card, unfurls nothing and reads no names", async () => {
    const { sender, place, channel, calls, team } = await open();
    const ref = await sender.post(place, CARD, once("p1"));
    expect(channel.messages()).toMatchObject([
      { words: "Hello *all* <!channel>", text: "Hello *all* &lt;!channel&gt;", byApp: true },
    ]);
    expect(ref).toBe(`slack:${team.id}:${channel.id}:${channel.messages()[0]?.ts}`);
    const [{ args } = { args: {} }] = calls("chat.postMessage");
    expect(args).toMatchObject({ unfurl_links: "false", unfurl_media: "false", mrkdwn: "false" });
    expect(Object.keys(args)).not.toContain("parse");
    expect(Object.keys(args)).not.toContain("link_names");
    expect(desk.at(ref)?.blocks[0]).toMatchObject({ block_id: "post.p1" });
  });

  test("stands in the thread of its place", async () => {
    const { sender, place, channel } = await open();
    const root = await sender.post(place, CARD, once("p1"));
    const thread = await sender.thread(root, "a red fox");
    const reply = await sender.post({ ...place, thread }, CARD, once("p2"));
    expect(channel.thread(desk.at(root)?.ts ?? "")).toMatchObject([{ ts: desk.at(reply)?.ts }]);
  });

  test("whose answer was lost is found again, not posted twice", async () => {
    const { sender, place, channel, slack } = await open();
    const since = new Date();
    slack.faults.call("chat.postMessage", { kind: "reset_after" });
    const error = await failure(sender.post(place, CARD, once("p1")));
    expect(error).toMatchObject({ kind: "unavailable", inDoubt: true });
    await sender.post(place, plainCard("info", "another"), once("p2"));
    const ref = await sender.post(place, CARD, { key: "p1", inDoubtSince: since });
    expect(channel.messages()).toHaveLength(2);
    expect(desk.at(ref)?.ts).toBe(channel.messages()[0]?.ts);
  });

  test("whose answer was lost is found in its thread, and on a later page", async () => {
    const { sender, place, channel, slack } = await open();
    const root = await sender.post(place, CARD, once("root"));
    const since = new Date();
    slack.faults.call("chat.postMessage", { kind: "reset_after" });
    await failure(sender.post(under(place, root), CARD, once("p1")));
    for (let count = 0; count < 205; count++)
      desk.ada.say(channel, `chatter ${count}`, { thread: desk.at(root)?.ts ?? "" });
    const ref = await sender.post(under(place, root), CARD, { key: "p1", inDoubtSince: since });
    const replies = channel.thread(desk.at(root)?.ts ?? "").filter((each) => each.byApp);
    expect(replies).toHaveLength(1);
    expect(desk.at(ref)?.ts).toBe(replies[0]?.ts);
  });

  test("that did not go out is posted, after a look", async () => {
    const { sender, place, channel, slack, calls } = await open();
    slack.faults.call("chat.postMessage", { kind: "reset_before" });
    await failure(sender.post(place, CARD, once("p1")));
    await sender.post(place, CARD, { key: "p1", inDoubtSince: new Date() });
    expect(channel.messages()).toHaveLength(1);
    expect(calls("conversations.history")).toHaveLength(1);
  });

  test("in doubt is looked for in a channel that the bot was sent out of meanwhile", async () => {
    const { sender, place, channel, slack } = await open();
    const since = new Date();
    slack.faults.call("chat.postMessage", { kind: "reset_after" });
    await failure(sender.post(place, CARD, once("p1")));
    channel.leave("bot");
    await sender.post(place, CARD, { key: "p1", inDoubtSince: since });
    expect(channel.messages()).toHaveLength(1);
  });

  test("in doubt goes out where Slack shows one page a minute, instead of being sought for ever", async () => {
    const { sender, place, channel, log } = await open({ limits: { "conversations.history": 1 } });
    const since = new Date();
    for (let count = 0; count < 205; count++) desk.ada.say(channel, `chatter ${count}`);
    await sender.post(place, CARD, { key: "p1", inDoubtSince: since });
    expect(channel.messages().filter((each) => each.byApp)).toHaveLength(1);
    expect(log.lines.map((line) => line.event)).toContain("slack.posted_unseen");
  });

  test("in doubt goes out where the app may not look, and that is logged", async () => {
    const { sender, place, channel, log } = await open({ scopes: ["chat:write"] });
    await sender.post(place, CARD, { key: "p1", inDoubtSince: new Date() });
    expect(channel.messages()).toHaveLength(1);
    expect(log.lines.map((line) => line.event)).toContain("slack.posted_unseen");
  });

  test("joins a public channel first", async () => {
    const { sender, place, channel } = await open({ channel: { bot: false } });
    await sender.post(place, CARD, once("p1"));
    expect(channel.isBotMember).toBe(true);
    expect(channel.messages()).toHaveLength(1);
  });

  test("asks for an invitation where it may not join", async () => {
    const scopes = ["chat:write", "channels:read"];
    const { sender, place } = await open({ scopes, channel: { bot: false } });
    const error = await failure(sender.post(place, CARD, once("p1")));
    expect(error.kind).toBe("refused");
    expect(error.message).toContain("/invite");
  });

  test("to a private channel waits for the bot to be invited", async () => {
    const { sender, place, channel } = await open({ channel: { bot: false, isPrivate: true } });
    const error = await failure(sender.post(place, CARD, once("p1")));
    expect(error).toMatchObject({ kind: "refused", inDoubt: false });
    expect(error.message).toContain("/invite @draftroom");
    channel.join("bot");
    await sender.post(place, CARD, once("p1"));
    expect(channel.messages()).toHaveLength(1);
  });

  test("goes into the channel when its thread was deleted", async () => {
    const { sender, place, channel } = await open();
    const question = desk.ada.say(channel, "draft something?");
    desk.ada.deleteMessage(question);
    const root = `slack:${desk.team.id}:${channel.id}:${question.ts}` as MessageRef;
    const ref = await sender.post(under(place, root), CARD, once("p1"));
    expect(desk.at(ref)?.threadTs).toBeUndefined();
    const again = await sender.post(under(place, root), CARD, { key: "p1", inDoubtSince: new Date() });
    expect(again).toBe(ref);
  });
});

describe("an edit", () => {
  test("replaces words and blocks", async () => {
    const { sender, place, calls } = await open();
    const ref = await sender.post(place, CARD, once("p1"));
    await sender.edit(ref, plainCard("ok", "Picked."));
    expect(desk.at(ref)).toMatchObject({ text: "Picked.", edited: false });
    expect(desk.at(ref)?.words).toContain("Picked.");
    expect(calls("chat.update")[0]?.args).toMatchObject({ parse: "none" });
  });

  test("in an archived channel waits for it to be opened again", async () => {
    const { sender, place, channel } = await open();
    const ref = await sender.post(place, CARD, once("p1"));
    channel.archive();
    expect(await failure(sender.edit(ref, CARD))).toMatchObject({ kind: "refused" });
    expect(await failure(sender.post(place, CARD, once("p2")))).toMatchObject({ kind: "refused" });
  });

  test.each(["edit_window_closed", "cant_update_message"])(
    "that will never be allowed (%s) is given up",
    async (error) => {
      const { sender, place, slack, log } = await open();
      const ref = await sender.post(place, CARD, once("p1"));
      slack.faults.call("chat.update", { kind: "error", error });
      await sender.edit(ref, plainCard("ok", "Picked."));
      expect(desk.at(ref)?.words).not.toContain("Picked.");
      expect(log.lines).toContainEqual({
        event: "slack.edit_closed",
        fields: expect.objectContaining({ error }),
      });
    },
  );
});
