import { afterEach, describe, expect, it } from "vitest";
import { failureOf } from "../../support/slack/slack-client.ts";
import { type SlackScene, setSlackScene } from "../../support/slack/slack-scene.ts";

let scene: SlackScene;

afterEach(async () => {
  await scene.end();
});

const setUp = async (scopes?: readonly string[]) => {
  scene = await setSlackScene({ limits: "off" }, scopes);
  return scene;
};

describe("channels", () => {
  it("lets the bot post only where it is, and not where nobody can", async () => {
    const { slack, web, team, ada } = await setUp();
    const open = team.addChannel("open", { members: [ada] });
    const secret = team.addChannel("secret", { members: [ada], isPrivate: true });
    const other = slack.addWorkspace().addChannel("theirs", { bot: true });
    const post = (channel: string) => web.chat.postMessage({ channel, text: "hi" });
    expect(await failureOf(post(open.id))).toMatchObject({ error: "not_in_channel" });
    expect(await failureOf(post(secret.id))).toMatchObject({ error: "channel_not_found" });
    expect(await failureOf(post(other.id))).toMatchObject({ error: "channel_not_found" });
    await web.conversations.join({ channel: open.id });
    await post(open.id);
    open.archive();
    expect(await failureOf(post(open.id))).toMatchObject({ error: "is_archived" });
    expect(await failureOf(web.conversations.join({ channel: secret.id }))).toMatchObject({
      error: "channel_not_found",
    });
    expect(slack.problems).toEqual([]);
  });

  it("posts anywhere public with chat:write.public, and to a person by their id", async () => {
    const { web, team, ada } = await setUp(["chat:write", "chat:write.public"]);
    const open = team.addChannel("open", { members: [ada] });
    await web.chat.postMessage({ channel: open.id, text: "hi" });
    const posted = await web.chat.postMessage({ channel: ada.id, text: "psst" });
    expect(posted.channel).toBe(team.directChannel(ada).id);
    expect(
      team
        .directChannel(ada)
        .messages()
        .map((each) => each.text),
    ).toEqual(["psst"]);
  });

  it("pages through messages, newest first, without replies", async () => {
    const { web, brand } = await setUp();
    const first = await web.chat.postMessage({ channel: brand.id, text: "0" });
    for (const text of ["1", "2"]) await web.chat.postMessage({ channel: brand.id, text });
    await web.chat.postMessage({
      channel: brand.id,
      text: "reply",
      thread_ts: first.ts as string,
      metadata: { event_type: "k", event_payload: { key: "a" } },
    });
    const page = await web.conversations.history({ channel: brand.id, limit: 2 });
    expect(page.messages?.map((each) => each.text)).toEqual(["2", "1"]);
    const rest = await web.conversations.history({
      channel: brand.id,
      cursor: page.response_metadata?.next_cursor as string,
    });
    expect(rest.messages?.map((each) => each.text)).toEqual(["0"]);
    expect(rest.messages?.[0]).toMatchObject({ reply_count: 1 });
    const thread = await web.conversations.replies({
      channel: brand.id,
      ts: first.ts as string,
      include_all_metadata: true,
    });
    expect(thread.messages?.map((each) => each.text)).toEqual(["0", "reply"]);
    expect(thread.messages?.[1]?.metadata).toEqual({ event_type: "k", event_payload: { key: "a" } });
  });
});

describe("messages", () => {
  it("edits only its own, and drops blocks when there is only text", async () => {
    const { web, brand, ada } = await setUp();
    const blocks = [{ type: "section", text: { type: "plain_text", text: "hello" } }];
    const posted = await web.chat.postMessage({ channel: brand.id, text: "hello", blocks });
    const ts = posted.ts as string;
    await web.chat.update({ channel: brand.id, ts, blocks: [{ type: "divider" }], text: "line" });
    expect(brand.message(ts)).toMatchObject({ edited: false, blocks: [{ type: "divider" }] });
    await web.chat.update({ channel: brand.id, ts, text: "only text" });
    expect(brand.message(ts)).toMatchObject({ edited: true, blocks: [], words: "only text" });
    const hers = ada.say(brand, "mine");
    expect(await failureOf(web.chat.update({ channel: brand.id, ts: hers.ts, text: "x" }))).toMatchObject({
      error: "cant_update_message",
    });
    expect(await failureOf(web.chat.delete({ channel: brand.id, ts: hers.ts }))).toMatchObject({
      error: "cant_delete_message",
    });
    expect(await failureOf(web.chat.update({ channel: brand.id, ts: "1.000001", text: "x" }))).toMatchObject({
      error: "message_not_found",
    });
    expect(await failureOf(web.chat.update({ channel: brand.id, ts, text: "x".repeat(4001) }))).toMatchObject(
      { error: "msg_too_long" },
    );
    expect(await failureOf(web.chat.postMessage({ channel: brand.id, text: "" }))).toMatchObject({
      error: "no_text",
    });
    expect(
      await failureOf(web.chat.postMessage({ channel: brand.id, text: "x", thread_ts: "1.000001" })),
    ).toMatchObject({ error: "thread_not_found" });
    await web.chat.delete({ channel: brand.id, ts });
    expect(brand.message(ts)).toBeUndefined();
  });

  it("shows an ephemeral to its person alone, who has to be there", async () => {
    const { web, brand, team, ada } = await setUp();
    const bob = team.addPerson("bob");
    const eve = team.addPerson("eve");
    brand.join(bob);
    await web.chat.postEphemeral({ channel: brand.id, user: ada.id, text: "psst" });
    expect(ada.sees(brand).map((each) => each.text)).toEqual(["psst"]);
    expect(bob.sees(brand)).toEqual([]);
    expect(brand.messages()).toEqual([]);
    expect(
      await failureOf(web.chat.postEphemeral({ channel: brand.id, user: eve.id, text: "psst" })),
    ).toMatchObject({ error: "user_not_in_channel" });
  });

  it("keeps a thread whose first message is deleted", async () => {
    const { web, brand, ada } = await setUp();
    const root = ada.say(brand, "root");
    await web.chat.postMessage({ channel: brand.id, thread_ts: root.ts, text: "reply" });
    ada.deleteMessage(root);
    expect(
      await failureOf(web.reactions.add({ channel: brand.id, timestamp: root.ts, name: "one" })),
    ).toMatchObject({ error: "message_not_found" });
    await web.chat.postMessage({ channel: brand.id, thread_ts: root.ts, text: "still here" });
    expect(brand.thread(root.ts).map((each) => each.text)).toEqual(["reply", "still here"]);
  });

  it("clears the status of a thread at the app's next message there, or after two minutes", async () => {
    const { slack, web, brand, ada } = await setUp();
    const root = ada.say(brand, "root");
    const set = () =>
      web.assistant.threads.setStatus({ channel_id: brand.id, thread_ts: root.ts, status: "is rendering" });
    await set();
    expect(brand.status(root.ts)).toBe("is rendering");
    await web.chat.postMessage({ channel: brand.id, thread_ts: root.ts, text: "done" });
    expect(brand.status(root.ts)).toBeUndefined();
    await set();
    slack.pass(2 * 60_000);
    expect(brand.status(root.ts)).toBeUndefined();
  });
});
