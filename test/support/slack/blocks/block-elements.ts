import {
  confirm,
  conversationFilter,
  dispatchConfig,
  option,
  optionGroup,
  plainText,
  richOption,
  slackFile,
} from "./composition-objects.ts";
import {
  boolean,
  complain,
  type Inspection,
  integer,
  list,
  oneOf,
  pattern,
  type Shape,
  string,
} from "./schema.ts";

// https://docs.slack.dev/reference/block-kit/block-elements: those that Draftroom could use.

const ACTION_ID = string(255, 1);
const PLACEHOLDER = plainText(150);

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element: text 75, value 2000, url 3000. */
const button: Shape = {
  required: { text: plainText(75) },
  optional: {
    action_id: ACTION_ID,
    value: string(2000),
    url: string(3000),
    style: oneOf("primary", "danger"),
    confirm,
    accessibility_label: string(75),
  },
};

/** https://docs.slack.dev/reference/block-kit/block-elements/image-element */
export const imageElement: Shape = {
  required: { alt_text: string(2000, 1) },
  exactlyOne: { image_url: string(3000, 1), slack_file: slackFile },
};

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select: options or groups, at most 100. */
const staticSelect: Shape = {
  exactlyOne: { options: list(option, 100), option_groups: list(optionGroup, 100) },
  optional: {
    action_id: ACTION_ID,
    initial_option: option,
    placeholder: PLACEHOLDER,
    confirm,
    focus_on_load: boolean,
  },
  rule: requireInitialAmongOptions,
};

/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element: at most 10. */
const radioButtons: Shape = {
  required: { options: list(richOption, 10) },
  optional: { action_id: ACTION_ID, initial_option: richOption, confirm, focus_on_load: boolean },
  rule: requireInitialAmongOptions,
};

/** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element: at most 10. */
const checkboxes: Shape = {
  required: { options: list(richOption, 10) },
  optional: { action_id: ACTION_ID, initial_options: list(richOption, 10), confirm, focus_on_load: boolean },
};

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#conversations_select */
const conversationsSelect: Shape = {
  optional: {
    action_id: ACTION_ID,
    placeholder: PLACEHOLDER,
    initial_conversation: pattern(/^[CDGUW][A-Z0-9]+$/, "must be a conversation id"),
    default_to_current_conversation: boolean,
    response_url_enabled: boolean,
    filter: conversationFilter,
    confirm,
    focus_on_load: boolean,
  },
};

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#users_select */
const usersSelect: Shape = {
  optional: {
    action_id: ACTION_ID,
    placeholder: PLACEHOLDER,
    initial_user: pattern(/^[UW][A-Z0-9]+$/, "must be a user id"),
    confirm,
    focus_on_load: boolean,
  },
};

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element: lengths up to 3000. */
const plainTextInput: Shape = {
  optional: {
    action_id: ACTION_ID,
    initial_value: string(3000),
    multiline: boolean,
    min_length: integer(0, 3000),
    max_length: integer(1, 3000),
    dispatch_action_config: dispatchConfig,
    focus_on_load: boolean,
    placeholder: PLACEHOLDER,
  },
  rule(value, at, inspection) {
    const { initial_value: initial, max_length: max } = value;
    if (typeof initial === "string" && typeof max === "number" && initial.length > max)
      complain(inspection, `${at}/initial_value`, `must be less than ${max + 1} characters`);
  },
};

/** https://docs.slack.dev/reference/block-kit/block-elements/number-input-element */
const numberInput: Shape = {
  required: { is_decimal_allowed: boolean },
  optional: {
    action_id: ACTION_ID,
    initial_value: string(100),
    min_value: string(100),
    max_value: string(100),
    dispatch_action_config: dispatchConfig,
    focus_on_load: boolean,
    placeholder: PLACEHOLDER,
  },
};

const SELECTS = {
  static_select: staticSelect,
  conversations_select: conversationsSelect,
  users_select: usersSelect,
};
const GROUPS = { radio_buttons: radioButtons, checkboxes };

/** By the block that they may stand in. */
export const ACTION_ELEMENTS: Readonly<Record<string, Shape>> = { button, ...SELECTS, ...GROUPS };
export const ACCESSORIES: Readonly<Record<string, Shape>> = { ...ACTION_ELEMENTS, image: imageElement };
export const INPUT_ELEMENTS: Readonly<Record<string, Shape>> = {
  plain_text_input: plainTextInput,
  number_input: numberInput,
  ...SELECTS,
  ...GROUPS,
};

/** "Must exactly match one of the options": the whole object, not only its value. */
function requireInitialAmongOptions(
  value: Readonly<Record<string, unknown>>,
  at: string,
  inspection: Inspection,
): void {
  if (value.initial_option === undefined || value.initial_option === null) return;
  const groups = (value.option_groups ?? []) as readonly { readonly options?: readonly unknown[] }[];
  const options = [
    ...((value.options ?? []) as readonly unknown[]),
    ...groups.flatMap((each) => each.options ?? []),
  ];
  const wanted = JSON.stringify(value.initial_option);
  if (!options.some((each) => JSON.stringify(each) === wanted))
    complain(inspection, at, "option not found in provided options");
}
