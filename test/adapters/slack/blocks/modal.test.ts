import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literal } from "../../../../adapters/slack/blocks/literal.ts";
import { readSubmission, toFormErrors } from "../../../../adapters/slack/blocks/read-submission.ts";
import { toModal } from "../../../../adapters/slack/blocks/to-modal.ts";
import { type Field, type Form, plainCard } from "../../../../src/core/card.ts";
import { DRAFT_FORMS } from "../../../support/draft-forms.ts";
import { EMOJI_WALL, HOSTILE } from "./any-card.ts";
import { expectBlocks, walk } from "./check-shape.ts";
import { CHANNEL, THREAD } from "./real-cards.ts";

const PLACE = { channel: CHANNEL, thread: THREAD };
const HERE = { place: PLACE, attachments: [] };

const prompt = (changes: Partial<Extract<Field, { type: "text" }>> = {}): Field => ({
  type: "text",
  name: "prompt",
  label: "What should be seen?",
  hint: "a glass bottle",
  value: "",
  lengthMax: 1000,
  required: true,
  multiline: true,
  ...changes,
});
const seed = prompt({
  name: "seed",
  label: "Seed",
  hint: "The same makes the same",
  lengthMax: 10,
  required: false,
  multiline: false,
});
const count: Field = {
  type: "choice",
  name: "count",
  label: "How many takes",
  options: ["1", "4", "16"].map((value) => ({ value, label: `${value} takes` })),
  value: "4",
};
const FORM: Form = {
  id: "vary.01JCX",
  title: "Vary a take",
  submit: "Vary",
  intro: undefined,
  fields: [prompt(), count, seed],
};

/** What Slack's client makes of a modal: the view as it comes back, filled in. */
function fillIn(modal: ReturnType<typeof toModal>, answers: Readonly<Record<string, string>>) {
  const inputs = modal.blocks.filter((block) => block.type === "input") as unknown as {
    block_id: string;
    element: { type: string; action_id: string; initial_value?: string; initial_option?: unknown };
  }[];
  const values = inputs.map(({ block_id, element }) => {
    const answer = answers[block_id.replace("field.", "")];
    const option = answer === undefined ? (element.initial_option ?? null) : { value: answer };
    const state = {
      plain_text_input: { value: answer ?? element.initial_value ?? null },
      static_select: { selected_option: option },
      conversations_select: { selected_conversation: answer ?? null },
    }[element.type];
    return [block_id, { [element.action_id]: { type: element.type, ...state } }];
  });
  return { ...modal, id: "V1", team_id: "T0DRAFT01", state: { values: Object.fromEntries(values) } };
}

describe("a form", () => {
  it("asks for text and for choices", () => {
    const { blocks, ...frame } = toModal(FORM, HERE);
    expect(frame).toMatchObject({
      type: "modal",
      callback_id: "draftroom.form",
      title: { type: "plain_text", text: "Vary a take", emoji: false },
      submit: { text: "Vary" },
      close: { text: "Cancel" },
    });
    expect(blocks).toMatchObject([
      {
        type: "input",
        block_id: "field.prompt",
        optional: false,
        element: {
          type: "plain_text_input",
          multiline: true,
          max_length: 2000,
          placeholder: { text: "a glass bottle" },
          focus_on_load: true,
        },
      },
      {
        block_id: "field.count",
        optional: false,
        element: {
          type: "static_select",
          options: [{ value: "1" }, { value: "4" }, { value: "16" }],
          initial_option: { text: { type: "plain_text", text: "4 takes", emoji: false }, value: "4" },
        },
      },
      {
        block_id: "field.seed",
        optional: true,
        hint: { text: "The same makes the same" },
        element: { multiline: false, max_length: 10 },
      },
    ]);
    expect(walk(blocks).filter((node) => node.focus_on_load === true)).toHaveLength(1);
    expect(walk(blocks).filter((node) => "initial_value" in node)).toEqual([]);
  });

  it("comes back with its place, its answers and its pictures", () => {
    const attachments = [{ file: "F0REF0001", name: "mood board.png" }];
    const modal = toModal(FORM, { place: PLACE, attachments });
    expect(readSubmission(fillIn(modal, { prompt: "a red fox" }))).toEqual({
      form: "vary.01JCX",
      place: PLACE,
      answers: { prompt: "a red fox", count: "4", seed: "" },
      attachments,
    });
    const inChannel = { channel: CHANNEL, thread: undefined };
    const elsewhere = toModal(FORM, { place: inChannel, attachments: [] });
    expect(readSubmission(fillIn(elsewhere, {}))?.place).toEqual(inChannel);
  });

  it("asks for the channel when it was opened nowhere", () => {
    const modal = toModal(FORM, { place: undefined, attachments: [] });
    expect(modal.blocks[0]).toMatchObject({
      block_id: "draftroom.channel",
      element: {
        type: "conversations_select",
        default_to_current_conversation: true,
        response_url_enabled: true,
        filter: { include: ["public", "private"] },
      },
    });
    expect(readSubmission(fillIn(modal, { "draftroom.channel": "C0BRAND01" }))).toMatchObject({
      place: { chosen: "C0BRAND01" },
      answers: { count: "4" },
    });
    expect(readSubmission(fillIn(modal, {}))).toBeUndefined();
    expect(JSON.stringify(toModal(FORM, HERE).blocks)).not.toContain("conversations_select");
  });

  it.each(DRAFT_FORMS)("of the draft command is whole, and comes back: $name", ({ form }) => {
    const modal = toModal(form, HERE);
    expectBlocks(modal.blocks, "view");
    expect(modal.blocks).toHaveLength(form.fields.length + (form.intro === undefined ? 0 : 1));
    const submitted = readSubmission(fillIn(modal, { prompt: "a red fox" }));
    const given = form.fields.map(({ name, value }) => [name, value]);
    expect(submitted).toMatchObject({
      form: form.id,
      answers: { ...Object.fromEntries(given), prompt: "a red fox" },
    });
  });

  it.each(HOSTILE)("has %s above its fields, as words", (intro) => {
    const { blocks } = toModal({ ...FORM, intro }, { place: undefined, attachments: [] });
    expectBlocks(blocks, "view");
    expect(blocks[0]).toEqual({
      type: "rich_text",
      elements: [{ type: "rich_text_section", elements: [{ type: "text", text: literal(intro) }] }],
    });
    expect(blocks[1]).toMatchObject({ block_id: "draftroom.channel" });
  });

  it.each([...HOSTILE, EMOJI_WALL, "<".repeat(1000)])("keeps %s as it is written", (words) => {
    const modal = toModal({ ...FORM, fields: [prompt({ value: words, hint: words })] }, HERE);
    expect(modal.blocks[0]).toMatchObject({ element: { initial_value: words } });
    expect(readSubmission(fillIn(modal, {}))?.answers.prompt).toBe(words);
    for (const node of walk(modal)) {
      expect(node.type).not.toBe("mrkdwn");
      if (node.type === "plain_text") expect(node.emoji).toBe(false);
    }
  });

  it("of any words holds Slack's limits", () => {
    const words = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.nat(5000).map((n) => "🦊".repeat(n)),
    );
    const anyFile = fc.record({ file: fc.constant("F0ABCDEFGH"), name: words });
    fc.assert(
      fc.property(
        words,
        words,
        words,
        fc.boolean(),
        fc.array(anyFile, { maxLength: 60 }),
        (a, b, c, multiline, attachments) => {
          const field = prompt({ label: a, hint: b, value: c, multiline });
          const options = Array.from({ length: 120 }, (_, index) => ({ value: `${index}`, label: a }));
          const modal = toModal(
            { id: "draft", title: a, submit: b, intro: c, fields: [field, { ...count, options }] },
            { place: undefined, attachments },
          );
          for (const label of [modal.title, modal.submit, modal.close])
            expect(label?.text.length).toBeLessThanOrEqual(24);
          expect(Buffer.byteLength(modal.private_metadata ?? "")).toBeLessThanOrEqual(3000);
          expectBlocks(modal.blocks, "view");
          expect(readSubmission(fillIn(modal, { "draftroom.channel": "C0BRAND01" }))?.form).toBe("draft");
        },
      ),
    );
  });

  it.each([
    ["another app's view", { callback_id: "other" }],
    ["no metadata of ours", { private_metadata: "{}" }],
    ["metadata that is no JSON", { private_metadata: "draft" }],
    [
      "a place that Slack's adapter never made",
      { private_metadata: '{"form":"draft","channel":"studio:x","files":[]}' },
    ],
    ["no state", { state: undefined }],
  ])("with %s is none of ours", (_, changes) => {
    expect(readSubmission({ ...fillIn(toModal(FORM, HERE), {}), ...changes })).toBeUndefined();
  });
});

describe("a refused form", () => {
  const view = fillIn(toModal(FORM, { place: undefined, attachments: [] }), {});
  const errorsOf = (sentence: string) => toFormErrors(view, plainCard("warn", sentence)).errors;

  it.each([
    ["--count is a whole number from 1 to 16. You gave 99.", "field.count"],
    ["--seed is a whole number, such as --seed 7.", "field.seed"],
    ["That prompt has 1001 characters; 1000 is the most.", "field.prompt"],
    ["The count is wrong, but look at --seed.", "field.seed"],
    ["How many takes there can be depends.", "field.count"],
    ["Something counted is off.", "field.prompt"],
  ])("says “%s” at %s", (sentence, block) => {
    expect(errorsOf(sentence)).toEqual({ [block]: sentence });
  });

  it("stays open", () => {
    expect(toFormErrors(view, plainCard("warn", "No.")).response_action).toBe("errors");
  });
});
