import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literalLine } from "../../../../adapters/discord/components/literal.ts";
import { readAnswers } from "../../../../adapters/discord/components/read-answers.ts";
import { toModal } from "../../../../adapters/discord/components/to-modal.ts";
import type { Field, Form } from "../../../../src/core/card.ts";
import { checkModal } from "../../../support/discord/components/check-modal.ts";
import { parseMarkdown } from "../../../support/discord/page/parse-markdown.ts";
import { DRAFT_FORMS } from "../../../support/draft-forms.ts";
import { anyWords } from "./any-card.ts";
import { EMOJI_WALL, HOSTILE } from "./hostile.ts";

type TextField = Extract<Field, { type: "text" }>;

const textField = (changes: Partial<TextField> = {}): TextField => ({
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

const COUNT: Field = {
  type: "choice",
  name: "count",
  label: "How many takes",
  options: ["1", "4"].map((value) => ({ value, label: `${value} takes` })),
  value: "4",
};

const formOf = (...fields: readonly Field[]): Form => ({
  id: "final:send_back:1",
  title: "Send back, because…",
  submit: "Send back",
  intro: undefined,
  fields,
});

/** As Discord sends it back: https://docs.discord.com/developers/components/reference#label-examples. */
function submit(form: Form, answers: Readonly<Record<string, string>> = {}): unknown {
  const { custom_id, components } = toModal(form);
  return {
    custom_id,
    components: components.map((label, index) => {
      if (label.type === 10) return { type: 10, id: 2 * index + 1 };
      if (label.type !== 18 || !("custom_id" in label.component)) throw new Error("a field is in a label");
      const { type, custom_id: name } = label.component;
      const given = answers[name];
      const id = 2 * index + 1;
      if (label.component.type === 3) {
        const standing = label.component.options.find((option) => option.default)?.value;
        return {
          type: 18,
          id,
          component: { type, id: id + 1, custom_id: name, values: [given ?? standing] },
        };
      }
      const value = given ?? (label.component.type === 4 ? (label.component.value ?? "") : "");
      return { type: 18, id, component: { type, id: id + 1, custom_id: name, value } };
    }),
  };
}

describe("a form as a modal", () => {
  it("asks each thing in a label", () => {
    const why = textField({
      name: "why",
      label: "Why?",
      hint: "For the history",
      multiline: false,
      required: false,
    });
    const modal = toModal(formOf(textField({ value: "a red fox" }), COUNT, why));
    expect(checkModal(modal)).toEqual([]);
    expect(modal).toEqual({
      custom_id: "final:send_back:1",
      title: "Send back, because…",
      components: [
        {
          type: 18,
          label: "What should be seen?",
          component: {
            type: 4,
            custom_id: "prompt",
            style: 2,
            required: true,
            max_length: 2000,
            value: "a red fox",
            placeholder: "a glass bottle",
          },
        },
        {
          type: 18,
          label: "How many takes",
          component: {
            type: 3,
            custom_id: "count",
            options: [
              { label: "1 takes", value: "1", default: false },
              { label: "4 takes", value: "4", default: true },
            ],
          },
        },
        {
          type: 18,
          label: "Why?",
          description: "For the history",
          component: { type: 4, custom_id: "why", style: 1, required: false, max_length: 1000 },
        },
      ],
    });
  });

  it.each(DRAFT_FORMS)("of the draft command is whole, and comes back: $name", ({ form }) => {
    const words = form.intro === undefined ? 0 : 1;
    expect(form.fields.length + words).toBeLessThanOrEqual(5);
    // With a ticket beside it.
    expect(form.id.length).toBeLessThanOrEqual(85);
    const modal = toModal(form);
    expect(checkModal(modal)).toEqual([]);
    expect(modal.components).toHaveLength(form.fields.length + words);
    const answers = readAnswers(submit(form, { prompt: "a red fox" }));
    expect(Object.keys(answers)).toEqual(form.fields.map(({ name }) => name));
    expect(answers).toMatchObject({ prompt: "a red fox", count: "4" });
  });

  it.each(HOSTILE)("has %s above its fields, as words", (intro) => {
    const modal = toModal({ ...formOf(textField()), intro });
    expect(checkModal(modal)).toEqual([]);
    expect(modal.components).toHaveLength(2);
    const [first] = modal.components;
    if (first?.type !== 10) throw new Error("there are no words above the fields");
    expect(parseMarkdown(first.content)).toEqual([{ type: "text", text: literalLine(intro).trim() }]);
  });

  it.each([...HOSTILE, EMOJI_WALL])("keeps %s as it is written", (value) => {
    const form = formOf(textField({ value, hint: value }));
    expect(checkModal(toModal(form))).toEqual([]);
    expect(readAnswers(submit(form))).toEqual({ prompt: value });
  });

  it("of any words holds Discord's limits", () => {
    fc.assert(
      fc.property(anyWords, anyWords, anyWords, fc.boolean(), (one, other, value, multiline) => {
        const options = Array.from({ length: 60 }, (_, index) => ({ value: `${index}`, label: one }));
        const fields = [
          textField({ label: one, hint: other, value, multiline }),
          { ...COUNT, label: other, options },
          ...["a", "b", "c", "d"].map((name) => textField({ name })),
        ];
        for (const intro of [undefined, other])
          expect(checkModal(toModal({ ...formOf(...fields), title: one, intro }))).toEqual([]);
      }),
    );
  });
});

describe("the answers of a form", () => {
  const answer = (component: unknown) => ({ type: 18, id: 1, component });

  it.each([
    ["nothing", undefined],
    ["no object", "components"],
    ["no components", { custom_id: "draft" }],
    ["components that are none", { components: [null, 7, "x", {}, { type: 18 }, { component: null }] }],
    ["another kind of component", { components: [answer({ type: 19, custom_id: "file", values: ["1"] })] }],
    ["a value that is no text", { components: [answer({ type: 4, custom_id: "prompt", value: {} })] }],
    [
      "names of every object",
      {
        components: ["__proto__", "", "a b", "1", "x".repeat(101)].map((custom_id) =>
          answer({ type: 4, custom_id, value: "x" }),
        ),
      },
    ],
  ])("with %s are none", (_, data) => {
    expect(Object.entries(readAnswers(data))).toEqual([]);
  });

  it("never change what every object has", () => {
    const names = ["constructor", "toString", "hasOwnProperty", "prompt"];
    const answers = readAnswers({
      components: names.map((custom_id) => answer({ type: 4, custom_id, value: "x" })),
    });
    expect(Object.entries(answers)).toEqual(names.map((name) => [name, "x"]));
    expect(Object.getPrototypeOf(answers)).toBe(Object.prototype);
    expect(String({})).toBe("[object Object]");
  });

  it("are empty where nothing was chosen or written", () => {
    const data = {
      components: [
        answer({ type: 4, custom_id: "seed", value: "" }),
        answer({ type: 4, custom_id: "why", value: null }),
        answer({ type: 3, custom_id: "count", values: [] }),
        { type: 10, id: 9 },
      ],
    };
    expect(readAnswers(data)).toEqual({ seed: "", why: "", count: "" });
  });
});
