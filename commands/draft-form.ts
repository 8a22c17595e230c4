import type { Field, Form } from "../src/core/card.ts";
import { PROMPT_LENGTH_MAX } from "../src/core/prompt.ts";
import { ASPECTS, SIZES } from "../src/core/recipe.ts";
import { TAKES_DEFAULT, TAKES_MAX } from "../src/core/round.ts";
import type { DraftWords } from "./draft-order.ts";

export const DRAFT_FORM = "draft";

const COUNTS = Array.from({ length: TAKES_MAX }, (_, index) => `${index + 1}`);

/** @param given what was said with the command, although not what to see. */
export function draftForm(given: DraftWords): Form {
  return {
    id: DRAFT_FORM,
    title: "Draft",
    submit: "Draft",
    fields: [
      ...orderFields(given),
      {
        type: "text",
        name: "seed",
        label: "Seed",
        hint: "The same seed and prompt make the same takes",
        value: given.seed ?? "",
        lengthMax: 10,
        required: false,
        multiline: false,
      },
    ],
  };
}

/** What a round is to make, with what is given already filled in. */
export function orderFields(given: DraftWords): readonly Field[] {
  return [
    {
      type: "text",
      name: "prompt",
      label: "What should be seen?",
      hint: "a glass bottle refracting afternoon sun on a limestone table",
      value: given.prompt ?? "",
      lengthMax: PROMPT_LENGTH_MAX,
      required: true,
      multiline: true,
    },
    choice("count", "How many takes", COUNTS, [given.count, `${TAKES_DEFAULT}`]),
    choice("aspect", "Aspect", ASPECTS, [given.aspect, "1:1"]),
    choice("size", "Size of the final", SIZES, [given.size, "2K"]),
  ];
}

/** @param wanted the first of these that is there is chosen. */
function choice(
  name: string,
  label: string,
  values: readonly string[],
  wanted: readonly (string | undefined)[],
): Field {
  const value = wanted.find((each) => each !== undefined && values.includes(each)) ?? "";
  return {
    type: "choice",
    name,
    label,
    options: values.map((each) => ({ value: each, label: each })),
    value,
  };
}
