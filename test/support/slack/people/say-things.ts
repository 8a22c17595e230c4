import type { MessageAt, SayOptions, SlackChannel } from "../slack-people.ts";
import { findMessage } from "../world/channels.ts";
import { addPersonsFile } from "../world/files.ts";
import { addMessage, removeMessage } from "../world/messages.ts";
import { addReaction, removeReaction } from "../world/reactions.ts";
import type { ChannelRecord, Json, MessageRecord, UserRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

/** A person writes into a channel that they are in. `<@U…>` in the text is a mention; the rest is literal. */
export function say(
  world: World,
  user: UserRecord,
  at: SlackChannel,
  text: string,
  more: SayOptions,
): MessageRecord {
  const channel = requireMembership(world, user, at.id);
  const { thread } = more;
  const threadTs = typeof thread === "string" ? thread : (thread?.threadTs ?? thread?.ts);
  const files = (more.files ?? []).map((file) => addPersonsFile(world, user, file).id);
  return addMessage(world, channel, {
    user: user.id,
    byApp: false,
    text: toMessageText(text),
    blocks: text === "" ? [] : [toRichText(text)],
    files,
    threadTs,
  });
}

/** @throws Error when the person is not in the channel. */
export function requireMembership(world: World, user: UserRecord, id: string): ChannelRecord {
  const channel = world.channels.get(id);
  if (channel === undefined || !channel.members.has(user.id)) throw new Error(`${user.name} is not in ${id}`);
  return channel;
}

/** The message, as this person has it before them. @throws Error */
export function findSeen(
  world: World,
  user: UserRecord,
  at: MessageAt,
): { channel: ChannelRecord; message: MessageRecord } {
  const channel = requireMembership(world, user, at.channel);
  const own = world.ephemerals.find(
    (each) => each.ts === at.ts && each.channel === at.channel && each.ephemeralFor === user.id,
  );
  const message = findMessage(channel, at.ts) ?? own;
  if (message === undefined) throw new Error(`${user.name} sees no message ${at.ts} in #${channel.name}`);
  return { channel, message };
}

export function react(world: World, user: UserRecord, at: MessageAt, name: string, on: boolean): void {
  const { message } = findSeen(world, user, at);
  if (message.ephemeralFor !== undefined) throw new Error("nobody can react to an ephemeral message");
  if (on) addReaction(world, message, user.id, name);
  else removeReaction(world, message, user.id, name);
}

export function deleteOwn(world: World, user: UserRecord, at: MessageAt): void {
  const { channel, message } = findSeen(world, user, at);
  if (message.user !== user.id && !user.isAdmin) throw new Error(`${user.name} may not delete that`);
  removeMessage(world, channel, message);
}

const MENTION = /(<@[UW][A-Z0-9]+>)/;

/** As Slack keeps typed text: `&`, `<` and `>` escaped. https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function toMessageText(typed: string): string {
  return typed
    .split(MENTION)
    .map((part) => (MENTION.test(part) ? part : escapeText(part)))
    .join("");
}

export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function toRichText(typed: string): Json {
  const elements = typed
    .split(MENTION)
    .filter((part) => part !== "")
    .map((part) =>
      MENTION.test(part) ? { type: "user", user_id: part.slice(2, -1) } : { type: "text", text: part },
    );
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}
