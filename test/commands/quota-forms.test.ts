import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Form } from "../../src/core/card.ts";
import type { EventId, MessageRef, WorkspaceRef } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { actionOn, type BudgetForms, formOf, openBudgetForms, said } from "../support/budget-forms.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, inWords, MAX, MIA } from "../support/story-desk.ts";

let bench: TestDatabase;
let here: BudgetForms;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  here = openBudgetForms(bench);
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

const LOCAL = "studio:local" as WorkspaceRef;

describe("the card of a budget", () => {
  it("lets managers add and set, and nobody else", async () => {
    expect((await here.quotaCard(MAX)).actions).toEqual([
      { id: `quota.add:${here.channel}`, label: "Add…", style: "plain" },
      { id: `quota.set:${here.channel}`, label: "Set…", style: "plain" },
    ]);
    expect((await here.quotaCard(MIA)).actions).toEqual([]);
    expect((await here.quotaCard(ADA)).actions).toEqual([]);
  });

  it("has the same two on a manager's page, and they do the same", async () => {
    await here.quotaCard(MAX);
    const cards = await here.desk.inbox.home(LOCAL, MAX);
    const card = cards.find((each) => inWords(each).includes(here.channel));
    if (card === undefined) throw new Error("no card of that channel");
    const form = await formOf(here.press(actionOn(card, "Add…")));
    await here.submit(form.id, { credits: "7", why: "from my page" });
    expect(await here.desk.balance(here.channel)).toMatchObject({ available: 57 });
  });
});

describe("Add…", () => {
  it("does what /quota grant does, once an event", async () => {
    const message = fresh<MessageRef>("studio:local:");
    const form = await formOf(
      here.press(actionOn(await here.quotaCard(MAX), "Add…"), MAX, here.channel, message),
    );
    expect(form).toMatchObject({ title: "Add credits", submit: "Add" });
    expect(form.fields.map((field) => [field.name, field.value])).toEqual([
      ["credits", ""],
      ["why", ""],
    ]);
    const event = fresh<EventId>();
    const answers = { credits: " 1,200 ", why: "the “spring”\u202e launch" };
    const sentence = "Added 1200 credits: the “spring” launch. Now 1250 left.";
    expect(said(await here.submit(form.id, answers, { event }))).toEqual(["whisper", sentence]);
    expect(said(await here.submit(form.id, answers, { event }))).toEqual(["whisper", sentence]);
    expect(await here.desk.balance(here.channel)).toEqual({ available: 1250, reserved: 0, spent: 0 });
    expect((await here.history()).slice(0, -1)).toEqual([
      expect.objectContaining({
        kind: "grant",
        id: event,
        amount: 1200,
        person: MAX,
        memo: "the “spring” launch",
      }),
    ]);
  });

  it("sent again with another figure says what it did the first time", async () => {
    const { id } = await formOf(here.press(actionOn(await here.quotaCard(MAX), "Add…")));
    const event = fresh<EventId>();
    await here.submit(id, { credits: "100", why: "launch" }, { event });
    expect(said(await here.submit(id, { credits: "300", why: "launch" }, { event }))).toEqual([
      "whisper",
      "This form has added 100 credits before. To add more, open it again. Now 150 left.",
    ]);
    expect(await here.desk.balance(here.channel)).toMatchObject({ available: 150 });
  });

  it.each([
    [{}, "Say how many credits, 1 to 1,000,000, and why."],
    [{ credits: "0", why: "x" }, "Say how many credits, 1 to 1,000,000, and why."],
    [{ credits: "-5", why: "x" }, "Say how many credits, 1 to 1,000,000, and why."],
    [{ credits: "5 and more", why: "x" }, "Say how many credits, 1 to 1,000,000, and why."],
    [{ credits: "1000001", why: "x" }, "Say how many credits, 1 to 1,000,000, and why."],
    [{ credits: "5" }, "Say why, for the history."],
    [{ credits: "5", why: "\u200b" }, "Say why, for the history."],
    [{ credits: "5", why: "x".repeat(201) }, "Say why in 200 characters or fewer."],
  ])("stays open for %j", async (answers, sentence) => {
    const { id } = await formOf(here.press(actionOn(await here.quotaCard(MAX), "Add…")));
    const event = fresh<EventId>();
    expect(said(await here.submit(id, answers, { event }))).toEqual(["refused", sentence]);
    expect(await here.desk.balance(here.channel)).toMatchObject({ available: 50 });
    // A form that was refused may be sent again as the same event.
    await here.submit(id, { credits: "5", why: "launch" }, { event });
    expect(await here.desk.balance(here.channel)).toMatchObject({ available: 55 });
  });
});

describe("Set…", () => {
  it("does what /quota set does, and begins with what is set", async () => {
    const ask = async () => formOf(here.press(actionOn(await here.quotaCard(MAX), "Set…")));
    const values = (form: Form) => form.fields.map((field) => [field.name, field.value]);
    const form = await ask();
    expect(values(form)).toEqual([
      ["credits", ""],
      ["every", "month"],
      ["timeZone", "Europe/Madrid"],
    ]);
    const answers = { credits: "500", every: "week", timeZone: " europe/lisbon " };
    expect(said(await here.submit(form.id, answers))).toEqual([
      "whisper",
      "The allowance is 500 per week. It renews Mon, 23 Nov 2026, 00:00 (Europe/Lisbon). What is used in this week stays used. Now 500 left.",
    ]);
    expect(await here.balance()).toMatchObject({
      allowance: 500,
      recurs: { every: "week", timeZone: "Europe/Lisbon" },
      resetsAt: new Date("2026-11-23T00:00:00Z"),
    });
    expect(values(await ask())).toEqual([
      ["credits", "500"],
      ["every", "week"],
      ["timeZone", "Europe/Lisbon"],
    ]);
    // The zone stays when none is given.
    await here.submit(form.id, { credits: "20", every: "day", timeZone: "" });
    expect((await here.balance()).recurs).toEqual({ every: "day", timeZone: "Europe/Lisbon" });
  });

  it("sent again with another figure says what is set", async () => {
    const { id } = await formOf(here.press(actionOn(await here.quotaCard(MAX), "Set…")));
    const event = fresh<EventId>();
    await here.submit(id, { credits: "500", every: "week" }, { event });
    expect(said(await here.submit(id, { credits: "900", every: "day" }, { event }))[1]).toMatch(
      /^The allowance is 500 per week\. .* Now 500 left\.$/,
    );
    expect(await here.balance()).toMatchObject({ allowance: 500, recurs: { every: "week" } });
  });

  it.each([
    [{}, "Say how many credits, 0 to 1,000,000, and how often."],
    [{ credits: "-1", every: "day" }, "Say how many credits, 0 to 1,000,000, and how often."],
    [{ credits: "5", every: "fortnight" }, "Say how many credits, 0 to 1,000,000, and how often."],
    [
      { credits: "5", every: "day", timeZone: "Mars/Olympus" },
      "There is no time zone Mars/Olympus. Write it like Europe/Madrid or UTC.",
    ],
  ])("stays open for %j", async (answers, sentence) => {
    const { id } = await formOf(here.press(actionOn(await here.quotaCard(MAX), "Set…")));
    expect(said(await here.submit(id, answers))).toEqual(["refused", sentence]);
    expect((await here.balance()).recurs).toBeUndefined();
  });
});
