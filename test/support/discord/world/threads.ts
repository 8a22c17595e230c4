import { PermissionFlagsBits } from "discord.js";
import { FLAG } from "./check-body.ts";
import { toChannelJson, toThreadMemberJson } from "./describe-things.ts";
import { createSystemMessage, tell } from "./messages.ts";
import { PRIVATE_THREAD, requirePermission } from "./permissions.ts";
import type { ChannelRecord, MessageRecord, UserRecord } from "./records.ts";
import { invalid, Refusal, wrongChannelType } from "./refusal.ts";
import { expectSilence, setArchived } from "./thread-silence.ts";
import type { World } from "./world.ts";

/** Only text (0) and announcement (5) channels have threads under messages: https://docs.discord.com/developers/topics/threads */
const PARENTS = [0, 5];
const NAME_MAX = 100;
const ARCHIVE_MINUTES = [60, 1440, 4320, 10080];

export interface NewThread {
  readonly name: unknown;
  readonly autoArchive: unknown;
  readonly by: UserRecord;
  readonly isPrivate?: boolean;
}

/**
 * "The ID of the created thread will be the same as the ID of the source message, and as such a message can only have
 * a single thread created from it": https://docs.discord.com/developers/resources/channel#start-thread-from-message
 */
export function startThread(world: World, message: MessageRecord, options: NewThread): ChannelRecord {
  const { channel } = message;
  if (!PARENTS.includes(channel.type)) throw wrongChannelType();
  requirePermission(channel, options.by, PermissionFlagsBits.CreatePublicThreads);
  if (message.thread !== undefined || world.channels.has(message.id))
    throw new Refusal(400, 160004, "A thread has already been created for this message");
  const thread = addThread(world, channel, { ...options, id: message.id });
  message.thread = thread;
  message.flags |= FLAG.hasThread;
  tellThread(world, thread);
  tell(world, "MESSAGE_UPDATE", message);
  createSystemMessage(world, { channel: thread, author: options.by, type: 21, replyTo: message.id });
  return thread;
}

/** Without a message; in a forum (15) a post, whose first message comes next and has the thread's id. */
export function startBareThread(world: World, parent: ChannelRecord, options: NewThread): ChannelRecord {
  if (![...PARENTS, 15].includes(parent.type)) throw wrongChannelType();
  const bit = parent.type === 15 ? PermissionFlagsBits.SendMessages : PermissionFlagsBits.CreatePublicThreads;
  requirePermission(parent, options.by, bit);
  const thread = addThread(world, parent, { ...options, id: world.id() });
  tellThread(world, thread);
  return thread;
}

function addThread(
  world: World,
  parent: ChannelRecord,
  options: NewThread & { readonly id: string },
): ChannelRecord {
  const { name, by, id } = options;
  const autoArchive = options.autoArchive ?? 4320;
  if (typeof name !== "string" || name.length < 1 || name.length > NAME_MAX)
    throw invalid("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
  if (!ARCHIVE_MINUTES.includes(Number(autoArchive)))
    throw invalid(
      "auto_archive_duration",
      "BASE_TYPE_CHOICES",
      "Value must be one of {60, 1440, 4320, 10080}.",
    );
  const { guild } = parent;
  const active = [...(guild?.channels.values() ?? [])].filter((each) => each.thread?.isArchived === false);
  // https://docs.discord.com/developers/topics/threads#active--archived-threads: "Every server has a maximum number of active threads"
  if (active.length >= world.settings.activeThreadsMax)
    throw new Refusal(400, 160006, "Maximum number of active threads reached");
  const now = world.clock.now();
  const thread: ChannelRecord = {
    id,
    guild,
    type: options.isPrivate ? PRIVATE_THREAD : parent.type === 5 ? 10 : 11,
    name,
    parent,
    overwrites: [],
    isAgeRestricted: parent.isAgeRestricted,
    recipient: undefined,
    messages: new Map(),
    lastMessage: null,
    thread: {
      owner: by.id,
      autoArchive: Number(autoArchive),
      isArchived: false,
      isLocked: false,
      members: new Set([by.id]),
      createdAt: now,
      archivedAt: now,
      giveUpArchiving: () => undefined,
    },
    isDeleted: false,
  };
  world.channels.set(id, thread);
  guild?.channels.set(id, thread);
  expectSilence(world, thread);
  return thread;
}

/** "Whenever a user is added to a private thread, the gateway also sends a Thread Create": https://docs.discord.com/developers/topics/threads#gaining-access-to-a-private-thread */
export function inviteBotTo(world: World, channel: ChannelRecord): void {
  channel.thread?.members.add(world.bot.id);
  tellThread(world, channel);
}

function tellThread(world: World, thread: ChannelRecord): void {
  const isOwn = thread.thread?.owner === world.bot.id;
  const data = {
    ...toChannelJson(thread),
    newly_created: true,
    ...(isOwn ? { member: toThreadMemberJson(world, thread) } : {}),
  };
  world.dispatch({ type: "THREAD_CREATE", guild: thread.guild, channel: thread, data });
}

/** "Tried to perform an operation on an archived thread, such as editing a message or adding a user to the thread" */
export function requireOpen(channel: ChannelRecord): void {
  if (channel.thread?.isArchived === true) throw new Refusal(400, 50083, "Thread is archived");
}

/**
 * "Threads can be automatically unarchived when a user sends a message", unless they are locked:
 * https://docs.discord.com/developers/topics/threads#active--archived-threads
 */
export function openForMessage(world: World, channel: ChannelRecord): void {
  if (channel.thread?.isArchived !== true) return;
  if (channel.thread.isLocked) throw new Refusal(400, 160005, "This thread is locked");
  setArchived(world, channel, false, false);
}
