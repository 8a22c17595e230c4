import { describe, expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { DRAFT_FORM, STARTED } from "../../../support/scripted-inbox.ts";
import { GRID, latestWhisper, openGatewayDesk, wordsOf } from "./gateway-desk.ts";
import { POST } from "./scripted-inbox.ts";

const MINUTE_MS = 60_000;
/** Discord hears that an answer comes later. */
const SLOW_MS = 2_600;
/** As much of a PNG as Discord knows one by. */
const PNG = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(16)]);
const AGAIN = "Open the form again";
const refused = plainCard("warn", "--count is 1 to 16.");

function createTime() {
  let now = Date.now();
  return { clock: () => new Date(now), pass: (ms: number) => (now += ms) };
}

describe("a form", () => {
  it("comes back with its answers, and becomes the one live message", async () => {
    const { start, ada, brand, place, user, ref } = await openGatewayDesk();
    const { inbox } = await start();
    await ada.command(brand, "draft");
    const outcome = await ada.submit({ prompt: "a red fox <@&1>" });
    expect(inbox.submissions).toEqual([
      {
        event: expect.stringMatching(new RegExp(`^discord:form:${user(ada)}:.+`)),
        place: place(brand),
        person: user(ada),
        form: "draft",
        answers: { prompt: "a red fox <@&1>", count: "4" },
        attachments: [],
        isLive: true,
      },
    ]);
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    expect(outcome.message).toMatchObject({ isPrivate: false });
    expect(outcome.message.words).toContain(STARTED.summary);
    await expect.poll(() => inbox.answers).toEqual([{ post: POST, message: ref(outcome.message) }]);
  });

  it("that brings something along in its name does so too, with the pictures of the command", async () => {
    const { start, ada, brand, ref } = await openGatewayDesk();
    const { inbox } = await start();
    const form = { ...DRAFT_FORM, id: "draft?size=4K&seed=4294967295", intro: "Fast *models* misspell." };
    inbox.script.command = async () => ({ kind: "form", form });
    await ada.command(brand, "draft", { reference: { name: "fox.png", bytes: PNG } });
    expect(ada.form()?.words).toContain("Fast");
    const outcome = await ada.submit({ prompt: "a red fox" });
    const [submission] = inbox.submissions;
    expect(submission).toMatchObject({
      form: "draft?size=4K&seed=4294967295",
      answers: { prompt: "a red fox", count: "4" },
      isLive: true,
    });
    expect(submission?.attachments.map(({ name }) => name)).toEqual(["fox.png"]);
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    expect(outcome.message).toMatchObject({ isPrivate: false });
    await expect.poll(() => inbox.answers).toEqual([{ post: POST, message: ref(outcome.message) }]);
  });

  it("of another kind is answered in private", async () => {
    const { start, post, ada, brand } = await openGatewayDesk();
    const { inbox, client } = await start();
    inbox.script.press = async () => ({ kind: "form", form: { ...DRAFT_FORM, id: "vary.R1" } });
    await ada.press(await post(client), "1");
    const outcome = await ada.submit({ prompt: "a blue fox" });
    expect(inbox.submissions[0]).toMatchObject({ form: "vary.R1", isLive: false });
    expect(outcome).toMatchObject({ kind: "replied", message: { isPrivate: true } });
    expect(brand.messages()).toHaveLength(1);
    expect(inbox.answers).toEqual([]);
  });

  it("that was refused says why, and opens again with what was written", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox } = await start();
    const usual = inbox.script.submit;
    inbox.script.submit = async () => ({ kind: "refused", card: refused });
    await ada.command(brand, "draft");
    const outcome = await ada.submit({ prompt: "a red fox", count: "1" });
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    expect(outcome.message).toMatchObject({ isPrivate: true });
    expect(outcome.message.words).toContain("--count is 1 to 16.");
    expect(ada.form()).toBeUndefined();
    await ada.press(outcome.message, AGAIN);
    expect(ada.form()?.fields.map(({ value }) => value)).toEqual(["a red fox", "1"]);
    inbox.script.submit = usual;
    await ada.submit({});
    expect(inbox.submissions[1]).toMatchObject({
      form: "draft",
      answers: { prompt: "a red fox", count: "1" },
    });
    expect(inbox.submissions[1]?.event).not.toBe(inbox.submissions[0]?.event);
  });

  it("that could not be recorded is the same event when it is sent again", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox } = await start();
    const usual = inbox.script.submit;
    inbox.script.submit = () => Promise.reject(new Error("the database is away"));
    await ada.command(brand, "draft");
    const outcome = await ada.submit({ prompt: "a red fox" });
    expect(wordsOf(outcome)).toContain("could not be recorded");
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    inbox.script.submit = usual;
    await ada.press(outcome.message, AGAIN);
    await ada.submit({});
    expect(new Set(inbox.submissions.map(({ event }) => event)).size).toBe(1);
    expect(brand.messages()).toHaveLength(1);
  });

  it("is nobody else's to open again", async () => {
    const { start, post, ada, mia, brand } = await openGatewayDesk();
    const { inbox, client } = await start();
    inbox.script.submit = async () => ({ kind: "refused", card: refused });
    await ada.command(brand, "draft");
    const outcome = await ada.submit({ prompt: "a secret fox" });
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    const id = outcome.message.buttons[0]?.customId ?? "";
    const grid = await post(client);
    expect(wordsOf(await mia.forgePress(grid, id))).toContain("not at hand any more");
    expect(mia.form()).toBeUndefined();
  });

  it("that a restart came between still comes back", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const first = await start();
    await ada.command(brand, "draft");
    await first.gateway.stop();
    const { inbox } = await start();
    inbox.script.submit = async () => ({ kind: "refused", card: refused });
    const outcome = await ada.submit({ prompt: "a red fox" });
    expect(inbox.submissions[0]).toMatchObject({
      form: "draft",
      answers: { prompt: "a red fox", count: "4" },
    });
    // What it looked like is not known any more.
    expect(wordsOf(outcome)).toContain("--count is 1 to 16.");
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    expect(outcome.message.buttons).toEqual([]);
  });

  it("that another follows is opened by a button: Discord opens none after another", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox } = await start();
    inbox.script.submit = async () => ({ kind: "form", form: { ...DRAFT_FORM, id: "more", title: "More" } });
    await ada.command(brand, "draft");
    const outcome = await ada.submit({ prompt: "a red fox" });
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    expect(await ada.press(outcome.message, "Open the form")).toMatchObject({ kind: "form" });
    expect(ada.form()?.title).toBe("More");
  });

  it("that a message has opened is answered by that message, when there is nothing to say", async () => {
    const { start, post, ada, brand } = await openGatewayDesk();
    const { inbox, client } = await start();
    inbox.script.press = async () => ({ kind: "form", form: { ...DRAFT_FORM, id: "send_back.F1" } });
    const message = await post(client);
    for (const delayMs of [0, SLOW_MS]) {
      inbox.script.submit = async () => {
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        return { kind: "done" };
      };
      await ada.press(message, "1");
      const outcome = await ada.submit({ prompt: "too dark" });
      expect(outcome.kind).toBe(delayMs === 0 ? "acked" : "deferred");
      await expect.poll(() => [...ada.privates(brand), ...brand.messages()].length).toBe(1);
    }
  });

  it("that only changed a budget is answered with what came of it, whatever the bot may do there", async () => {
    const { start, mia, brand, guild } = await openGatewayDesk();
    const { inbox } = await start();
    inbox.script.command = async () => ({ kind: "whisper", card: GRID });
    inbox.script.press = async () => ({ kind: "form", form: { ...DRAFT_FORM, id: "quota.add:discord:1:2" } });
    inbox.script.submit = async () => ({ kind: "done" });
    const answer = await mia.command(brand, "help");
    if (answer.kind !== "replied") throw new Error(answer.kind);
    guild.setBotPermissions(0n);
    await mia.press(answer.message, "1");
    expect(wordsOf(await mia.submit({ prompt: "100" }))).toContain("Done.");
    expect(inbox.submissions[0]).toMatchObject({ form: "quota.add:discord:1:2" });
  });

  it("that was open for long comes back as any other", async () => {
    const { clock, pass } = createTime();
    const { start, ada, brand, discord, ref } = await openGatewayDesk();
    const { inbox } = await start({ clock });
    await ada.command(brand, "draft");
    discord.pass(20 * MINUTE_MS);
    pass(20 * MINUTE_MS);
    const outcome = await ada.submit({ prompt: "a red fox" });
    if (outcome.kind !== "replied") throw new Error(outcome.kind);
    expect(inbox.submissions[0]).toMatchObject({ answers: { prompt: "a red fox", count: "4" } });
    await expect.poll(() => inbox.answers).toEqual([{ post: POST, message: ref(outcome.message) }]);
  });
});

describe("Draft from this message", () => {
  const NAME = "Draft from this message";
  const bytes = PNG;
  const files = [
    { name: "fox.png", bytes },
    { name: "brief.txt", bytes: new TextEncoder().encode("a brief") },
    { name: "owl.png", bytes },
    { name: "cat.png", bytes },
  ];

  it("opens the form with its words, and brings its pictures along", async () => {
    const { start, ada, mia, brand, place, discord } = await openGatewayDesk();
    const { inbox } = await start();
    const message = mia.say(brand, `<@${discord.botUserId}> a red fox for <@${ada.id}>`, { files });
    const outcome = await ada.messageCommand(NAME, message);
    expect(outcome).toMatchObject({ kind: "form" });
    expect(ada.form()?.fields[0]?.value).toBe("a red fox for @ada");
    await ada.submit({ count: "1" });
    const [submission] = inbox.submissions;
    expect(submission).toMatchObject({
      place: place(brand),
      form: "draft",
      answers: { prompt: "a red fox for @ada", count: "1" },
      isLive: true,
    });
    expect(submission?.attachments.map(({ name }) => name)).toEqual(["fox.png", "owl.png"]);
    expect(await submission?.attachments[0]?.read(100)).toEqual(bytes);
  });

  it("takes as many words as fit", async () => {
    const { start, ada, brand } = await openGatewayDesk();
    await start();
    await ada.messageCommand(NAME, ada.say(brand, "🦊".repeat(900) + "x".repeat(150)));
    expect([...(ada.form()?.fields[0]?.value ?? "")]).toHaveLength(1000);
  });

  it("says that the pictures are gone, rather than draft without them", async () => {
    const { clock, pass } = createTime();
    const { start, ada, brand } = await openGatewayDesk();
    const { inbox } = await start({ clock });
    await ada.messageCommand(NAME, ada.say(brand, "a red fox", { files }));
    pass(16 * MINUTE_MS);
    const words = wordsOf(await ada.submit({}));
    expect(words).toContain("pictures that came along are not at hand any more");
    expect(words).toContain("Nothing was charged.");
    expect(words).toContain("a red fox");
    expect(inbox.submissions).toEqual([]);
  });

  it("is not asked for where nothing could be shown", async () => {
    const { start, ada, brand, guild } = await openGatewayDesk();
    const { inbox } = await start();
    const message = ada.say(brand, "a red fox");
    guild.setBotPermissions(0n);
    expect(wordsOf(await ada.messageCommand(NAME, message))).toContain("Attach Files");
    expect(inbox.commandCalls).toEqual([]);
    expect(latestWhisper(ada, brand)).toBeDefined();
  });
});
