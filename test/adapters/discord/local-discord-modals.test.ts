import { describe, expect, it } from "vitest";
import {
  input,
  type Json,
  label,
  many,
  modal,
  option,
  select,
  words,
  x,
} from "../../support/discord/component-parts.ts";
import { checkModal } from "../../support/discord/components/check-modal.ts";

const labelled = (component: Json) => modal([label(component)]);
const inInput = (more: Json) => labelled(input(more));
const inSelect = (more: Json) => labelled(select(more));
const radio = (options: Json[]) => labelled({ type: 21, custom_id: "r", options });
const boxes = (options: Json[], more: Json = {}) => labelled({ type: 22, custom_id: "b", options, ...more });
const upload = (more: Json) => labelled({ type: 19, custom_id: "u", ...more });
const options = (count: number) => many(count, (index) => option(`${index}`));
const inputs = (count: number) => many(count, (index) => label(input({ custom_id: `i${index}` })));

const GOOD: readonly (readonly [string, Json])[] = [
  [
    "five fields of each kind",
    modal([
      words("Say what is to be **different**."),
      label(input({ style: 2, min_length: 1, max_length: 4000, value: x(4000), placeholder: x(100) }), {
        label: x(45),
        description: x(100),
      }),
      label(select({ options: options(25), max_values: 25, placeholder: x(150), required: false })),
      label({ type: 21, custom_id: "r", options: [option("a", { default: true }), option("b")] }),
      label({ type: 22, custom_id: "b", options: options(10), min_values: 0, required: false }),
    ]),
  ],
  ["nothing that need be filled in", inInput({ required: false, min_length: 3, value: "" })],
  ["no choice needed", inSelect({ min_values: 0, required: false })],
  ["files of some kinds", upload({ min_values: 1, max_values: 10, file_types: ["image", ".PDF"] })],
  ["a box to tick", labelled({ type: 23, custom_id: "c", default: true })],
  ["a person", labelled({ type: 5, custom_id: "p", default_values: [{ id: "123", type: "user" }] })],
];

/** Of the only field there is. */
const FIELD = "components.0.component";

/** By code: what it is, the body, and where it is refused. */
const BAD: Readonly<Record<string, readonly (readonly [string, unknown, string])[]>> = {
  BASE_TYPE_REQUIRED: [
    ["no title", { custom_id: "m", components: [words()] }, "title"],
    ["no custom_id", modal([words()], { custom_id: undefined }), "custom_id"],
    ["a label of nothing", modal([{ type: 18, label: "a" }]), FIELD],
    ["an input of no name", labelled({ type: 4, style: 1 }), `${FIELD}.custom_id`],
  ],
  BASE_TYPE_BAD_LENGTH: [
    ["a long title", modal([words()], { title: x(46) }), "title"],
    ["an empty title", modal([words()], { title: "" }), "title"],
    ["a long custom_id", modal([words()], { custom_id: x(101) }), "custom_id"],
    ["no fields", modal([]), "components"],
    ["six fields", modal(inputs(6)), "components"],
    ["a long label", modal([label(input(), { label: x(46) })]), "components.0.label"],
    ["a long description", modal([label(input(), { description: x(101) })]), "components.0.description"],
    ["more words than may be", inInput({ max_length: 3, value: "four" }), `${FIELD}.value`],
    ["fewer words than must be", inInput({ min_length: 3, value: "a" }), `${FIELD}.value`],
    ["26 options", inSelect({ options: options(26) }), `${FIELD}.options`],
    ["no options", inSelect({ options: [] }), `${FIELD}.options`],
    ["one radio button", radio(options(1)), `${FIELD}.options`],
    ["11 radio buttons", radio(options(11)), `${FIELD}.options`],
    ["11 boxes", boxes(options(11)), `${FIELD}.options`],
  ],
  BASE_TYPE_MAX_LENGTH: [
    ["a long placeholder", inInput({ placeholder: x(101) }), `${FIELD}.placeholder`],
    ["11 kinds of files", upload({ file_types: many(11, () => "image") }), `${FIELD}.file_types`],
  ],
  BASE_TYPE_CHOICES: [["an input of another style", inInput({ style: 3 }), `${FIELD}.style`]],
  NUMBER_TYPE_MAX: [
    ["too many words", inInput({ max_length: 4001 }), `${FIELD}.max_length`],
    ["at least more than at most", inInput({ min_length: 5, max_length: 4 }), `${FIELD}.min_length`],
    ["more boxes than there are", boxes(options(2), { max_values: 3 }), `${FIELD}.max_values`],
    ["11 files", upload({ max_values: 11 }), `${FIELD}.max_values`],
  ],
  NUMBER_TYPE_MIN: [["no words at all", inInput({ max_length: 0 }), `${FIELD}.max_length`]],
  UNKNOWN_KEY: [
    ["an input with a label of its own", inInput({ label: "a" }), `${FIELD}.label`],
    ["a select that is disabled", inSelect({ disabled: false }), `${FIELD}.disabled`],
    ["an unknown key", modal([words()], { submit: "Go" }), "submit"],
  ],
  UNION_TYPE_CHOICES: [
    ["an input without a label", modal([input()]), "components.0.type"],
    ["an action row", modal([{ type: 1, components: [input()] }]), "components.0.type"],
    ["a button", labelled({ type: 2, style: 1, label: "a", custom_id: "a" }), `${FIELD}.type`],
    ["words in a label", labelled(words()), `${FIELD}.type`],
  ],
  SELECT_COMPONENT_OPTION_VALUE_DUPLICATED: [
    [
      "of a select",
      inSelect({ options: [option("a"), option("b", { value: "a" })] }),
      `${FIELD}.options.1.value`,
    ],
    ["of radio buttons", radio([option("a"), option("a")]), `${FIELD}.options.1.value`],
  ],
  SELECT_COMPONENT_MAX_DEFAULTS: [
    ["two chosen of one", inSelect({ options: chosen(2) }), `${FIELD}.options`],
    ["two radio buttons", radio(chosen(2)), `${FIELD}.options`],
  ],
  COMPONENT_REQUIRED_MIN_VALUES: [
    ["of a select", inSelect({ min_values: 0 }), `${FIELD}.min_values`],
    ["of boxes", boxes(options(2), { min_values: 0, required: true }), `${FIELD}.min_values`],
    ["of files", upload({ min_values: 0 }), `${FIELD}.min_values`],
  ],
  STRING_TYPE_REGEX: [["a kind of file", upload({ file_types: ["png"] }), `${FIELD}.file_types.0`]],
  COMPONENT_CUSTOM_ID_DUPLICATED: [
    ["twice", modal([label(input()), label(input())]), "components.1.component.custom_id"],
  ],
  COMPONENT_ID_DUPLICATED: [["twice", modal([label(input({ id: 1 }), { id: 1 })]), `${FIELD}.id`]],
};

function chosen(count: number): Json[] {
  return many(count, (index) => option(`${index}`, { default: true }));
}

describe("modals that Discord takes", () => {
  it.each(GOOD)("%s", (_name, body) => {
    expect(checkModal(body)).toEqual([]);
  });
});

describe.each(Object.entries(BAD))("modals that Discord refuses for %s", (code, cases) => {
  it.each(cases)("%s", (_name, body, path) => {
    expect(checkModal(body)).toMatchObject([{ path, code, message: expect.stringMatching(/./) }]);
  });
});
