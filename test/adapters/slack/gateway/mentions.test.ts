import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import { channelRef, threadRef, userRef } from "../../../../adapters/slack/slack-refs.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import { DRAFT_FORM } from "../../../support/scripted-inbox.ts";
import { type GatewayDesk, latestWhisper, MODES, openGatewayDesk } from "./gateway-desk.ts";

let desk: GatewayDesk;
afterEach(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.stop();
});

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: "#f60" } })
    .png()
    .toBuffer();

async function mentioned(): Promise<void> {
  await desk.slack.until(() => desk.slack.deliveries.some((each) => each.outcome !== "waiting"));
  await desk.slack.settled();
}

describe.each(MODES)("mentions by %s", (mode) => {
  it("draft what follows the name", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack, team } = desk;
    const said = ada.mention(brand, "a fox & a <hound> at https://a.b");
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting 4 takes…"));
    const [delivery] = slack.deliveries;
    expect(inbox.commandCalls).toEqual([
      {
        event: `slack:event:${team.id}:${delivery?.id}`,
        place: desk.place(brand),
        person: desk.user(ada),
        name: "draft",
        text: "a fox & a <hound> at https://a.b",
        options: undefined,
        mentions: [],
        attachments: [],
        isLive: false,
      },
    ]);
    expect(said.threadTs).toBeUndefined();
  });

  it("draft in the thread in which they are made", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack, team } = desk;
    const root = ada.say(brand, "what shall we do?");
    ada.mention(brand, "a red fox", { thread: root.ts });
    await slack.until(() => ada.whispers(brand).some((each) => each.threadTs === root.ts));
    const channel = channelRef({ team: team.id, channel: brand.id });
    const thread = threadRef({ team: team.id, channel: brand.id, ts: root.ts });
    expect(inbox.commandCalls[0]?.place).toEqual({ channel, thread });
  });

  it("may be of another command", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack, team } = desk;
    const noor = team.addPerson("noor");
    ada.mention(brand, `quota roles directors <@${noor.id}>`);
    await slack.until(() => latestWhisper(ada, brand)?.includes("This is quota."));
    ada.mention(brand, "help");
    await slack.until(() => latestWhisper(ada, brand)?.includes("This is help."));
    ada.mention(brand, "/draft a fox");
    await slack.until(() => inbox.commandCalls.length === 3);
    expect(inbox.commandCalls.map(({ name, text }) => [name, text])).toEqual([
      ["quota", `roles directors @${noor.id}`],
      ["help", ""],
      ["draft", "a fox"],
    ]);
    expect(inbox.commandCalls[0]?.mentions).toEqual([
      { typed: `@${noor.id}`, who: userRef(team.id, noor.id) },
    ]);
  });

  it("of nothing say how", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    ada.mention(brand, "");
    await slack.until(() => latestWhisper(ada, brand)?.includes("Say what to draft after the name"));
    expect(inbox.commandCalls).toEqual([]);
  });

  it("bring their pictures", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const bytes = await picture();
    ada.mention(brand, "like this", {
      files: [
        { name: "fox.png", bytes },
        { name: "notes.txt", bytes: Buffer.from("no picture") },
      ],
    });
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting"));
    const attachments = inbox.commandCalls[0]?.attachments ?? [];
    expect(attachments.map((each) => each.name)).toEqual(["fox.png"]);
    expect(slack.calls.filter((call) => call.method === "download")).toEqual([]);
    expect(Buffer.from((await attachments[0]?.read(1_000_000)) ?? [])).toEqual(bytes);
    const tooLarge = attachments[0]?.read(bytes.length - 1);
    await expect(tooLarge).rejects.toThrow(ChatError);
    await expect(tooLarge).rejects.toMatchObject({ kind: "refused" });
  });

  it("whose pictures cannot be had say why", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    ada.mention(brand, "like this", { files: [{ name: "fox.png", bytes: await picture() }] });
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting"));
    const read = () => inbox.commandCalls[0]?.attachments[0]?.read(1_000_000);
    slack.faults.call("download", { kind: "status", status: 503 });
    await expect(read()).rejects.toMatchObject({ kind: "unavailable" });
    slack.faults.call("download", { kind: "status", status: 404 });
    await expect(read()).rejects.toMatchObject({ kind: "refused" });
    slack.faults.call("download", { kind: "reset_before" });
    await expect(read()).rejects.toMatchObject({ kind: "unavailable" });
    slack.faults.call("files.info", { kind: "error", error: "file_deleted" });
    await expect(read()).rejects.toBeInstanceOf(ChatError);
  });

  it("that a form answers bring a button, which opens it with the words and the pictures", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const usual = inbox.script.command;
    const form = { ...DRAFT_FORM, id: "draft?size=4K", intro: "Fast models often misspell words." };
    inbox.script.command = async () => ({ kind: "form", form });
    const bytes = await picture();
    const root = ada.say(brand, "ideas?");
    ada.mention(brand, `a sign “Öl & <b>” 🦊 --size 4K`, {
      thread: root.ts,
      files: [{ name: "fox.png", bytes }],
    });
    const whisper = await slack.until(() => ada.whispers(brand).at(-1));
    expect(whisper.threadTs).toBe(root.ts);
    expect(whisper.words).toContain("Fast models often misspell words.");
    expect(whisper.words).toContain("Nothing was charged.");
    await ada.press(whisper, "Open the form");
    const modal = await slack.until(() => ada.modal());
    expect(modal.words).toContain("Fast models often misspell words.");
    const [first, again] = inbox.commandCalls;
    expect(again).toMatchObject({ ...first, attachments: [{ name: "fox.png" }] });
    await ada.submit(modal, { "What should be seen?": "a sign" });
    const [submission] = inbox.submissions;
    expect(submission).toMatchObject({
      place: desk.place(brand, root.ts),
      form: "draft?size=4K",
      answers: { prompt: "a sign", count: "4" },
    });
    expect(Buffer.from((await submission?.attachments[0]?.read(1_000_000)) ?? [])).toEqual(bytes);

    // By then no form may be needed any more: the same event starts.
    inbox.script.command = usual;
    await ada.press(whisper, "Open the form");
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting 4 takes…"));
    expect(inbox.commandCalls.at(-1)?.event).toBe(first?.event);
  });

  it("that a form answers and no button can carry say what to type", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    inbox.script.command = async () => ({ kind: "form", form: DRAFT_FORM });
    ada.mention(brand, "🦊".repeat(1000));
    await slack.until(() => latestWhisper(ada, brand)?.includes("In the channel, type /draft"));
    expect(ada.whispers(brand).at(-1)?.buttons).toEqual([]);
  });

  it("are handled again when they could not be recorded", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const usual = inbox.script.command;
    inbox.script.command = async (call) => {
      inbox.script.command = usual;
      throw new Error(`not now: ${call.event}`);
    };
    ada.mention(brand, "a fox");
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting 4 takes…"));
    expect(slack.deliveries.map((each) => each.outcome)).toEqual(["acked"]);
    const [first, second] = inbox.commandCalls;
    expect(first?.event).toBe(second?.event);
    expect(ada.whispers(brand)).toHaveLength(1);
  });

  it("that are never recorded are told of", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    inbox.script.command = () => Promise.reject(new Error("not at all"));
    ada.mention(brand, "a fox");
    await slack.until(() => latestWhisper(ada, brand)?.includes("could not be recorded"), {
      timeoutMs: 60_000,
    });
    expect(inbox.commandCalls).toHaveLength(4);
    expect(new Set(inbox.commandCalls.map((each) => each.event)).size).toBe(1);
  });

  it("delivered twice are done once", async () => {
    desk = await openGatewayDesk(mode, { speed: 600 });
    const { ada, brand, inbox, slack } = desk;
    slack.faults.event("app_mention", { kind: "lost_ack" });
    ada.mention(brand, "a fox");
    await mentioned();
    await slack.until(() => ada.whispers(brand).length > 0);
    expect(slack.deliveries.length).toBeGreaterThan(1);
    expect(inbox.commandCalls).toHaveLength(1);
    expect(ada.whispers(brand)).toHaveLength(1);
  });
});
