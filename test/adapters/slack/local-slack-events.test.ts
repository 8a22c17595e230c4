import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { React } from "../../support/slack/listening-app.ts";
import { failureOf } from "../../support/slack/slack-client.ts";
import type { SlackPerson } from "../../support/slack/slack-people.ts";
import { type SlackScene, setSlackScene } from "../../support/slack/slack-scene.ts";

let scene: SlackScene;

beforeEach(async () => {
  scene = await setSlackScene({ limits: "off", ackMs: 300, triggerMs: 300 });
});

afterEach(async () => {
  await scene.end();
});

describe.each(["socket", "http"] as const)("clicks and events, by %s", (by) => {
  const listen = (react?: React) => scene.listen(by, react);

  it("a button of a message, an ephemeral and the home tab", async () => {
    const { ada, brand, web } = scene;
    const app = await listen();
    const blocks = [
      {
        type: "actions",
        elements: [
          { type: "button", action_id: "pick", value: "r1:2", text: { type: "plain_text", text: "2" } },
        ],
      },
    ];
    await web.apiCall("chat.postMessage", { channel: brand.id, text: "grid", blocks });
    const ts = brand.messages()[0]?.ts ?? "";
    expect(await ada.press({ channel: brand.id, ts }, "2")).toEqual({ kind: "acked" });
    expect(app.heard[0]?.body).toMatchObject({
      container: { type: "message", message_ts: ts, is_ephemeral: false },
      actions: [{ action_id: "pick", value: "r1:2", type: "button" }],
    });
    await web.apiCall("chat.postEphemeral", { channel: brand.id, user: ada.id, text: "psst", blocks });
    const [whisper] = ada.whispers(brand);
    await ada.press(whisper as NonNullable<typeof whisper>, "pick");
    expect(app.heard[1]?.body).toMatchObject({ container: { is_ephemeral: true } });
    expect(app.heard[1]?.body).not.toHaveProperty("message");
    await web.apiCall("views.publish", { user_id: ada.id, view: { type: "home", blocks } });
    await ada.press(ada.home() as NonNullable<ReturnType<SlackPerson["home"]>>, "2");
    expect(app.heard[2]?.body).toMatchObject({ container: { type: "view" }, view: { type: "home" } });
    expect(app.heard[2]?.body).not.toHaveProperty("response_url");
    await expect(ada.press({ channel: brand.id, ts }, "3")).rejects.toThrow('no control "3" among: 2');
  });

  it("a message shortcut, with the message", async () => {
    const { ada, brand } = scene;
    const app = await listen();
    const root = ada.say(brand, "a fox in snow");
    const reply = ada.say(brand, "or a bear", { thread: root });
    await ada.messageShortcut(reply, "draft_from_message");
    expect(app.heard[0]?.body).toMatchObject({
      type: "message_action",
      callback_id: "draft_from_message",
      message_ts: reply.ts,
      message: { text: "or a bear", thread_ts: root.ts },
      channel: { id: brand.id },
    });
    await expect(ada.shortcut("draft_from_message")).rejects.toThrow("no global shortcut");
  });

  it("what happens where the bot is, and nothing of where it is not", async () => {
    const { slack, team, ada, brand, web } = scene;
    const app = await listen();
    const quiet = team.addChannel("quiet", { members: [ada] });
    ada.react(ada.say(quiet, "hi"), "one");
    ada.mention(quiet, "a fox");
    const root = ada.say(brand, "nothing to hear");
    ada.mention(brand, "a *red* <fox>", {
      thread: root,
      files: [{ name: "a.png", bytes: Buffer.from("89504e47", "hex") }],
    });
    ada.react(root, "+1::skin-tone-3");
    ada.unreact(root, "+1::skin-tone-3");
    await web.reactions.add({ channel: brand.id, timestamp: root.ts, name: "one" });
    ada.openHome();
    const group = team.addGroup("directors", []);
    group.setMembers([ada]);
    await slack.settled();
    expect(app.heard.map((each) => each.type).sort()).toEqual([
      "app_home_opened",
      "app_mention",
      "reaction_added",
      "reaction_added",
      "reaction_removed",
      "subteam_members_changed",
    ]);
    const eventOf = (type: string) => app.heard.find((each) => each.type === type)?.body.event;
    expect(eventOf("app_mention")).toMatchObject({
      text: `<@${team.botUserId}> a *red* &lt;fox&gt;`,
      thread_ts: root.ts,
      user: ada.id,
      files: [{ name: "a.png", mimetype: "image/png" }],
    });
    expect(eventOf("reaction_removed")).toMatchObject({
      reaction: "+1::skin-tone-3",
      user: ada.id,
      item: { channel: brand.id, ts: root.ts },
    });
    expect(eventOf("app_home_opened")).toMatchObject({ user: ada.id, tab: "home" });
    expect(slack.problems).toEqual([]);
  });

  it("what people of another workspace do in a channel that is shared", async () => {
    const { slack, team, web } = scene;
    const app = await listen();
    const partner = slack.addWorkspace({ name: "Partner" });
    const eve = partner.addPerson("eve");
    const shared = team.addChannel("shared", { members: [eve], bot: true, sharedWith: [partner] });
    const blocks = [
      {
        type: "actions",
        elements: [{ type: "button", action_id: "a", text: { type: "plain_text", text: "1" } }],
      },
    ];
    await web.apiCall("chat.postMessage", { channel: shared.id, text: "grid", blocks });
    const [grid] = shared.messages();
    await eve.press({ channel: shared.id, ts: grid?.ts ?? "" }, "1");
    eve.mention(shared, "a fox");
    await slack.settled();
    const [click, mention] = ["block_actions", "app_mention"].map(
      (type) => app.heard.find((each) => each.type === type)?.body,
    );
    expect(click).toMatchObject({ team: { id: team.id }, user: { id: eve.id, team_id: partner.id } });
    expect(mention).toMatchObject({
      team_id: team.id,
      is_ext_shared_channel: true,
      event: { user: eve.id, team: partner.id, user_team: partner.id },
    });
    await expect(eve.command(shared, "/draft")).rejects.toThrow("not a valid command");
  });

  it("somebody joining a channel, and who chose a conversation in a form can be answered there", async () => {
    const { slack, team, brand, ada, web } = scene;
    const app = await listen();
    brand.join(team.addPerson("bob"));
    await ada.shortcut("draft_open");
    const label = { type: "plain_text" as const, text: "Where" };
    const where = { type: "conversations_select" as const, action_id: "c", response_url_enabled: true };
    await web.views.open({
      trigger_id: String(app.heard.find((each) => each.type === "shortcut")?.body.trigger_id),
      view: {
        type: "modal",
        title: label,
        submit: label,
        blocks: [{ type: "input", block_id: "b", label, element: where }],
      },
    });
    await ada.submit(await slack.until(() => ada.modal()), { Where: brand.id });
    await slack.settled();
    const urls = app.heard.find((each) => each.type === "view_submission")?.body.response_urls as {
      response_url: string;
      channel_id: string;
    }[];
    expect(urls).toMatchObject([{ block_id: "b", action_id: "c", channel_id: brand.id }]);
    await fetch(urls[0]?.response_url ?? "", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"text":"here"}',
    });
    expect(ada.whispers(brand).map((each) => each.text)).toEqual(["here"]);
    expect(app.heard.some((each) => each.type === "member_joined_channel")).toBe(true);
  });

  it("the app's end: both events, with dead tokens", async () => {
    const { slack, team, ada, brand, web } = scene;
    const app = await listen();
    team.uninstall();
    ada.react(ada.say(brand, "still here?"), "one");
    await slack.settled();
    expect(app.heard.map((each) => each.type).sort()).toEqual(["app_uninstalled", "tokens_revoked"]);
    expect(await failureOf(web.auth.test())).toMatchObject({ error: "account_inactive" });
    await expect(ada.command(brand, "/draft")).rejects.toThrow("not a valid command");
  });
});
