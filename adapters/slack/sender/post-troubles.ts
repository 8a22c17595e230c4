// Slack's errors about a part of what was to be said: the rest can be.

/** The thread cannot be written to, though the channel may. */
export const THREAD_TROUBLE: ReadonlySet<string> = new Set([
  "thread_not_found",
  "message_not_found",
  "cannot_reply_to_message",
  "restricted_action_non_threadable_channel",
  "restricted_action_thread_locked",
]);

/** Slack does not show the picture of a message, for now: it is still being processed, or was deleted. */
export const FILE_TROUBLE: ReadonlySet<string> = new Set([
  "invalid_blocks",
  "file_not_found",
  "file_deleted",
  "file_is_deleted",
  "missing_file_data",
  "unable_to_share_files",
]);

/** Slack will not show the picture here, whatever happens to the file. */
export const FILE_REFUSED: ReadonlySet<string> = new Set([
  "blocked_file_type",
  "posting_to_channel_denied",
  "file_share_limit_reached",
  "slack_connect_file_link_sharing_blocked",
  "slack_connect_file_upload_sharing_blocked",
  "slack_connect_blocked_file_type",
]);

/** The file is no more. */
export const FILE_GONE: ReadonlySet<string> = new Set(["file_not_found", "file_deleted", "file_is_deleted"]);

/** The message stays as it is, whatever anybody does. */
export const EDIT_CLOSED: ReadonlySet<string> = new Set(["cant_update_message", "edit_window_closed"]);
