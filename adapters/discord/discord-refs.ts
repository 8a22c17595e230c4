import type {
  ChannelRef,
  GroupRef,
  MemberRef,
  MessageRef,
  ThreadRef,
  UserRef,
  WorkspaceRef,
} from "../../src/core/ids.ts";

export const DISCORD = "discord";

/** A channel that is no thread: what owns a budget. All ids are Discord's snowflakes, as decimal digits. */
export interface DiscordChannel {
  readonly guild: string;
  readonly channel: string;
}

/** A message. `channel` is where it stands, which may be a thread. */
export interface DiscordMessage extends DiscordChannel {
  readonly message: string;
}

/**
 * Where a conversation goes on: a thread, or (where Discord has no threads) any channel, with each message
 * as a reply to `replyTo`.
 */
export interface DiscordThread extends DiscordChannel {
  readonly replyTo: string | undefined;
}

/** A person or a role of a guild. The role of everybody has the id of its guild. */
export interface DiscordMember {
  readonly guild: string;
  readonly id: string;
}

export function workspaceRef(guild: string): WorkspaceRef {
  return `${DISCORD}:${guild}` as WorkspaceRef;
}

export function channelRef({ guild, channel }: DiscordChannel): ChannelRef {
  return `${DISCORD}:${guild}:${channel}` as ChannelRef;
}

export function messageRef({ guild, channel, message }: DiscordMessage): MessageRef {
  return `${DISCORD}:${guild}:${channel}:${message}` as MessageRef;
}

export function threadRef({ guild, channel, replyTo }: DiscordThread): ThreadRef {
  const ref = `${DISCORD}:${guild}:${channel}`;
  return (replyTo === undefined ? ref : `${ref}:${replyTo}`) as ThreadRef;
}

export function userRef(guild: string, user: string): UserRef {
  return `${DISCORD}:${guild}:${user}` as UserRef;
}

export function groupRef(guild: string, role: string): GroupRef {
  return `${DISCORD}:${guild}:@${role}` as GroupRef;
}

/** @throws RangeError for a ref of another platform or form; the same for the others. */
export function readWorkspace(ref: WorkspaceRef): string {
  return read(ref, 1, 1)[0];
}

export function readChannel(ref: ChannelRef): DiscordChannel {
  const [guild, channel = ""] = read(ref, 2, 2);
  return { guild, channel };
}

export function readMessage(ref: MessageRef): DiscordMessage {
  const [guild, channel = "", message = ""] = read(ref, 3, 3);
  return { guild, channel, message };
}

export function readThread(ref: ThreadRef): DiscordThread {
  const [guild, channel = "", replyTo] = read(ref, 2, 3);
  return { guild, channel, replyTo };
}

export function readMember(ref: MemberRef): DiscordMember {
  const [guild, id = ""] = read(ref, 2, 2);
  return { guild, id: id.replace(/^@/, "") };
}

function read(ref: string, countMin: number, countMax: number): [string, ...string[]] {
  const [platform, guild, ...parts] = ref.split(":");
  const count = parts.length + 1;
  if (platform !== DISCORD || !guild || count < countMin || count > countMax || parts.includes("")) {
    throw new RangeError(`not a ref of Discord's: ${ref}`);
  }
  return [guild, ...parts];
}
