import { describe, expect, it } from "vitest";
import { userRef } from "../../../../adapters/discord/discord-refs.ts";
import { createRecentInteractions } from "../../../../adapters/discord/gateway/create-recent-interactions.ts";
import {
  createTicket,
  readFormId,
  readOpenAgainId,
  toFormId,
  toOpenAgainId,
} from "../../../../adapters/discord/gateway/form-ids.ts";
import { createOpenForms, filledIn } from "../../../../adapters/discord/gateway/open-forms.ts";
import { DRAFT_FORM } from "../../../support/scripted-inbox.ts";

const MINUTE_MS = 60_000;

function createTime() {
  let now = Date.UTC(2026, 10, 20);
  return { clock: () => new Date(now), pass: (ms: number) => (now += ms) };
}

describe("recent interactions", () => {
  const where = { guild: "1", channel: "2", user: "3" };
  const { clock, pass } = createTime();
  const interaction = (token: string) => ({ ...where, application: "9", token, at: clock() });

  it("are found for as long as Discord takes answers, the latest of each person in each channel", () => {
    const recent = createRecentInteractions(clock);
    recent.remember(interaction("first"));
    pass(MINUTE_MS);
    recent.remember(interaction("second"));
    expect(recent.find(where)?.token).toBe("second");
    expect(recent.find({ ...where, channel: "4" })).toBeUndefined();
    expect(recent.find({ ...where, user: "4" })).toBeUndefined();
    pass(14.5 * MINUTE_MS);
    expect(recent.find(where)?.token).toBe("second");
    pass(0.5 * MINUTE_MS);
    expect(recent.find(where)).toBeUndefined();
  });

  it("are not kept for ever", () => {
    const recent = createRecentInteractions(clock);
    for (let user = 0; user <= 10_000; user++) recent.remember({ ...interaction("t"), user: `${user}` });
    expect(recent.find({ ...where, user: "0" })).toBeUndefined();
    expect(recent.find({ ...where, user: "1" })).toBeDefined();
  });
});

describe("open forms", () => {
  const person = userRef("1", "3");
  const opening = { person, form: DRAFT_FORM, attachments: [] };

  it("are found by whom they were shown to, for 15 minutes", () => {
    const { clock, pass } = createTime();
    const forms = createOpenForms(clock);
    const ticket = createTicket();
    forms.keep(ticket, opening);
    expect(forms.find(ticket, person)).toEqual(opening);
    expect(forms.find(ticket, userRef("1", "4"))).toBeUndefined();
    expect(forms.find("0123456789ab", person)).toBeUndefined();
    pass(15 * MINUTE_MS);
    expect(forms.find(ticket, person)).toBeUndefined();
    forms.keep(ticket, opening);
    expect(forms.find(ticket, person)).toEqual(opening);
  });

  it("are named in a way that fits, and comes back", () => {
    const ticket = createTicket();
    expect(readFormId(toFormId("draft", ticket, true))).toEqual({ form: "draft", ticket, hasPictures: true });
    expect(readFormId(toFormId("quota.set:discord:1:2", ticket, false))).toEqual({
      form: "quota.set:discord:1:2",
      ticket,
      hasPictures: false,
    });
    const long = "x".repeat(95);
    expect(readFormId(toFormId(long, ticket, false))).toEqual({
      form: long,
      ticket: undefined,
      hasPictures: false,
    });
    expect(readOpenAgainId(toOpenAgainId(ticket))).toBe(ticket);
    expect(readOpenAgainId("number.R1.2")).toBeUndefined();
  });

  it("are filled in with what there is", () => {
    const { fields } = filledIn(DRAFT_FORM, { prompt: "a fox", other: "?" });
    expect(fields.map(({ value }) => value)).toEqual(["a fox", "4"]);
  });
});
