// What Slack's errors mean, by the method pages under https://docs.slack.dev/reference/methods (chat.postMessage,
// chat.update, chat.postEphemeral, reactions.add, files.*, conversations.*, users.info, usergroups.users.list) and
// the errors that every method has. Words are for people: they stand on cards and in logs.

/** What it was about is no more: nothing will bring it back. */
export const GONE: ReadonlyMap<string, string> = new Map([
  ["invalid_channel", "There is no such channel."],
  ["message_not_found", "The message was deleted."],
  ["thread_not_found", "The thread was deleted."],
]);

/**
 * Asking again changes nothing until a person changes something, and then it does: they invite the bot,
 * unarchive the channel, install the app again. `missing_scope` has words of its own.
 */
export const REFUSED: ReadonlyMap<string, string> = new Map([
  // Slack says the same of a channel that was deleted and of a private one that the bot is not in.
  [
    "channel_not_found",
    "The channel is private and Draftroom is not in it, or it was deleted. Type /invite @draftroom there.",
  ],
  ["is_archived", "The channel is archived."],
  ["is_inactive", "The channel is archived or deleted."],
  ["not_in_channel", "Draftroom is not in the channel. Type /invite @draftroom there."],
  ["account_inactive", "Draftroom was removed from this workspace."],
  ["token_revoked", "Draftroom was removed from this workspace."],
  ["team_access_not_granted", "Draftroom was removed from this workspace."],
  ["invalid_auth", "Slack does not accept the bot token. Whoever runs Draftroom has to check it."],
  ["not_authed", "Slack got no bot token. Whoever runs Draftroom has to check it."],
  ["not_allowed_token_type", "Slack wants a bot token (xoxb-…). Whoever runs Draftroom has to check it."],
  ["access_denied", "This workspace does not let Draftroom do that."],
  ["accesslimited", "This workspace does not accept Draftroom from the network that it runs on."],
  ["app_access_restricted", "This workspace restricts who may use Draftroom."],
  ["no_permission", "This workspace does not let Draftroom do that."],
  ["ekm_access_denied", "The workspace's administrators have suspended posting."],
  ["enterprise_is_restricted", "The organization does not let Draftroom do that."],
  ["restricted_action", "A setting of this workspace does not let Draftroom post here."],
  [
    "restricted_action_read_only_channel",
    "The channel is read-only: allow Draftroom to post in its settings.",
  ],
  ["restricted_action_thread_only_channel", "The channel takes replies only."],
  ["cant_update_message", "Draftroom may not change this message."],
  [
    "edit_window_closed",
    "The workspace's settings do not let messages of this age be edited (Settings → Message editing).",
  ],
  ["user_not_in_channel", "The person is not in the channel."],
  ["too_many_members", "The channel has as many members as Slack allows."],
  ["method_not_supported_for_channel_type", "Slack does not allow that in this kind of conversation."],
  ["file_uploads_disabled", "File uploads are turned off in this workspace."],
  ["file_uploads_except_images_disabled", "This workspace takes uploads of images only."],
  ["file_upload_size_restricted", "This workspace restricts uploads of large files."],
  ["storage_limit_reached", "The workspace's file storage is full."],
  ["file_type_not_allowed", "This workspace does not take files of this type."],
  ["blocked_file_type", "This workspace does not take files of this type."],
  ["posting_to_channel_denied", "Draftroom may not share files in this channel."],
  ["user_is_external_guest", "Draftroom is an external guest here, and may not share files."],
  ["file_share_limit_reached", "The file has been shared as often as Slack allows."],
  ["slack_connect_file_link_sharing_blocked", "The workspace does not share files with other organizations."],
  [
    "slack_connect_file_upload_sharing_blocked",
    "The workspace does not share files with other organizations.",
  ],
  [
    "slack_connect_blocked_file_type",
    "The workspace does not share files of this type with other organizations.",
  ],
]);

/** A person has to do something first, in milliseconds: they should not wait long once they have. */
export const REFUSED_RETRY_MS = 60_000;

export interface Passing {
  /** In how many milliseconds to try again; undefined leaves it to the queue's ladder. */
  readonly retryAfterMs: number | undefined;
  /** Of some errors Slack says: "It's possible some aspect of the operation succeeded." */
  readonly inDoubt: boolean;
}

const IN_DOUBT: Passing = { retryAfterMs: undefined, inDoubt: true };
const inMs = (retryAfterMs: number): Passing => ({ retryAfterMs, inDoubt: false });

/** Slack's own trouble, or one that passes: worth another try. */
export const UNAVAILABLE: ReadonlyMap<string, Passing> = new Map([
  ["internal_error", IN_DOUBT],
  ["fatal_error", IN_DOUBT],
  ["unknown_error", IN_DOUBT],
  ["service_unavailable", IN_DOUBT],
  ["request_timeout", IN_DOUBT],
  ["update_failed", IN_DOUBT],
  ["file_update_failed", IN_DOUBT],
  // A token is asked for before each use: the next try has a newer one.
  ["token_expired", inMs(5_000)],
  ["ratelimited", inMs(30_000)],
  ["rate_limited", inMs(30_000)],
  ["message_limit_exceeded", inMs(60_000)],
  ["external_channel_migrating", inMs(60_000)],
  ["team_added_to_org", inMs(300_000)],
  ["org_login_required", inMs(300_000)],
]);

/** Slack has had too many calls. */
export const TOO_MANY: ReadonlySet<string> = new Set([
  "ratelimited",
  "rate_limited",
  "message_limit_exceeded",
]);

/** What Slack answers to a token that it does not, or no longer, take: https://docs.slack.dev/reference/methods/auth.test. */
export const DEAD_TOKEN: ReadonlySet<string> = new Set([
  "account_inactive",
  "invalid_auth",
  "not_authed",
  "token_expired",
  "token_revoked",
]);
