import type { DiscordField, DiscordForm } from "../discord-message.ts";
import { listOf, textsOf } from "../world/components.ts";
import type { Json } from "../world/records.ts";

/** What a person sees of a modal: https://docs.discord.com/developers/components/using-modal-components */
export function toForm(data: Json): DiscordForm {
  const components = listOf(data.components);
  return {
    customId: String(data.custom_id),
    title: String(data.title),
    fields: components.flatMap(fieldsOf),
    words: textsOf(components).join("\n"),
    components: structuredClone(components),
  };
}

/** Of a label (18), or of an action row (1) as modals had them before. */
function fieldsOf(component: Json): readonly DiscordField[] {
  if (component.type === 18) return [toField(component.component as Json, component)];
  return component.type === 1 ? listOf(component.components).map((each) => toField(each, each)) : [];
}

function toField(input: Json, named: Json): DiscordField {
  const options = listOf(input.options).map(({ label, value }) => ({
    label: String(label),
    value: String(value),
  }));
  const chosen = listOf(input.options).find((each) => each.default === true);
  const hint = named.description ?? input.placeholder;
  return {
    label: String(named.label ?? ""),
    customId: String(input.custom_id),
    type: Number(input.type),
    // "Defaults to true": https://docs.discord.com/developers/components/reference#text-input
    isRequired: input.required !== false,
    isMultiline: input.style === 2,
    value: String(chosen?.value ?? input.value ?? ""),
    options,
    hint: typeof hint === "string" ? hint : undefined,
  };
}
