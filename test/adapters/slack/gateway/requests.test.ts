import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import { type GatewayDesk, latestWhisper, openGatewayDesk } from "./gateway-desk.ts";
import { postSigned, type SignedPost } from "./signed-post.ts";

let desk: GatewayDesk;
let url: string;
beforeEach(async () => {
  desk = await openGatewayDesk("http");
  url = `${desk.gateway.url()}/slack/events`;
});
afterEach(async () => {
  await desk.stop();
});

const NOW_S = () => Math.floor(Date.now() / 1000);

function post(body: unknown, options: Partial<SignedPost> = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return postSigned(url, text, { secret: desk.slack.signingSecret, ...options });
}

function mention(more: Record<string, unknown> = {}, event: Record<string, unknown> = {}) {
  const { ada, brand, team } = desk;
  return {
    type: "event_callback",
    team_id: team.id,
    event_id: "Ev1",
    event_time: NOW_S(),
    event: {
      type: "app_mention",
      user: ada.id,
      text: `<@${team.botUserId}> a fox`,
      ts: "1700000000.000100",
      channel: brand.id,
      event_ts: "1700000000.000100",
      ...event,
    },
    ...more,
  };
}

describe("requests", () => {
  it("that Slack has signed are taken", async () => {
    expect((await post(mention())).status).toBe(200);
    expect(desk.inbox.commandCalls).toHaveLength(1);
  });

  it("that are forged, old, too large or no JSON are not", async () => {
    expect((await post(mention(), { secret: "forged" })).status).toBe(401);
    expect((await post(mention(), { at: NOW_S() - 301 })).status).toBe(401);
    expect((await fetch(url, { method: "POST", body: JSON.stringify(mention()) })).status).toBe(401);
    expect((await post(mention({ filler: "x".repeat(300 * 1024) }))).status).toBe(413);
    expect((await post("{no json")).status).toBe(400);
    expect(desk.inbox.commandCalls).toEqual([]);
  });

  it("of workspaces that have not installed the app are refused, and not asked for again", async () => {
    const response = await post(mention({ team_id: "T0OTHER1" }));
    expect(response.status).toBe(401);
    expect(response.headers.get("x-slack-no-retry")).toBe("1");
    expect(desk.inbox.commandCalls).toEqual([]);
  });

  it("of channels that workspaces share are taken in the one that has it installed", async () => {
    const { team } = desk;
    const shared = { team_id: "T0OTHER1", context_team_id: team.id };
    expect((await post(mention({ ...shared, authorizations: [{ team_id: "T0OTHER1" }] }))).status).toBe(200);
    expect(desk.inbox.commandCalls[0]?.place).toEqual(desk.place(desk.brand));
  });

  it.each([
    ["a channel that is no id", () => mention({}, { channel: "slack:T1:C1" })],
    ["no channel", () => mention({}, { channel: undefined })],
    ["a time that is none", () => mention({}, { ts: "soon" })],
    ["another type", () => mention({}, { type: "message" })],
    [
      "an interaction of a kind that is unknown",
      () => ({ type: "dialog_submission", team: { id: desk.team.id }, user: { id: desk.ada.id } }),
    ],
  ])("with %s are acknowledged and come to nothing", async (_, body) => {
    expect((await post(body())).status).toBe(200);
    expect(desk.inbox.commandCalls).toEqual([]);
  });

  it("that are malformed are logged without what people wrote", async () => {
    await post(mention({}, { channel: "nowhere", text: "a very secret fox" }));
    expect(desk.log.lines).toContainEqual({
      event: "slack.payload_malformed",
      fields: { team: desk.team.id, fields: "event.channel" },
    });
    expect(desk.log.words()).not.toContain("a very secret fox");
  });

  it("of other bots, and of edited messages, start nothing", async () => {
    expect((await post(mention({}, { bot_id: "B1" }))).status).toBe(200);
    expect((await post(mention({ event_id: "Ev2" }, { edited: { ts: "1700000000.000200" } }))).status).toBe(
      200,
    );
    await desk.slack.until(() => latestWhisper(desk.ada, desk.brand)?.includes("An edited message"));
    expect(desk.inbox.commandCalls).toEqual([]);
  });

  it("that nobody listens for are told so", async () => {
    const base = desk.gateway.url();
    expect((await fetch(`${base}/slack/other`)).status).toBe(404);
    expect((await fetch(url)).status).toBe(404);
    const health = await fetch(`${base}/health`);
    expect([health.status, await health.text()]).toEqual([200, "ok"]);
  });

  it("whose installation cannot be read now are kept by Slack, and typed ones are answered", async () => {
    const { ada, brand, inbox, trouble } = desk;
    trouble.error = new ChatError("unavailable", "the database is away");
    expect((await post(mention())).status).toBe(500);
    const outcome = await ada.command(brand, "/draft", "a fox");
    expect(outcome.text).toContain("could not be recorded");
    expect(inbox.commandCalls).toEqual([]);
    trouble.error = undefined;
    expect((await post(mention())).status).toBe(200);
    expect(inbox.commandCalls).toHaveLength(1);
  });

  it("that say who invited the bot let them know how to begin", async () => {
    const { ada, brand, team } = desk;
    const joined = {
      type: "member_joined_channel",
      user: team.botUserId,
      channel: brand.id,
      inviter: ada.id,
    };
    expect((await post(mention({ event: joined }))).status).toBe(200);
    await desk.slack.until(() => latestWhisper(ada, brand)?.includes("Thank you for the invitation"));
  });

  const form = (payload: unknown) => ({
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    contentType: "application/x-www-form-urlencoded",
  });

  async function command(more: Record<string, string>): Promise<string> {
    const { ada, brand, team } = desk;
    const fields = {
      command: "/draft",
      text: "a fox",
      user_id: ada.id,
      channel_id: brand.id,
      channel_name: "brand",
    };
    const addresses = { response_url: `${desk.slack.url}/commands/1`, trigger_id: `${Math.random()}.1.a` };
    const body = new URLSearchParams({ ...fields, ...addresses, team_id: team.id, ...more }).toString();
    const response = await post(body, { contentType: "application/x-www-form-urlencoded" });
    expect(response.status).toBe(200);
    return response.text();
  }

  it.each([
    { channel_id: "D012AB3", channel_name: "directmessage" },
    { channel_id: "G012AB3", channel_name: "mpdm-ada--noor--cy-1" },
    { channel_id: "D012AB3", command: "/help" },
  ])("of a command in a direct message say where it works: %o", async (where) => {
    expect(await command(where)).toContain("Draftroom works in channels");
    expect(desk.inbox.commandCalls).toEqual([]);
  });

  it("of a command that there is not suggest one that there is", async () => {
    expect(await command({ command: "/drafts" })).toContain("Did you mean /draft?");
    expect(desk.inbox.commandCalls).toEqual([]);
  });

  it("that name another address to answer at are answered in the channel", async () => {
    const { ada, brand, inbox, log, slack, team } = desk;
    inbox.script.press = async () => ({
      kind: "whisper",
      card: plainCard("warn", "Only art directors can."),
    });
    const grid = await desk.post({
      ...plainCard("info", "A grid"),
      actions: [{ id: "pick:1", label: "1", style: "plain" }],
    });
    const press = {
      type: "block_actions",
      team: { id: team.id },
      user: { id: ada.id },
      trigger_id: "1.2.b",
      channel: { id: brand.id },
      container: { type: "message", message_ts: grid.ts, channel_id: brand.id },
      response_url: "https://slack.com.evil.example/answer",
      actions: [{ type: "button", action_id: "draftroom.0", value: "pick:1" }],
    };
    const { body, contentType } = form(press);
    expect((await post(body, { contentType })).status).toBe(200);
    await slack.until(() => latestWhisper(ada, brand)?.includes("Only art directors can."));
    expect(log.lines.map((line) => line.fields.reason)).toContain("not an address of Slack's");
  });

  it("with a form of another workspace come to nothing", async () => {
    const { ada, team, inbox } = desk;
    const view = {
      id: "V1",
      type: "modal",
      callback_id: "draftroom.form",
      private_metadata: JSON.stringify({ form: "draft", channel: "slack:T0OTHER1:C1", files: [] }),
      blocks: [{ type: "input", block_id: "field.prompt" }],
      state: {
        values: { "field.prompt": { "draftroom.answer": { type: "plain_text_input", value: "a fox" } } },
      },
    };
    const submission = {
      type: "view_submission",
      team: { id: team.id },
      user: { id: ada.id },
      trigger_id: "1.2.a",
      view,
    };
    const { body, contentType } = form(submission);
    expect((await post(body, { contentType })).status).toBe(200);
    expect(inbox.submissions).toEqual([]);
  });
});
