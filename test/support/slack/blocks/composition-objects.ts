import { boolean, byType, type Check, complain, list, object, oneOf, type Shape, string } from "./schema.ts";

// https://docs.slack.dev/reference/block-kit/composition-objects

/** `plain_text` only. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export function plainText(lengthMax: number): Check {
  return byType({ plain_text: { required: { text: string(lengthMax, 1) }, optional: { emoji: boolean } } });
}

/** `plain_text` or `mrkdwn`. */
export function anyText(lengthMax: number): Check {
  return byType(textShapes(lengthMax));
}

export function textShapes(lengthMax: number): Readonly<Record<string, Shape>> {
  const required = { text: string(lengthMax, 1) };
  return {
    plain_text: { required, optional: { emoji: boolean } },
    mrkdwn: { required, optional: { verbatim: boolean } },
  };
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object: text and description 75, value 150. */
function optionOf(text: Check): Check {
  return object({ required: { text, value: string(150, 1) }, optional: { description: anyText(75) } });
}

export const option = optionOf(plainText(75));
/** Of radio buttons and checkboxes, whose text may be mrkdwn. */
export const richOption = optionOf(anyText(75));

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object */
export const optionGroup = object({ required: { label: plainText(75), options: list(option, 100) } });

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export const confirm = object({
  required: { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  optional: { style: oneOf("primary", "danger") },
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object */
export const conversationFilter = object({
  optional: {
    include: list(oneOf("im", "mpim", "private", "public"), 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  rule(value, at, inspection) {
    if (Object.keys(value).length === 0) complain(inspection, at, "must provide at least one property");
  },
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object */
export const dispatchConfig = object({
  optional: { trigger_actions_on: list(oneOf("on_enter_pressed", "on_character_entered"), 2) },
});

/**
 * https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object: an id or a url, of an
 * image in png, jpg, jpeg or gif that whoever posts has access to.
 */
export const slackFile: Check = (value, at, inspection) => {
  object({ exactlyOne: { id: string(255, 1), url: string(3000, 1) } })(value, at, inspection);
  const refusal = inspection.refuseFile(value as Readonly<Record<string, unknown>>);
  if (refusal !== undefined) complain(inspection, at, refusal);
};
