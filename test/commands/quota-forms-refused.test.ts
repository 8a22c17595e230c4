import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toBudgetActionId } from "../../src/budgets/budget-action.ts";
import { credits } from "../../src/core/credits.ts";
import type { ChannelRef } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { actionOn, type BudgetForms, formOf, openBudgetForms, said } from "../support/budget-forms.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, DIRECTED, MAX, MIA } from "../support/story-desk.ts";

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

describe("whoever is no manager", () => {
  const DENIED = ["whisper", `Only managers can change that. Ask @${MAX}.`];

  it.each(["add", "set"] as const)("cannot %s, whatever they send", async (kind) => {
    await here.quotaCard(MAX);
    const id = toBudgetActionId({ kind, channel: here.channel });
    for (const who of [MIA, ADA]) {
      expect(said(await here.press(id, who))).toEqual(DENIED);
      const answers = { credits: "5", why: "mine", every: "day", timeZone: "UTC" };
      expect(said(await here.submit(id, answers, { who }))).toEqual(DENIED);
    }
    expect(await here.history()).toHaveLength(1);
  });

  it("is asked again when the form comes back", async () => {
    const { id } = await formOf(here.press(actionOn(await here.quotaCard(MAX), "Add…")));
    here.desk.platform.staff.set(here.channel, { directors: [ADA], managers: [ADA] });
    expect(said(await here.submit(id, { credits: "5", why: "mine" }))).toEqual([
      "whisper",
      `Only managers can change that. Ask @${ADA}.`,
    ]);
    expect(await here.history()).toHaveLength(1);
  });
});

describe("a budget of elsewhere", () => {
  const ELSEWHERE = "That budget is not one of this workspace.";

  it("is refused, to its own managers too", async () => {
    await here.quotaCard(MAX);
    const other = fresh<ChannelRef>("studio:elsewhere:");
    here.desk.platform.staff.set(other, DIRECTED);
    await here.desk.database.records.channels.open(other, credits(50), here.desk.clock());
    for (const kind of ["add", "set"] as const) {
      const id = toBudgetActionId({ kind, channel: other });
      expect(said(await here.press(id))).toEqual(["whisper", ELSEWHERE]);
      expect(said(await here.submit(id, { credits: "5", why: "x", every: "day" }))).toEqual([
        "refused",
        ELSEWHERE,
      ]);
      // The same from there.
      expect((await here.press(id, MAX, other)).kind).toBe("form");
    }
  });

  it("is not opened for a channel that nobody has used", async () => {
    await here.quotaCard(MAX);
    const unknown = here.desk.channel();
    const id = toBudgetActionId({ kind: "add", channel: unknown });
    expect(said(await here.press(id))).toEqual(["whisper", ELSEWHERE]);
    expect(said(await here.submit(id, { credits: "5", why: "x" }))).toEqual(["refused", ELSEWHERE]);
    expect(await here.desk.database.records.channels.find(unknown)).toBeUndefined();
  });
});

it("a form or a button that was never made is nothing", async () => {
  const id = `quota.freeze:${here.channel}`;
  expect(said(await here.press(id))[1]).toMatch(/does not belong to this message/);
  expect(said(await here.submit(id, {}))).toEqual([
    "refused",
    "That form is not one of ours. Start again with /draft.",
  ]);
});
