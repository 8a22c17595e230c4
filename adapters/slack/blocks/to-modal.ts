import type {
  InputBlock,
  ModalView,
  PlainTextInput,
  PlainTextOption,
  RichTextBlock,
  StaticSelect,
} from "@slack/web-api";
import { type Field, type Form, text } from "../../../src/core/card.ts";
import { cut } from "./cut.ts";
import { type FormContext, writeFormContext } from "./form-context.ts";
import { LIMITS } from "./limits.ts";
import { literal } from "./literal.ts";
import { plainText } from "./plain-text.ts";
import { toRichText } from "./rich-text.ts";

/** The `callback_id` of every form. */
export const FORM_CALLBACK = "draftroom.form";
/** The block that asks where, in a form that was opened nowhere. */
export const CHANNEL_BLOCK = "draftroom.channel";
/** Before a field's name, in the id of its block. */
export const FIELD_BLOCK = "field.";

const ANSWER = "draftroom.answer";

type TextField = Extract<Field, { type: "text" }>;
type ChoiceField = Extract<Field, { type: "choice" }>;

/** A form as a modal. Without a place it asks for a channel first. https://docs.slack.dev/surfaces/modals */
export function toModal(form: Form, context: FormContext): ModalView {
  const first = form.fields.find((field) => field.type === "text");
  return {
    type: "modal",
    callback_id: FORM_CALLBACK,
    private_metadata: writeFormContext(form, context),
    title: plainText(form.title, LIMITS.title),
    submit: plainText(form.submit, LIMITS.title),
    close: plainText("Cancel", LIMITS.title),
    blocks: [
      ...(form.intro === undefined ? [] : [toIntro(form.intro)]),
      ...(context.place === undefined ? [CHANNEL_CHOICE] : []),
      ...form.fields.map((field) => toInput(field, field === first)),
    ],
  };
}

/**
 * Channels only: in a direct message there is no budget and nobody to pick. A response_url comes with the
 * answer, for a word to the person where the bot is no member.
 * https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#conversations_select
 */
const CHANNEL_CHOICE: InputBlock = {
  type: "input",
  block_id: CHANNEL_BLOCK,
  label: plainText("Channel", LIMITS.inputLabel),
  hint: plainText("Where the takes are shown, and whose budget they are from", LIMITS.inputLabel),
  element: {
    type: "conversations_select",
    action_id: ANSWER,
    default_to_current_conversation: true,
    response_url_enabled: true,
    filter: { include: ["public", "private"] },
  },
};

function toIntro(words: string): RichTextBlock {
  return toRichText([[text(words)]], {
    tone: "info",
    weightMax: LIMITS.messageWeight,
    heading: false,
    url: undefined,
  });
}

function toInput(field: Field, focused: boolean): InputBlock {
  const isText = field.type === "text";
  return {
    type: "input",
    block_id: `${FIELD_BLOCK}${field.name}`,
    label: plainText(field.label, LIMITS.inputLabel),
    optional: isText && !field.required,
    ...(isText && !field.multiline && field.hint !== ""
      ? { hint: plainText(field.hint, LIMITS.inputLabel) }
      : {}),
    element: isText ? toTextInput(field, focused) : toSelect(field),
  };
}

/**
 * A field counts characters as a person does, and Slack's client may count an emoji as two: what is too
 * long in between is told by the command, in words.
 */
function toTextInput(field: TextField, focused: boolean): PlainTextInput {
  const lengthMax = Math.min(LIMITS.inputText, field.lengthMax * (field.multiline ? 2 : 1));
  const value = cut(literal(field.value), lengthMax);
  return {
    type: "plain_text_input",
    action_id: ANSWER,
    multiline: field.multiline,
    max_length: lengthMax,
    ...(value === "" ? {} : { initial_value: value }),
    ...(field.multiline && field.hint !== ""
      ? { placeholder: plainText(field.hint, LIMITS.placeholder) }
      : {}),
    ...(focused ? { focus_on_load: true } : {}),
  };
}

/** `initial_option` has to be one of the options to the letter. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select */
function toSelect(field: ChoiceField): StaticSelect {
  const options = field.options
    .slice(0, LIMITS.options)
    .map(({ value, label }): PlainTextOption => ({ text: plainText(label, LIMITS.option), value }));
  const initial = options.find((option) => option.value === field.value);
  return {
    type: "static_select",
    action_id: ANSWER,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}
