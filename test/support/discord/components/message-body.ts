import { z } from "zod";
import { refuse } from "./form-errors.ts";
import { link, list, repeatedAt, snowflake, text } from "./form-values.ts";
import { LAYOUT, LEGACY_ROWS } from "./message-components.ts";

const SUPPRESS_EMBEDS = 1 << 2;
const EPHEMERAL = 1 << 6;
const SUPPRESS_NOTIFICATIONS = 1 << 12;
export const IS_COMPONENTS_V2 = 1 << 15;

/**
 * What may be set (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-messages;
 * of a message of a channel all but EPHEMERAL). IS_VOICE_MESSAGE could be, and is nothing that Draftroom sends.
 */
const SETTABLE = SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | IS_COMPONENTS_V2;

const flags = z
  .int()
  .min(0)
  .superRefine((value, context) => {
    if ((value & ~SETTABLE) !== 0)
      refuse(context, "BITFIELD_TYPE_NOT_SETTABLE", `Flags ${value & ~SETTABLE} cannot be set`);
  });

/** Each once ("The set already contains this value"), at most 100. */
const mentioned = list(snowflake, 0, 100).superRefine((ids, context) => {
  for (const index of repeatedAt(ids))
    refuse(context, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value", [index]);
});

/** https://docs.discord.com/developers/resources/message#allowed-mentions-object */
const allowedMentions = z
  .strictObject({
    parse: z.array(z.enum(["roles", "users", "everyone"])).optional(),
    roles: mentioned.nullish(),
    users: mentioned.nullish(),
    replied_user: z.boolean().optional(),
  })
  .superRefine((value, context) => {
    for (const kind of ["roles", "users"] as const)
      if (value.parse?.includes(kind) && (value[kind]?.length ?? 0) > 0)
        refuse(
          context,
          "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
          `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
        );
  });

/** https://docs.discord.com/developers/resources/message#message-reference-structure: type 0 is a reply, 1 a forward. */
const messageReference = z.strictObject({
  type: z.literal([0, 1]).optional(),
  message_id: snowflake,
  channel_id: snowflake.optional(),
  guild_id: snowflake.optional(),
  fail_if_not_exists: z.boolean().optional(),
});

/** https://docs.discord.com/developers/resources/message#attachment-object-attachment-request-structure: description 1024. */
const attachment = z.strictObject({
  id: z.union([snowflake, z.int().min(0)], { error: "Value is not snowflake." }),
  filename: text(1, 1024).optional(),
  title: text(0, 1024).optional(),
  description: text(0, 1024).nullish(),
  is_spoiler: z.boolean().optional(),
});

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits, of what a note of text needs. */
const embed = z.strictObject({
  title: text(0, 256).optional(),
  description: text(0, 4096).optional(),
  url: link(2048, ["http", "https"]).optional(),
  color: z.int().min(0).max(0xff_ff_ff).optional(),
  image: z.strictObject({ url: link(2048, ["http", "https", "attachment"]) }).optional(),
});

/** https://docs.discord.com/developers/resources/message#create-message-jsonform-params: up to 25 characters, or an integer. */
const nonce = z.union([text(0, 25), z.int()], { error: "Must be 25 or fewer in length." });

const SHARED = {
  flags: flags.nullish(),
  allowed_mentions: allowedMentions.nullish(),
  attachments: list(attachment, 0, 10).nullish(),
  nonce: nonce.optional(),
  enforce_nonce: z.boolean().optional(),
  tts: z.boolean().optional(),
  message_reference: messageReference.optional(),
};

/**
 * "When the flag `IS_COMPONENTS_V2` is set, the message can only contain `components`"; in an edit the others are
 * "reset to empty": https://docs.discord.com/developers/resources/message#edit-message-jsonform-params
 */
export const LAYOUT_BODY = z
  .strictObject({
    ...SHARED,
    components: LAYOUT.nullish(),
    content: z.unknown().optional(),
    embeds: z.unknown().optional(),
    sticker_ids: z.unknown().optional(),
    poll: z.unknown().optional(),
  })
  .superRefine((body, context) => {
    const isEmpty = (value: unknown) => value === undefined || value === null || value === "";
    const isEmptyList = (value: unknown) => isEmpty(value) || (Array.isArray(value) && value.length === 0);
    const given = [
      ...(["content", "poll"] as const).filter((key) => !isEmpty(body[key])),
      ...(["embeds", "sticker_ids"] as const).filter((key) => !isEmptyList(body[key])),
    ];
    for (const key of given)
      refuse(
        context,
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        [key],
      );
  });

/** Content 2000, 10 embeds, 5 action rows. No stickers and no polls: nothing that Draftroom sends. */
export const PLAIN_BODY = z.strictObject({
  ...SHARED,
  content: text(0, 2000).nullish(),
  embeds: list(embed, 0, 10).nullish(),
  components: LEGACY_ROWS.nullish(),
});
