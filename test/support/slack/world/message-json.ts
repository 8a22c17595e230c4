import { toFileJson } from "./files.ts";
import type { ChannelRecord, Json, MessageRecord } from "./records.ts";
import type { World } from "./world.ts";

/** As Slack gives a message to an app: https://docs.slack.dev/reference/events/message */
export function toMessageJson(world: World, message: MessageRecord, withMetadata = false): Json {
  const channel = world.channels.get(message.channel);
  const author = world.users.get(message.user);
  const team = author === undefined ? undefined : world.teams.get(author.team);
  return {
    type: "message",
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: author?.team ?? channel?.team,
    ...(message.isTombstone ? { subtype: "tombstone", hidden: true } : {}),
    ...(message.byApp ? { bot_id: team?.botId, app_id: world.app.id } : { client_msg_id: message.clientId }),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.files.length > 0 ? { files: filesOf(world, message), upload: false } : {}),
    ...(message.edited ? { edited: { user: message.user, ts: `${message.ts.split(".")[0]}.000000` } } : {}),
    ...(message.reactions.size > 0 ? { reactions: toReactionsJson(message) } : {}),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
    ...threadOf(channel, message),
  };
}

function filesOf(world: World, message: MessageRecord): readonly Json[] {
  return message.files.flatMap((id) => {
    const file = world.files.get(id);
    return file === undefined ? [] : [toFileJson(world, file)];
  });
}

export function toReactionsJson(message: MessageRecord): readonly Json[] {
  return [...message.reactions].map(([name, users]) => ({ name, users: [...users], count: users.length }));
}

function threadOf(channel: ChannelRecord | undefined, message: MessageRecord): Json {
  if (message.threadTs !== undefined) {
    const parent = channel?.messages.find((each) => each.ts === message.threadTs);
    return { thread_ts: message.threadTs, parent_user_id: parent?.user };
  }
  const replies = channel?.messages.filter((each) => each.threadTs === message.ts) ?? [];
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  const people = [...new Set(replies.map((each) => each.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: people.length,
    latest_reply: latest.ts,
    reply_users: people,
    is_locked: false,
    subscribed: false,
  };
}
