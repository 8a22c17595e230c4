import { checkMessageBlocks } from "../../blocks/check-blocks.ts";
import { findChannel, findJoinedChannel, openDirect } from "../../world/channels.ts";
import { toMessageJson } from "../../world/message-json.ts";
import { addMessage, findThread, removeMessage, requireMessage } from "../../world/messages.ts";
import type { ChannelRecord, Json } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import { withIds } from "../../world/with-ids.ts";
import { type BotMethod, type MethodCall, TIER } from "../method.ts";
import { checkMetadata, checkText, readContent } from "./message-content.ts";

const postMessage: BotMethod = {
  name: "chat.postMessage",
  token: "bot",
  scopes: ["chat:write"],
  // Its limits are a channel's and a workspace's: see rate-limits.ts.
  perMinute: TIER.special,
  args: [
    "channel",
    "text",
    "blocks",
    "attachments",
    "thread_ts",
    "reply_broadcast",
    "metadata",
    "mrkdwn",
    "parse",
    "link_names",
    "unfurl_links",
    "unfurl_media",
    "unfurl_app_links",
    "markdown_text",
    "icon_emoji",
    "icon_url",
    "username",
  ],
  run(call) {
    const { world, args, team } = call;
    const channel = findPostable(call, args.required("channel"));
    const content = readContent(args);
    if (content.text === "" && content.blocks.length === 0 && content.attachments.length === 0)
      throw new Refusal("no_text");
    checkText(content.text, 40_000);
    checkMessageBlocks(world, team, content.blocks);
    const given = args.text("thread_ts");
    const threadTs = given === undefined ? undefined : findThread(world, channel, given);
    const message = addMessage(world, channel, {
      user: team.botUserId,
      byApp: true,
      ...content,
      threadTs,
      broadcast: threadTs !== undefined && args.flag("reply_broadcast"),
      metadata: checkMetadata(args.json("metadata", "invalid_metadata_format")),
    });
    return { channel: channel.id, ts: message.ts, message: toMessageJson(world, message, true) };
  },
};

/** "To post in a public channel that the app is not a member of, it needs chat:write.public": https://docs.slack.dev/reference/scopes/chat.write.public */
function findPostable(call: MethodCall, id: string): ChannelRecord {
  const user = call.world.users.get(id);
  if (user !== undefined && user.team === call.team.id) return openDirect(call.world, call.team, user);
  const channel = findChannel(call.world, call.team, id);
  if (channel.archived) throw new Refusal("is_archived");
  if (channel.kind === "public" && call.install.scopes.includes("chat:write.public")) return channel;
  return findJoinedChannel(call.world, call.team, id);
}

const update: BotMethod = {
  name: "chat.update",
  token: "bot",
  scopes: ["chat:write"],
  perMinute: TIER.t3,
  args: [
    "channel",
    "ts",
    "text",
    "blocks",
    "attachments",
    "metadata",
    "parse",
    "link_names",
    "reply_broadcast",
    "file_ids",
    "markdown_text",
    "as_user",
    "unfurled_attachments",
  ],
  run({ world, args, team }) {
    const channel = findChannel(world, team, args.required("channel"));
    if (channel.archived) throw new Refusal("is_inactive");
    const message = requireMessage(channel, args.required("ts"));
    if (message.user !== team.botUserId) throw new Refusal("cant_update_message");
    const content = readContent(args);
    const hasText = args.has("text");
    if (!hasText && !args.has("blocks") && !args.has("attachments")) throw new Refusal("no_text");
    checkText(content.text, 4000);
    checkMessageBlocks(world, team, content.blocks);
    const metadata = checkMetadata(args.json("metadata", "invalid_metadata_format"));
    if (hasText) message.text = content.text;
    // Blocks stay only when there is no text either: https://docs.slack.dev/reference/methods/chat.update
    if (args.has("blocks") || hasText) message.blocks = withIds(world, content.blocks);
    if (args.has("attachments")) message.attachments = content.attachments;
    if (metadata !== undefined) message.metadata = Object.keys(metadata).length === 0 ? undefined : metadata;
    if (message.blocks.length === 0) message.edited = true;
    world.changed();
    return {
      channel: channel.id,
      ts: message.ts,
      text: message.text,
      message: toMessageJson(world, message, true),
    };
  },
};

const remove: BotMethod = {
  name: "chat.delete",
  token: "bot",
  scopes: ["chat:write"],
  perMinute: TIER.t3,
  args: ["channel", "ts", "as_user"],
  run({ world, args, team }) {
    const channel = findChannel(world, team, args.required("channel"));
    const message = requireMessage(channel, args.required("ts"));
    if (message.user !== team.botUserId) throw new Refusal("cant_delete_message");
    removeMessage(world, channel, message);
    return { channel: channel.id, ts: message.ts };
  },
};

const postEphemeral: BotMethod = {
  name: "chat.postEphemeral",
  token: "bot",
  scopes: ["chat:write"],
  perMinute: TIER.t4,
  args: [
    "channel",
    "user",
    "text",
    "blocks",
    "attachments",
    "thread_ts",
    "parse",
    "link_names",
    "markdown_text",
    "icon_emoji",
    "icon_url",
    "username",
    "metadata",
  ],
  run({ world, args, team }): Json {
    const channel = findJoinedChannel(world, team, args.required("channel"));
    if (channel.archived) throw new Refusal("is_archived");
    const user = args.required("user");
    if (!channel.members.has(user)) throw new Refusal("user_not_in_channel");
    const content = readContent(args);
    if (content.text === "" && content.blocks.length === 0 && content.attachments.length === 0)
      throw new Refusal("no_text");
    checkText(content.text, 40_000);
    checkMessageBlocks(world, team, content.blocks);
    const given = args.text("thread_ts");
    const threadTs = given === undefined ? undefined : findThread(world, channel, given);
    const message = addMessage(world, channel, {
      user: team.botUserId,
      byApp: true,
      ...content,
      threadTs,
      ephemeralFor: user,
    });
    return { message_ts: message.ts };
  },
};

const getPermalink: BotMethod = {
  name: "chat.getPermalink",
  token: "bot",
  scopes: [],
  perMinute: TIER.special,
  args: ["channel", "message_ts"],
  run({ world, args, team }) {
    const channel = findChannel(world, team, args.required("channel"));
    const message = requireMessage(channel, args.required("message_ts"));
    const thread = message.threadTs === undefined ? "" : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
    const permalink = `https://${team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace(".", "")}${thread}`;
    return { channel: channel.id, permalink };
  },
};

export const CHAT_METHODS: readonly BotMethod[] = [postMessage, update, remove, postEphemeral, getPermalink];
