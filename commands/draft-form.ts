import type { Field, Form } from "../src/core/card.ts";
import { KEEP_DEFAULT, KEEPS, type Keep } from "../src/core/keep.ts";
import { PROMPT_LENGTH_MAX } from "../src/core/prompt.ts";
import { ASPECTS, SIZES } from "../src/core/recipe.ts";
import { TAKES_DEFAULT, TAKES_MAX } from "../src/core/round.ts";
import type { Models } from "../src/models/models.ts";
import type { DraftWords } from "./draft-order.ts";
import { modelField, readModel } from "./model-field.ts";

// A form has five fields at most, words above them counted as one: more, Discord shows nobody. What was given and has
// no field goes along in the form's id, and so comes back wherever it is sent off.

const DRAFT_FORM = "draft";

/** Whether a form is one of ours. */
export function isDraftForm(form: string): boolean {
  return form === DRAFT_FORM || form.startsWith(`${DRAFT_FORM}?`);
}

const COUNTS = Array.from({ length: TAKES_MAX }, (_, index) => `${index + 1}`);

/** @param given what was said with the command, although not what to see. */
export function draftForm(given: DraftWords, models: Models): Form {
  const prompt = promptField(given);
  const shape = [countField(given), aspectField(given)];
  const choosing = modelField(models, given.model);
  const rest = choosing.length > 0 ? [finalField(given), ...choosing] : [sizeField(given), seedField(given)];
  return toForm(given, { intro: undefined, fields: [prompt, ...shape, ...rest] });
}

/** The same with a word of advice above it. */
export function advisedForm(given: DraftWords, models: Models, intro: string): Form {
  const fields = [promptField(given), ...modelField(models, given.model), countField(given), ADVICE_FIELD];
  return toForm(given, { intro, fields });
}

/** What a round is to make, with what is given already filled in. */
export function orderFields(given: DraftWords): readonly Field[] {
  return [promptField(given), countField(given), aspectField(given), sizeField(given)];
}

/** @param form with the answers to it. */
export function readDraftForm({
  form,
  answers,
}: {
  readonly form: string;
  readonly answers: Readonly<Record<string, string>>;
}): DraftWords & { readonly isAdviceUnwanted: boolean } {
  const { final, advice, model, ...others } = answers;
  const [size, keep] = final?.split(" ") ?? [];
  return {
    ...Object.fromEntries(new URLSearchParams(form.slice(DRAFT_FORM.length))),
    ...(final === undefined ? {} : { size, keep }),
    ...others,
    model: readModel(model),
    isAdviceUnwanted: advice === UNWANTED,
  };
}

function toForm(given: DraftWords, { intro, fields }: Pick<Form, "intro" | "fields">): Form {
  const asked = fields.flatMap(({ name }) => (name === "final" ? ["size", "keep"] : [name]));
  const along = Object.entries(given).filter(
    (entry): entry is [string, string] => CARRIED.has(entry[0]) && !asked.includes(entry[0]) && !!entry[1],
  );
  const id = along.length === 0 ? DRAFT_FORM : `${DRAFT_FORM}?${new URLSearchParams(along)}`;
  return { id, title: "Draft", submit: "Draft", intro, fields };
}

/** Short ones only: with a ticket beside them they fit the hundred characters that Discord has for an id. */
const CARRIED: ReadonlySet<string> = new Set(["aspect", "size", "seed", "keep"]);

function promptField({ prompt }: DraftWords): Field {
  return {
    type: "text",
    name: "prompt",
    label: "What should be seen?",
    hint: "a glass bottle refracting afternoon sun on a limestone table",
    value: prompt ?? "",
    lengthMax: PROMPT_LENGTH_MAX,
    required: true,
    multiline: true,
  };
}

function countField({ count }: DraftWords): Field {
  return choice("count", "How many takes", same(COUNTS), [count, `${TAKES_DEFAULT}`]);
}

function aspectField({ aspect }: DraftWords): Field {
  return choice("aspect", "Aspect", same(ASPECTS), [aspect, "1:1"]);
}

function sizeField({ size }: DraftWords): Field {
  return choice("size", "Size of the final", same(SIZES), [size, "2K"]);
}

function seedField({ seed }: DraftWords): Field {
  return {
    type: "text",
    name: "seed",
    label: "Seed",
    hint: "The same seed and prompt make the same takes",
    value: seed ?? "",
    lengthMax: 10,
    required: false,
    multiline: false,
  };
}

const FOLLOWS: Readonly<Record<Keep, string>> = {
  loose: "loosely like its take",
  close: "close to its take",
  exact: "exactly like its take",
};

/** Two questions in one field. */
function finalField({ size = "2K", keep = KEEP_DEFAULT }: DraftWords): Field {
  const options = SIZES.flatMap((each) =>
    KEEPS.map((how) => ({ value: `${each} ${how}`, label: `${each}, ${FOLLOWS[how]}` })),
  );
  return choice("final", "The final", options, [`${size} ${keep}`, `2K ${KEEP_DEFAULT}`]);
}

const UNWANTED = "never";
const ADVICE_FIELD = choice(
  "advice",
  "Advice",
  [
    { value: "show", label: "Show it when it matters" },
    { value: UNWANTED, label: "Not again to me here" },
  ],
  ["show"],
);

type Options = Extract<Field, { type: "choice" }>["options"];

function same(values: readonly string[]): Options {
  return values.map((each) => ({ value: each, label: each }));
}

/** @param wanted the first of these that is there is chosen. */
function choice(
  name: string,
  label: string,
  options: Options,
  wanted: readonly (string | undefined)[],
): Field {
  const value = wanted.find((each) => options.some((option) => option.value === each)) ?? "";
  return { type: "choice", name, label, options, value };
}
