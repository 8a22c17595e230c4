import type { DiscordOutcome } from "../discord-people.ts";
import { listOf } from "../world/components.ts";
import type { Json } from "../world/records.ts";
import { type ActParts, act } from "./act.ts";
import { toForm } from "./read-form.ts";

export type Answers = Readonly<Record<string, string | readonly string[]>>;

const TEXT_INPUT = 4;
const RADIO_GROUP = 21;

/** Fills in the open form and submits it. It stays open when the app does not answer. */
export async function submitForm(parts: ActParts, answers: Answers): Promise<DiscordOutcome> {
  const { world, user } = parts;
  const interaction = world.forms.get(user.id);
  if (interaction === undefined) throw new Error(`${user.name} has no form open`);
  const form = interaction.shown ?? {};
  const { fields } = toForm(form);
  const unknown = Object.keys(answers).find(
    (name) => !fields.some((each) => each.customId === name || each.label === name),
  );
  if (unknown !== undefined)
    throw new Error(`there is no field "${unknown}" among: ${fields.map((each) => each.label).join(", ")}`);
  const errors: Record<string, string> = {};
  const components = listOf(form.components).flatMap((each, at) => answered(each, at + 1, answers, errors));
  if (Object.keys(errors).length > 0) return { kind: "invalid", errors };
  const outcome = await act(parts, {
    type: 5,
    channel: interaction.channel,
    message: interaction.message,
    targetMessage: undefined,
    data: { custom_id: form.custom_id, components },
  });
  if (outcome.kind !== "failed" && world.forms.get(user.id) === interaction) world.forms.delete(user.id);
  return outcome;
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure */
function answered(
  component: Json,
  id: number,
  answers: Answers,
  errors: Record<string, string>,
): readonly Json[] {
  const own = { type: component.type, id: component.id ?? id };
  if (component.type === 18) {
    const input = component.component as Json;
    return [{ ...own, component: answeredInput(input, component, answers, errors) }];
  }
  if (component.type !== 1) return [own];
  return [
    {
      ...own,
      components: listOf(component.components).map((each) => answeredInput(each, each, answers, errors)),
    },
  ];
}

function answeredInput(input: Json, named: Json, answers: Answers, errors: Record<string, string>): Json {
  const customId = String(input.custom_id);
  const given = answers[customId] ?? answers[String(named.label)];
  const own = { type: input.type, id: input.id ?? 0, custom_id: customId };
  const isRequired = input.required !== false;
  if (input.type === TEXT_INPUT) {
    const value = String(given ?? input.value ?? "");
    const error = textError(input, value, isRequired);
    if (error !== undefined) errors[customId] = error;
    return { ...own, value };
  }
  const values = chosenOf(input, given === undefined ? undefined : [given].flat());
  if (isRequired && values.length === 0) errors[customId] = "This field is required";
  return input.type === RADIO_GROUP ? { ...own, value: values[0] ?? null } : { ...own, values };
}

/** https://docs.discord.com/developers/components/reference#text-input */
function textError(input: Json, value: string, isRequired: boolean): string | undefined {
  if (value === "") return isRequired ? "This field is required" : undefined;
  if (value.length < Number(input.min_length ?? 0)) return "Too short";
  return value.length > Number(input.max_length ?? 4000) ? "Too long" : undefined;
}

function chosenOf(input: Json, names: readonly string[] | undefined): readonly unknown[] {
  const options = listOf(input.options);
  if (names === undefined) return options.filter((each) => each.default === true).map((each) => each.value);
  return names.map((name) => {
    const option = options.find((each) => each.value === name || each.label === name);
    if (option === undefined) throw new Error(`${input.custom_id} has no option "${name}"`);
    return option.value;
  });
}
