import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { type GatewayDesk, latestWhisper, MODES, openGatewayDesk } from "./gateway-desk.ts";

let desk: GatewayDesk;
afterEach(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.stop();
});

const PROMPT = "What should be seen?";

async function openForm() {
  await desk.ada.command(desk.brand, "/draft");
  return desk.slack.until(() => desk.ada.modal());
}

describe.each(MODES)("forms by %s", (mode) => {
  it("that are refused stay open, say why at the field, and may be sent again", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox } = desk;
    const form = await openForm();
    const usual = inbox.script.submit;
    inbox.script.submit = async () => ({ kind: "refused", card: plainCard("warn", "--count is 1 to 16.") });
    const first = await ada.submit(form, { [PROMPT]: "a fox" });
    expect(first).toEqual({ kind: "errors", errors: { "field.count": "--count is 1 to 16." } });
    inbox.script.submit = usual;
    expect(await ada.submit(form, { [PROMPT]: "a fox" })).toEqual({ kind: "closed" });
    expect(new Set(inbox.submissions.map((submission) => submission.event)).size).toBe(1);
  });

  it("that could not be recorded stay open and may be sent again", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox } = desk;
    const form = await openForm();
    const usual = inbox.script.submit;
    inbox.script.submit = () => Promise.reject(new Error("the database is away"));
    const first = await ada.submit(form, { [PROMPT]: "a fox" });
    expect(first).toEqual({
      kind: "errors",
      errors: { "field.prompt": expect.stringContaining("it never counts twice") },
    });
    inbox.script.submit = usual;
    expect(await ada.submit(form, { [PROMPT]: "a fox" })).toEqual({ kind: "closed" });
  });

  it("that take long give way to what they come to", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox, slack } = desk;
    const form = await openForm();
    const recorded = Promise.withResolvers<void>();
    inbox.script.submit = async () => {
      await recorded.promise;
      return { kind: "whisper", card: plainCard("warn", "This channel has 2 credits left.") };
    };
    const outcome = await ada.submit(form, { [PROMPT]: "a fox" });
    expect(outcome).toMatchObject({
      kind: "updated",
      view: { words: expect.stringContaining("Working on it…") },
    });
    recorded.resolve();
    await slack.until(() => ada.modal()?.words.includes("2 credits left"));
  });

  it("delivered twice are handed on once", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const form = await openForm();
    slack.faults.event("view_submission", { kind: "duplicate" });
    await ada.submit(form, { [PROMPT]: "a fox" });
    await slack.settled();
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting"));
    expect(inbox.submissions).toHaveLength(1);
    expect(ada.whispers(brand)).toHaveLength(1);
  });
});

describe.each(MODES)("shortcuts by %s", (mode) => {
  it("of a message open the form with its words and keep its pictures", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack, team } = desk;
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#f60" } })
      .png()
      .toBuffer();
    const root = ada.say(brand, "ideas?");
    const idea = ada.say(brand, `<@${team.botUserId}> a fox & a <hound>, see https://a.b`, {
      thread: root.ts,
      files: [{ name: "fox.png", bytes }],
    });
    await slack.settled();
    inbox.commandCalls.length = 0;
    expect(await ada.messageShortcut(idea, "draft_from_message")).toEqual({ kind: "acked" });
    const form = await slack.until(() => ada.modal());
    expect(form.fields[0]?.value).toBe("a fox & a <hound>, see https://a.b");
    expect(inbox.commandCalls).toMatchObject([{ name: "draft", text: "" }]);
    await ada.submit(form);
    const [submission] = inbox.submissions;
    expect(submission?.place).toEqual(desk.place(brand, root.ts));
    expect(submission?.attachments.map((each) => each.name)).toEqual(["fox.png"]);
    expect(Buffer.from((await submission?.attachments[0]?.read(1_000_000)) ?? [])).toEqual(bytes);
  });

  it("of a message in a channel without the bot say how to invite it", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox, slack, team } = desk;
    const secret = team.addChannel("secret", { members: [ada], isPrivate: true });
    const idea = ada.say(secret, "a fox");
    await ada.messageShortcut(idea, "draft_from_message");
    await slack.until(() => latestWhisper(ada, secret)?.includes("/invite @draftroom"));
    expect(ada.modal()).toBeUndefined();
    expect(inbox.commandCalls).toEqual([]);
  });

  it("from anywhere ask for the channel", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    await ada.shortcut("draft_open");
    const form = await slack.until(() => ada.modal());
    expect(form.fields[0]?.label).toBe("Channel");
    const outcome = await ada.submit(form, { Channel: brand.id, [PROMPT]: "a fox" });
    expect(outcome).toEqual({ kind: "closed" });
    expect(inbox.submissions[0]?.place).toEqual(desk.place(brand));
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting"));
  });

  it("from anywhere say at the channel's field when the bot is not there", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox, slack, team } = desk;
    const secret = team.addChannel("secret", { members: [ada], isPrivate: true });
    await ada.shortcut("draft_open");
    const form = await slack.until(() => ada.modal());
    const outcome = await ada.submit(form, { Channel: secret.id, [PROMPT]: "a fox" });
    expect(outcome).toEqual({
      kind: "errors",
      errors: { "draftroom.channel": expect.stringContaining("/invite @draftroom") },
    });
    expect(inbox.submissions).toEqual([]);
  });
});
