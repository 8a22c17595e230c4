import type { Json, ViewRecord } from "./records.ts";

export function blocksOf(view: Json): readonly Json[] {
  return Array.isArray(view.blocks) ? view.blocks : [];
}

/** What the inputs of a view start with. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload (`view.state.values`) */
export function initialState(view: Json, channel: string | undefined): ViewRecord["state"] {
  const state: ViewRecord["state"] = {};
  for (const block of blocksOf(view)) {
    for (const element of inputsOf(block)) {
      const start = startOf(element, channel);
      if (start === undefined) continue;
      const blockId = String(block.block_id);
      state[blockId] = { ...state[blockId], [String(element.action_id)]: start };
    }
  }
  return state;
}

function inputsOf(block: Json): readonly Json[] {
  if (block.type === "input") return [block.element as Json];
  if (block.type === "actions") return block.elements as readonly Json[];
  return block.accessory === undefined ? [] : [block.accessory as Json];
}

function startOf(element: Json, channel: string | undefined): Json | undefined {
  const { type } = element;
  switch (type) {
    case "plain_text_input":
    case "number_input":
      return { type, value: element.initial_value ?? null };
    case "static_select":
    case "radio_buttons":
      return { type, selected_option: element.initial_option ?? null };
    case "checkboxes":
      return { type, selected_options: element.initial_options ?? [] };
    case "conversations_select": {
      const current = element.default_to_current_conversation === true ? channel : undefined;
      return { type, selected_conversation: element.initial_conversation ?? current ?? null };
    }
    case "users_select":
      return { type, selected_user: element.initial_user ?? null };
    default:
      return undefined;
  }
}

/** The state of an element after a person gave an answer: text, an option's value or label, an id. */
export function answeredState(element: Json, answer: string): Json {
  const { type } = element;
  switch (type) {
    case "plain_text_input":
    case "number_input":
      return { type, value: answer === "" ? null : answer };
    case "static_select":
    case "radio_buttons":
      return { type, selected_option: answer === "" ? null : findOption(element, answer) };
    case "conversations_select":
      return { type, selected_conversation: answer === "" ? null : answer };
    case "users_select":
      return { type, selected_user: answer === "" ? null : answer };
    case "checkboxes": {
      const chosen = answer === "" ? [] : answer.split(",").map((each) => findOption(element, each));
      return { type, selected_options: chosen };
    }
    default:
      throw new Error(`nobody can fill in a ${type}`);
  }
}

function findOption(element: Json, answer: string): Json {
  const groups = (element.option_groups ?? []) as readonly { readonly options: readonly Json[] }[];
  const options = [
    ...((element.options ?? []) as readonly Json[]),
    ...groups.flatMap((each) => each.options),
  ];
  const labelOf = (option: Json) => (option.text as Json | undefined)?.text;
  const found = options.find((option) => option.value === answer || labelOf(option) === answer);
  if (found === undefined)
    throw new Error(`no option "${answer}" among ${options.map((each) => labelOf(each)).join(", ")}`);
  return found;
}
