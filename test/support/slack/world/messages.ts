import { randomUUID } from "node:crypto";
import { findMessage } from "./channels.ts";
import type { ChannelRecord, Json, MessageRecord } from "./records.ts";
import { Refusal } from "./refusal.ts";
import { withIds } from "./with-ids.ts";
import type { World } from "./world.ts";

export interface NewMessage {
  readonly user: string;
  readonly byApp: boolean;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments?: readonly Json[];
  readonly files?: readonly string[];
  readonly threadTs: string | undefined;
  readonly broadcast?: boolean;
  readonly metadata?: Json | undefined;
  readonly ephemeralFor?: string;
}

/** Puts a message into a channel; an ephemeral one into its person's view of it. */
export function addMessage(world: World, channel: ChannelRecord, message: NewMessage): MessageRecord {
  const record: MessageRecord = {
    channel: channel.id,
    ts: world.ts(),
    threadTs: message.threadTs,
    broadcast: message.broadcast ?? false,
    user: message.user,
    byApp: message.byApp,
    clientId: randomUUID(),
    text: message.text,
    blocks: withIds(world, message.blocks),
    attachments: message.attachments ?? [],
    files: message.files ?? [],
    reactions: new Map(),
    edited: false,
    metadata: message.metadata,
    ephemeralFor: message.ephemeralFor,
    isTombstone: false,
  };
  if (record.ephemeralFor !== undefined) world.ephemerals.push(record);
  else channel.messages.push(record);
  for (const id of record.files) {
    world.files.get(id)?.shares.push({ channel: channel.id, ts: record.ts, threadTs: record.threadTs });
  }
  if (record.ephemeralFor === undefined) {
    // "When your app sends a reply, the status is automatically cleared": https://docs.slack.dev/reference/methods/assistant.threads.setStatus
    if (record.byApp && record.threadTs !== undefined) channel.statuses.delete(record.threadTs);
    world.emit({ type: "message", message: record });
  }
  world.changed();
  return record;
}

/**
 * The message that a thread hangs under. A reply's own ts stands for its thread, though Slack says not
 * to use it: https://docs.slack.dev/reference/methods/chat.postMessage
 *
 * @throws Refusal `thread_not_found` (returned by Slack, missing on its page).
 */
export function findThread(world: World, channel: ChannelRecord, ts: string): string {
  const root = channel.messages.find((each) => each.ts === ts);
  if (root === undefined) throw new Refusal("thread_not_found");
  if (root.threadTs === undefined || root.threadTs === root.ts) return root.ts;
  world.problems.push(`thread_ts ${ts} is a reply's; Slack wants its parent's`);
  return root.threadTs;
}

/** A message with replies leaves a tombstone behind. */
export function removeMessage(world: World, channel: ChannelRecord, message: MessageRecord): void {
  const hasReplies = channel.messages.some((each) => each.threadTs === message.ts && each !== message);
  if (hasReplies) {
    message.isTombstone = true;
    message.text = "This message was deleted.";
    message.blocks = [];
    message.files = [];
    message.reactions.clear();
  } else {
    channel.messages.splice(channel.messages.indexOf(message), 1);
  }
  world.changed();
}

/** @throws Refusal `message_not_found` */
export function requireMessage(channel: ChannelRecord, ts: string): MessageRecord {
  const message = findMessage(channel, ts);
  if (message === undefined) throw new Refusal("message_not_found");
  return message;
}
