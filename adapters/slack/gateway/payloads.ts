import { z } from "zod";

// The fields that we read of what Slack sends, and no others: Slack adds fields without notice.

/** `U…`, `C…`, `F…`: https://docs.slack.dev/reference/objects. Made of capitals and digits, so that none breaks out of a ref. */
const id = z.string().regex(/^[A-Z][A-Z0-9]{1,40}$/);
/** `1700000000.000100` */
const ts = z.string().regex(/^\d{1,16}\.\d{1,10}$/);
const trigger = z.string().min(1).max(300);
const address = z.string().min(1).max(2000);
const text = z.string().max(40_000);

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
export const COMMAND = z.object({
  command: z.string().regex(/^\/\S{1,100}$/),
  text: text.default(""),
  user_id: id,
  channel_id: id,
  channel_name: z.string().default(""),
  response_url: address,
  trigger_id: trigger,
});

const file = z.object({ id, name: z.string().nullish(), mimetype: z.string().nullish() });
/** Of a message that somebody else may have written: whatever it has, or nothing. */
const files = z.array(file).max(100).catch([]);

/** https://docs.slack.dev/reference/events/app_mention */
export const MENTION = z.object({
  event_id: z.string().min(1).max(200),
  event: z.object({
    user: id.optional(),
    bot_id: z.string().optional(),
    text: text.default(""),
    ts,
    thread_ts: ts.optional(),
    channel: id,
    files,
    edited: z.unknown().optional(),
  }),
});

/** https://docs.slack.dev/reference/events/reaction_added, and removed alike. */
export const REACTION = z.object({
  event: z.object({
    type: z.enum(["reaction_added", "reaction_removed"]),
    user: id,
    reaction: z.string().min(1).max(200),
    item_user: z.string().optional(),
    item: z.union([
      z.object({ type: z.literal("message"), channel: id, ts }),
      z.object({ type: z.string() }).transform(() => undefined),
    ]),
  }),
});

/** https://docs.slack.dev/reference/events/app_home_opened */
export const HOME_OPENED = z.object({ event: z.object({ user: id, tab: z.string().default("home") }) });

/** https://docs.slack.dev/reference/events/subteam_members_changed (`subteam_id`), subteam_updated (`subteam`). */
export const GROUP_CHANGED = z.object({
  event: z.object({ subteam_id: id.optional(), subteam: z.object({ id }).optional() }),
});

/** https://docs.slack.dev/reference/events/member_joined_channel */
export const MEMBER_JOINED = z.object({
  event: z.object({ user: id, channel: id, inviter: id.optional() }),
});

/** https://docs.slack.dev/reference/events/app_uninstalled and tokens_revoked, whose `bot` lists the bots that lost their token. */
export const REVOKED = z.object({
  event_time: z.number().int().positive(),
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  event: z.object({
    type: z.enum(["app_uninstalled", "tokens_revoked"]),
    tokens: z.object({ bot: z.array(z.string()).nullish() }).optional(),
  }),
});

/** https://docs.slack.dev/reference/events/team_access_granted and team_access_revoked: an organization's doing. */
export const ACCESS_CHANGED = z.object({
  enterprise_id: id.nullish(),
  event: z.object({
    type: z.enum(["team_access_granted", "team_access_revoked"]),
    team_ids: z.array(id).max(10_000),
  }),
});

const person = z.object({ id });

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const PRESS = z.object({
  user: person,
  trigger_id: trigger,
  response_url: address.optional(),
  channel: z.object({ id }).optional(),
  container: z
    .object({ message_ts: ts.optional(), thread_ts: ts.optional(), channel_id: id.optional() })
    .default({}),
  message: z.object({ thread_ts: ts.optional() }).optional(),
  view: z.object({ id, type: z.string() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, of a message. */
export const MESSAGE_SHORTCUT = z.object({
  callback_id: z.string(),
  user: person,
  trigger_id: trigger,
  response_url: address,
  channel: z.object({ id, name: z.string().default("") }),
  message: z.object({ text: text.default(""), thread_ts: ts.optional(), ts, files }),
});

/** The same page, of no message. */
export const GLOBAL_SHORTCUT = z.object({ callback_id: z.string(), user: person, trigger_id: trigger });

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload. What is in the view, `blocks/` reads. */
export const SUBMISSION = z.object({
  user: person,
  trigger_id: trigger,
  view: z.looseObject({
    id,
    callback_id: z.string(),
    blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string() })),
  }),
});
