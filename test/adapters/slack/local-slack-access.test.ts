import { afterEach, describe, expect, it } from "vitest";
import { createSlackClient, failureOf } from "../../support/slack/slack-client.ts";
import { type SlackScene, setSlackScene } from "../../support/slack/slack-scene.ts";

let scene: SlackScene;

afterEach(async () => {
  await scene.end();
});

const setUp = async (scopes?: readonly string[]) => {
  scene = await setSlackScene({ limits: "off" }, scopes);
  return scene;
};

describe("tokens and scopes", () => {
  it("says who a token is, and its scopes", async () => {
    const { web, team } = await setUp(["chat:write", "commands"]);
    const answer = await web.auth.test();
    expect(answer).toMatchObject({ ok: true, team_id: team.id, user_id: team.botUserId, bot_id: team.botId });
    expect(answer.response_metadata?.scopes).toEqual(["chat:write", "commands"]);
  });

  it("refuses tokens that it never gave, that were revoked, and of an app that is gone", async () => {
    const { slack, web, team } = await setUp();
    expect(await failureOf(createSlackClient(slack, "xoxb-wrong").auth.test())).toMatchObject({
      error: "invalid_auth",
    });
    team.revokeTokens();
    expect(await failureOf(web.auth.test())).toMatchObject({ error: "token_revoked" });
    const again = createSlackClient(slack, team.install().botToken);
    await again.auth.test();
    team.uninstall();
    expect(await failureOf(again.auth.test())).toMatchObject({ error: "account_inactive" });
  });

  it("says which scope is missing", async () => {
    const { web, brand } = await setUp(["commands"]);
    const failure = await failureOf(web.chat.postMessage({ channel: brand.id, text: "hi" }));
    expect(failure.data).toMatchObject({
      error: "missing_scope",
      needed: "chat:write",
      provided: "commands",
    });
    expect(brand.messages()).toEqual([]);
  });

  it("asks for the read scope of the channel's kind", async () => {
    const { web, team, brand } = await setUp(["channels:read"]);
    const secret = team.addChannel("secret", { bot: true, isPrivate: true });
    expect((await web.conversations.info({ channel: brand.id })).channel).toMatchObject({
      is_member: true,
      name: "brand",
    });
    expect((await failureOf(web.conversations.info({ channel: secret.id }))).data).toMatchObject({
      error: "missing_scope",
      needed: "groups:read",
    });
  });

  it("takes JSON as well as forms, with the token in its header", async () => {
    const { slack, brand, token } = await setUp();
    const post = (type: string, body: string) =>
      fetch(`${slack.apiUrl}chat.postMessage`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": type },
        body,
      }).then((response) => response.json());
    const message = JSON.stringify({ channel: brand.id, text: "hi", blocks: [{ type: "divider" }] });
    expect(await post("application/json; charset=utf-8", message)).toMatchObject({ ok: true });
    expect(await post("application/json", "{")).toEqual({ ok: false, error: "invalid_json" });
    expect(await post("text/html", message)).toEqual({ ok: false, error: "invalid_post_type" });
    expect(brand.messages()[0]?.blocks).toMatchObject([{ type: "divider" }]);
  });

  it("takes the bot out of its channels with its token", async () => {
    const { web, team, brand } = await setUp();
    expect(brand.isBotMember).toBe(true);
    await web.auth.revoke();
    expect(brand.isBotMember).toBe(false);
    expect(await failureOf(web.auth.test())).toMatchObject({ error: "token_revoked" });
    expect(team.install().botToken).not.toBe(web.token);
  });

  it("knows a method or argument that is none", async () => {
    const { slack, web, brand } = await setUp();
    expect(await failureOf(web.apiCall("chat.shout", { channel: brand.id }))).toMatchObject({
      error: "unknown_method",
    });
    await web.apiCall("chat.postMessage", { channel: brand.id, text: "hi", colour: "red" });
    expect(slack.problems).toEqual(["unknown method chat.shout", "chat.postMessage has no argument colour"]);
  });
});

describe("reactions", () => {
  it("adds, reads and removes the bot's own", async () => {
    const { web, team, brand, ada } = await setUp();
    const { ts: timestamp } = ada.say(brand, "hi");
    const at = { channel: brand.id, timestamp };
    for (const name of ["one", "keycap_ten", "+1::skin-tone-2"]) await web.reactions.add({ ...at, name });
    expect(await failureOf(web.reactions.add({ ...at, name: "one" }))).toMatchObject({
      error: "already_reacted",
    });
    for (const name of [":one:", "ten", "one::skin-tone-2", "regional_indicator_a"])
      expect(await failureOf(web.reactions.add({ ...at, name }))).toMatchObject({ error: "invalid_name" });
    ada.react({ channel: brand.id, ts: timestamp }, "one");
    const read = await web.reactions.get({ ...at, full: true });
    expect(read.message?.reactions?.[0]).toMatchObject({
      name: "one",
      count: 2,
      users: [team.botUserId, ada.id],
    });
    await web.reactions.remove({ ...at, name: "one" });
    expect(await failureOf(web.reactions.remove({ ...at, name: "one" }))).toMatchObject({
      error: "no_reaction",
    });
    expect(brand.message(timestamp)?.reactions[0]).toEqual({ name: "one", users: [ada.id] });
  });

  it("has limits for a person and a message", async () => {
    const { web, brand, ada } = await setUp();
    const { ts: timestamp } = ada.say(brand, "hi");
    const names = [
      "one",
      "two",
      "three",
      "four",
      "five",
      "six",
      "seven",
      "eight",
      "nine",
      "zero",
      "keycap_ten",
      "x",
      "eyes",
      "heart",
      "tada",
      "fire",
      "rocket",
      "warning",
      "art",
      "joy",
      "smile",
      "wave",
      "pray",
    ];
    expect(names).toHaveLength(23);
    for (const name of names) await web.reactions.add({ channel: brand.id, timestamp, name });
    expect(
      await failureOf(web.reactions.add({ channel: brand.id, timestamp, name: "white_check_mark" })),
    ).toMatchObject({ error: "too_many_reactions" });
  });
});

describe("people and groups", () => {
  it("lists user groups on a paid plan only", async () => {
    const { slack, web, team, ada } = await setUp();
    const directors = team.addGroup("directors", [ada]);
    expect((await web.usergroups.users.list({ usergroup: directors.id })).users).toEqual([ada.id]);
    expect((await web.usergroups.list()).usergroups?.[0]).toMatchObject({
      id: directors.id,
      handle: "directors",
    });
    const free = slack.addWorkspace({ paid: false });
    const poor = createSlackClient(slack, free.install().botToken);
    expect(await failureOf(poor.usergroups.list())).toMatchObject({ error: "plan_upgrade_required" });
  });

  it("knows people of its workspace, and strangers of a shared channel", async () => {
    const { slack, web, team } = await setUp();
    const partner = slack.addWorkspace({ name: "Partner" });
    const boss = team.addPerson("boss", { isAdmin: true });
    const eve = partner.addPerson("eve");
    expect((await web.users.info({ user: boss.id })).user).toMatchObject({ is_admin: true, name: "boss" });
    expect(await failureOf(web.users.info({ user: eve.id }))).toMatchObject({ error: "user_not_visible" });
    team.addChannel("shared", { members: [eve], bot: true, sharedWith: [partner] });
    expect((await web.users.info({ user: eve.id })).user).toMatchObject({
      team_id: partner.id,
      is_stranger: true,
    });
  });
});
