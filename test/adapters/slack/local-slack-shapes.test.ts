import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type RecordedShape, shapeDifferences } from "../../support/cloud/same-shape.ts";
import { type ListeningApp, startListeningApp } from "../../support/slack/listening-app.ts";
import type { LocalSlack } from "../../support/slack/local-slack.ts";
import { createSlackClient } from "../../support/slack/slack-client.ts";
import { startSlack } from "../../support/slack/start-slack.ts";

const FIXTURES = new URL("../../fixtures/slack/", import.meta.url);
const read = (name: string): RecordedShape =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FIXTURES), "utf8"));
const compared = new Set<string>();
const differences = (name: string, sent: unknown) => {
  compared.add(name);
  return shapeDifferences(read(name), sent);
};

let slack: LocalSlack;
let app: ListeningApp | undefined;

beforeEach(async () => {
  slack = await startSlack();
});

afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.stop();
});

const button = {
  type: "button",
  action_id: "a",
  value: "v",
  text: { type: "plain_text", text: "Ok", emoji: true },
};
const words = (text: string) => ({ type: "plain_text" as const, text });

/** A workspace of an organisation, where payloads carry the most. */
async function setUp() {
  const team = slack.addEnterprise().addWorkspace();
  const ada = team.addPerson("ada");
  const brand = team.addChannel("brand", { members: [ada], bot: true });
  const web = createSlackClient(slack, team.install().botToken);
  const listening = await startListeningApp(slack, "http");
  app = listening;
  const heard = (type: string) => listening.heard.find((each) => each.type === type)?.body;
  const eventOf = (type: string) => heard(type)?.event;
  return { team, ada, brand, web, heard, eventOf };
}

describe("what the local Slack sends has the keys and types of what Slack sends", () => {
  it("commands, shortcuts and clicks", async () => {
    const { ada, brand, web, heard } = await setUp();
    await ada.command(brand, "/draft", "a fox");
    expect(differences("slash-command", heard("/draft"))).toEqual([]);
    await ada.shortcut("draft_open");
    expect(differences("shortcut", heard("shortcut"))).toEqual([]);
    await ada.messageShortcut(ada.mention(brand, "a fox"), "draft_from_message");
    expect(differences("message-action", heard("message_action"))).toEqual([]);
    await web.apiCall("chat.postEphemeral", {
      channel: brand.id,
      user: ada.id,
      text: "?",
      blocks: [{ type: "actions", elements: [button] }],
    });
    await ada.press(ada.whispers(brand)[0] as NonNullable<ReturnType<typeof ada.whispers>[number]>, "Ok");
    expect(differences("block-actions-ephemeral", heard("block_actions"))).toEqual([]);
  });

  it("submitted forms", async () => {
    const { ada, web, heard } = await setUp();
    await ada.shortcut("draft_open");
    const input = {
      type: "input" as const,
      block_id: "hspI",
      optional: false,
      label: words("Label"),
      element: { type: "plain_text_input" as const, action_id: "maBWU" },
    };
    await web.views.open({
      trigger_id: String(heard("shortcut")?.trigger_id),
      view: { type: "modal", title: words("T"), submit: words("Go"), close: words("No"), blocks: [input] },
    });
    await ada.submit(await slack.until(() => ada.modal()), { Label: "test" });
    expect(differences("view-submission", heard("view_submission"))).toEqual([]);
  });

  it("events", async () => {
    const { team, ada, brand, web, heard, eventOf } = await setUp();
    const root = ada.say(brand, "hi");
    ada.react(root, "one");
    ada.mention(brand, "a fox", { thread: root, files: [{ name: "a.gif", bytes: Buffer.from("GIF89a") }] });
    await web.views.publish({ user_id: ada.id, view: { type: "home", blocks: [] } });
    ada.openHome();
    team.uninstall();
    await slack.settled();
    expect(differences("reaction-added", heard("reaction_added"))).toEqual([]);
    expect(differences("app-mention-with-file", eventOf("app_mention"))).toEqual([]);
    expect(differences("app-home-opened", eventOf("app_home_opened"))).toEqual([]);
    expect(differences("tokens-revoked", heard("tokens_revoked"))).toEqual([]);
    expect(differences("app-uninstalled", heard("app_uninstalled"))).toEqual([]);
  });

  it("Socket Mode", async () => {
    const team = slack.addWorkspace();
    const ada = team.addPerson("ada");
    const brand = team.addChannel("brand", { members: [ada], bot: true });
    team.install();
    const { url } = (await createSlackClient(slack, slack.appToken).apps.connections.open()) as {
      url: string;
    };
    const socket = new WebSocket(url);
    const frames: { type: string; envelope_id?: string }[] = [];
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data));
      frames.push(frame);
      if (frame.envelope_id !== undefined) socket.send(JSON.stringify({ envelope_id: frame.envelope_id }));
    });
    const frame = (type: string) => slack.until(() => frames.find((each) => each.type === type));
    expect(differences("socket-hello", await frame("hello"))).toEqual([]);
    ada.mention(brand, "a fox");
    expect(differences("socket-app-mention", await frame("events_api"))).toEqual([]);
    slack.sockets.disconnect("warning");
    expect(differences("socket-disconnect", await frame("disconnect"))).toEqual([]);
    socket.close();
  });

  it("in every recorded shape, each with its source", () => {
    const files = readdirSync(FIXTURES).map((file) => file.replace(/\.json$/, ""));
    const names = files.filter((name) => read(name).payload !== undefined);
    expect(names.length).toBeGreaterThan(10);
    expect([...compared].sort()).toEqual(names.sort());
    for (const name of names) expect(read(name).source).toMatch(/^https:\/\//);
  });

  it("and the comparison sees what is missing, made up or of another type", () => {
    const recorded = {
      source: "",
      payload: { a: 1, b: { c: "" }, d: [{ e: true }] },
      added: { "b.new": "" },
    };
    expect(shapeDifferences(recorded, { a: 2, b: { c: "x", new: 1 }, d: [] })).toEqual([]);
    expect(shapeDifferences(recorded, { a: "1", b: {}, d: [{ e: true, f: 1 }] })).toEqual([
      "a: string instead of number",
      "b.c is missing",
      "d.0.f is made up",
    ]);
  });
});
