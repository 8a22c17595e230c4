import { afterEach, describe, expect, it } from "vitest";
import { groupRef, userRef } from "../../../../adapters/slack/slack-refs.ts";
import { plainCard } from "../../../../src/core/card.ts";
import { DRAFT_FORM } from "../../../support/scripted-inbox.ts";
import { type GatewayDesk, latestWhisper, MODES, openGatewayDesk } from "./gateway-desk.ts";

let desk: GatewayDesk;
afterEach(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.stop();
});

describe.each(MODES)("slash commands by %s", (mode) => {
  it("are acknowledged with what was recorded", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const outcome = await ada.command(brand, "/draft", "a red fox in snow");
    expect(outcome).toMatchObject({ kind: "acked", text: expect.stringContaining("Drafting 4 takes…") });
    expect(latestWhisper(ada, brand)).toContain("Drafting 4 takes…");
    const [delivery] = slack.deliveries;
    expect(inbox.commandCalls).toEqual([
      {
        event: `slack:trigger:${delivery?.id}`,
        place: desk.place(brand),
        person: desk.user(ada),
        name: "draft",
        text: "a red fox in snow",
        options: undefined,
        mentions: [],
        attachments: [],
        isLive: false,
      },
    ]);
  });

  it("are answered only when the inbox has recorded them", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const [heard, recorded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    inbox.script.command = async () => {
      heard.resolve();
      await recorded.promise;
      return { kind: "whisper", card: plainCard("ok", "It is recorded.") };
    };
    const outcome = ada.command(brand, "/quota");
    await heard.promise;
    expect(slack.deliveries[0]?.outcome).toBe("waiting");
    recorded.resolve();
    expect(await outcome).toMatchObject({ kind: "acked", text: expect.stringContaining("It is recorded.") });
  });

  it("keep a prompt as it was typed", async () => {
    desk = await openGatewayDesk(mode);
    const hostile = "<!channel> <@U123> *x* _y_ @ada <https://a.b|click> & `t` #brand";
    await desk.ada.command(desk.brand, "/draft", hostile);
    expect(desk.inbox.commandCalls[0]).toMatchObject({ text: hostile, mentions: [] });
  });

  it("name people and groups where Slack escapes them", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, team } = desk;
    const noor = team.addPerson("noor");
    const group = team.addGroup("directors", [noor]);
    await ada.command(brand, "/quota", "roles directors @noor @directors @nobody & <x>");
    expect(inbox.commandCalls[0]).toMatchObject({
      text: "roles directors @noor @directors @nobody & <x>",
      mentions: [
        { typed: "@noor", who: userRef(team.id, noor.id) },
        { typed: "@directors", who: groupRef(team.id, group.id) },
      ],
    });
  });

  it("do not name strangers", async () => {
    desk = await openGatewayDesk(mode);
    const { slack, team, ada, inbox } = desk;
    const other = slack.addWorkspace({ name: "Agency" });
    const eve = other.addPerson("eve");
    const shared = team.addChannel("shared", { members: [ada, eve], bot: true, sharedWith: [other] });
    await ada.command(shared, "/quota", "roles managers @eve");
    expect(inbox.commandCalls[0]).toMatchObject({ text: "roles managers @eve", mentions: [] });
  });

  it("say nothing when there is nothing to say", async () => {
    desk = await openGatewayDesk(mode);
    desk.inbox.script.command = async () => ({ kind: "done" });
    const outcome = await desk.ada.command(desk.brand, "/draft", "a fox");
    expect(outcome).toEqual({ kind: "acked", message: undefined, text: "" });
  });

  it("open a form, which comes back to where it was asked for", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    expect(await ada.command(brand, "/draft")).toMatchObject({ kind: "acked", message: undefined });
    const form = ada.modal();
    expect(form).toMatchObject({ title: "Draft", submit: "Draft" });
    if (form === undefined) throw new Error(slack.describe());
    const answers = { [DRAFT_FORM.fields[0]?.label ?? ""]: "a red fox", "How many takes": "1" };
    expect(await ada.submit(form, answers)).toEqual({ kind: "closed" });
    expect(inbox.submissions).toEqual([
      {
        event: `slack:view:${desk.team.id}:${form.id}`,
        place: desk.place(brand),
        person: desk.user(ada),
        form: "draft",
        answers: { prompt: "a red fox", count: "1" },
        attachments: [],
        isLive: false,
      },
    ]);
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting 4 takes…"));
  });

  it("tell the person when they could not be recorded", async () => {
    desk = await openGatewayDesk(mode);
    desk.inbox.script.command = () => Promise.reject(new Error("the database is away"));
    const { ada, brand, inbox } = desk;
    expect((await ada.command(brand, "/draft", "a fox")).text).toContain("Working on it");
    await desk.slack.until(() => latestWhisper(ada, brand)?.includes("could not be recorded"));
    expect(latestWhisper(ada, brand)).toContain("Nothing was charged.");
    expect(new Set(inbox.commandCalls.map((each) => each.event)).size, "of the tries").toBe(1);
    expect(desk.log.lines.map((line) => line.event)).toContain("slack.event_not_recorded");
  });

  it("are done all the same when they could be recorded a moment later", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const usual = inbox.script.command;
    inbox.script.command = async () => {
      inbox.script.command = usual;
      throw new Error("not now");
    };
    expect((await ada.command(brand, "/draft", "a fox")).text).toContain("Working on it");
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting 4 takes…"));
  });

  it("are answered later when they take long", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const recorded = Promise.withResolvers<void>();
    inbox.script.command = async () => {
      await recorded.promise;
      return { kind: "whisper", card: plainCard("ok", "It is done after all.") };
    };
    const outcome = await ada.command(brand, "/draft", "a fox");
    expect(outcome).toMatchObject({ kind: "acked", text: expect.stringContaining("Working on it…") });
    expect(slack.deliveries[0]?.tookMs).toBeLessThan(3000);
    recorded.resolve();
    await slack.until(() => latestWhisper(ada, brand)?.includes("It is done after all."));
    expect(slack.calls.filter((call) => call.method === "response_url")).toHaveLength(1);
  });

  it("help, whichever command is asked", async () => {
    desk = await openGatewayDesk(mode);
    await desk.ada.command(desk.brand, "/draft", " help ");
    await desk.ada.command(desk.brand, "/help");
    expect(desk.inbox.commandCalls.map(({ name, text }) => [name, text])).toEqual([
      ["help", ""],
      ["help", ""],
    ]);
  });

  it("delivered twice are done once", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    slack.faults.event("/draft", { kind: "duplicate" });
    await ada.command(brand, "/draft");
    await slack.settled();
    expect(slack.deliveries.length).toBeGreaterThan(1);
    expect(inbox.commandCalls).toHaveLength(1);
    expect(ada.modal()).toBeDefined();
    expect(ada.whispers(brand)).toEqual([]);
  });
});
