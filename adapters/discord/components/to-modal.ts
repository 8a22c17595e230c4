import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextDisplayComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from "discord.js";
import type { Field, Form } from "../../../src/core/card.ts";
import { cut } from "./cut.ts";
import { escapeText } from "./escape-text.ts";
import { LIMITS } from "./limits.ts";
import { literal, literalLine } from "./literal.ts";

type TextField = Extract<Field, { type: "text" }>;
type ChoiceField = Extract<Field, { type: "choice" }>;

/**
 * A form as a modal. Its button is Discord's own: `submit` is not shown.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
 */
export function toModal(form: Form): APIModalInteractionResponseCallbackData {
  const intro = form.intro === undefined ? [] : [toIntro(form.intro)];
  return {
    custom_id: form.id,
    title: plain(form.title, LIMITS.title),
    components: [...intro, ...form.fields.slice(0, LIMITS.fields - intro.length).map(toLabel)],
  };
}

/** Unlike all else in a modal it is markdown. https://docs.discord.com/developers/components/reference#text-display */
function toIntro(words: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content: escapeText(plain(words, LIMITS.intro)) };
}

/** The hint of a multiline field is an example of an answer, and stands where the answer will. */
function toLabel(field: Field): APILabelComponent {
  const isDescribed = field.type === "text" && !field.multiline && field.hint !== "";
  return {
    type: ComponentType.Label,
    label: plain(field.label, LIMITS.fieldLabel),
    ...(isDescribed ? { description: plain(field.hint, LIMITS.fieldDescription) } : {}),
    component: field.type === "text" ? toTextInput(field) : toSelect(field),
  };
}

/**
 * A field counts characters as a person does, and Discord may count an emoji as two: what is too long in between is
 * told by the command, in words.
 */
function toTextInput(field: TextField): APITextInputComponent {
  const lengthMax = Math.min(LIMITS.inputText, field.lengthMax * (field.multiline ? 2 : 1));
  const value = cut(field.multiline ? literal(field.value) : literalLine(field.value), lengthMax);
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style: field.multiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.required,
    max_length: lengthMax,
    ...(value === "" ? {} : { value }),
    ...(field.multiline && field.hint !== "" ? { placeholder: plain(field.hint, LIMITS.placeholder) } : {}),
  };
}

function toSelect(field: ChoiceField): APIStringSelectComponent {
  return {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    options: field.options.slice(0, LIMITS.options).map(({ value, label }) => ({
      label: plain(label, LIMITS.option),
      value,
      default: value === field.value,
    })),
  };
}

/** Text without markup, which Discord does not take empty. */
function plain(words: string, max: number): string {
  return cut(literalLine(words).trim(), max) || "…";
}
