import { z } from "zod";
import { refuse } from "./form-errors.ts";
import { byType, componentId, customId, link, list, partialEmoji, snowflake, text } from "./form-values.ts";
import { SELECT_TYPES, selects } from "./selects.ts";

// https://docs.discord.com/developers/components/reference: those that may stand in messages.

/** https://docs.discord.com/developers/components/reference#button-button-structure: label 80, url 512. */
const button = z
  .strictObject({
    type: z.literal(2),
    id: componentId,
    style: z.literal([1, 2, 3, 4, 5, 6]),
    label: text(0, 80).optional(),
    emoji: partialEmoji.optional(),
    custom_id: customId.optional(),
    sku_id: snowflake.optional(),
    url: link(512, ["http", "https", "discord"]).optional(),
    disabled: z.boolean().optional(),
  })
  .superRefine((value, context) => {
    const wanted = value.style === 6 ? "sku_id" : value.style === 5 ? "url" : "custom_id";
    if (value[wanted] === undefined)
      refuse(context, `BUTTON_COMPONENT_${wanted.toUpperCase()}_REQUIRED`, `A ${wanted} is required`, [
        wanted,
      ]);
    const others = (["custom_id", "url", "sku_id"] as const).filter((each) => each !== wanted);
    const forbidden = value.style === 6 ? ([...others, "label", "emoji"] as const) : others;
    for (const key of forbidden)
      if (value[key] !== undefined)
        refuse(
          context,
          "BUTTON_COMPONENT_MUTUALLY_EXCLUSIVE",
          `A button of this style cannot have a ${key}`,
          [key],
        );
    if (value.style !== 6 && !value.label && value.emoji === undefined)
      refuse(context, "BUTTON_COMPONENT_INVALID_EMPTY", "A label or an emoji is required", ["label"]);
  });

/**
 * Markdown, 4000 characters (https://github.com/discord/discord-api-docs/pull/8562). Blank text is no message
 * (50006) as `content`; here too, to be strict.
 */
export const textDisplay = z
  .strictObject({ type: z.literal(10), id: componentId, content: text(1, 4000) })
  .superRefine(({ content }, context) => {
    if (content !== "" && content.trim() === "")
      refuse(context, "BASE_TYPE_REQUIRED", "This field is required", ["content"]);
  });

/** "Only the `url` field is settable": https://docs.discord.com/developers/components/reference#unfurled-media-item */
const media = z.strictObject({ url: link(2048, ["http", "https", "attachment"]) });
const shownMedia = {
  media,
  /** Alt text: max 1024. */
  description: text(1, 1024).nullish(),
  spoiler: z.boolean().optional(),
};

/** https://docs.discord.com/developers/components/reference#thumbnail */
const thumbnail = z.strictObject({ type: z.literal(11), id: componentId, ...shownMedia });

/** https://docs.discord.com/developers/components/reference#section: one to three texts, and what goes with them. */
const section = z.strictObject({
  type: z.literal(9),
  id: componentId,
  components: list(byType([10], [textDisplay]), 1, 3),
  accessory: byType([2, 11], [button, thumbnail]),
});

/** https://docs.discord.com/developers/components/reference#media-gallery: 1 to 10 items. */
const mediaGallery = z.strictObject({
  type: z.literal(12),
  id: componentId,
  items: list(z.strictObject(shownMedia), 1, 10),
});

/** https://docs.discord.com/developers/components/reference#file: "only supports using the `attachment://` protocol". */
const file = z.strictObject({
  type: z.literal(13),
  id: componentId,
  file: z.strictObject({ url: link(2048, ["attachment"]) }),
  spoiler: z.boolean().optional(),
});

/** https://docs.discord.com/developers/components/reference#separator */
const separator = z.strictObject({
  type: z.literal(14),
  id: componentId,
  divider: z.boolean().optional(),
  spacing: z.literal([1, 2]).optional(),
});

/** https://docs.discord.com/developers/components/reference#action-row: up to 5 buttons, or a single select. `required` "is ignored in messages". */
export const actionRow = z
  .strictObject({
    type: z.literal(1),
    id: componentId,
    components: list(
      byType([2, ...SELECT_TYPES], [button, ...selects({ disabled: z.boolean().optional() })]),
      1,
      5,
    ),
  })
  .superRefine(({ components }, context) => {
    if (components.length > 1 && components.some((each) => each.type !== 2))
      refuse(
        context,
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        "The specified component exceeds the maximum width",
        ["components"],
      );
  });

const CONTENT = [actionRow, section, textDisplay, mediaGallery, file, separator] as const;
const CONTENT_TYPES = [1, 9, 10, 12, 13, 14];

/** https://docs.discord.com/developers/components/reference#container: no container, thumbnail or bare button in it. */
const container = z.strictObject({
  type: z.literal(17),
  id: componentId,
  components: list(byType(CONTENT_TYPES, CONTENT), 1, 40),
  accent_color: z.int().min(0).max(0xff_ff_ff).nullish(),
  spoiler: z.boolean().optional(),
});

/** With IS_COMPONENTS_V2. How many, all together, is told later. */
export const LAYOUT = list(byType([...CONTENT_TYPES, 17], [...CONTENT, container]), 1, 40);

/** Without: "up to 5 action rows", https://docs.discord.com/developers/components/reference#legacy-message-component-behavior. */
export const LEGACY_ROWS = list(byType([1], [actionRow]), 0, 5);
