import { PermissionFlagsBits as Bit } from "discord.js";
import type { ChannelRecord, GuildRecord, MemberRecord, UserRecord } from "./records.ts";
import { missingAccess, missingPermissions } from "./refusal.ts";

/** View Channels, Send Messages, Send Messages in Threads, Create Public Threads, Embed Links, Attach Files, Read Message History, Add Reactions. */
export const BOT_PERMISSIONS = 309237763136n;
export const PEOPLE_PERMISSIONS = BOT_PERMISSIONS | Bit.UseApplicationCommands;
export const PRIVATE_THREAD = 12;
const ALL = Object.values(Bit).reduce((all, bit) => all | bit, 0n);
/** https://docs.discord.com/developers/topics/permissions#permissions-for-direct-messages, roughly: what the bot can do in one. */
const IN_DIRECT = BOT_PERMISSIONS & ~(Bit.CreatePublicThreads | Bit.SendMessagesInThreads);

/** https://docs.discord.com/developers/topics/permissions#permission-hierarchy */
export function basePermissions(guild: GuildRecord, member: MemberRecord): bigint {
  if (guild.ownerId === member.user.id) return ALL;
  let permissions = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const role of member.roles) permissions |= guild.roles.get(role)?.permissions ?? 0n;
  return (permissions & Bit.Administrator) !== 0n ? ALL : permissions;
}

/**
 * What somebody may do in a channel: 0 for who is not in its guild.
 * https://docs.discord.com/developers/topics/permissions#permission-overwrites; threads inherit from their
 * parent: https://docs.discord.com/developers/topics/permissions#inherited-permissions-threads
 */
export function permissionsIn(channel: ChannelRecord, user: UserRecord): bigint {
  const { guild } = channel;
  if (guild === undefined) return channel.recipient?.id === user.id || user.isBot ? IN_DIRECT : 0n;
  const member = guild.members.get(user.id);
  if (member === undefined) return 0n;
  const base = basePermissions(guild, member);
  return base === ALL ? ALL : implied(overwritten(base, channel.parent ?? channel, guild, member));
}

function overwritten(base: bigint, channel: ChannelRecord, guild: GuildRecord, member: MemberRecord): bigint {
  let permissions = base;
  const everyone = channel.overwrites.find((each) => each.id === guild.id);
  if (everyone !== undefined) permissions = (permissions & ~everyone.deny) | everyone.allow;
  const roles = channel.overwrites.filter((each) => each.type === 0 && member.roles.includes(each.id));
  const denied = roles.reduce((all, each) => all | each.deny, 0n);
  const allowed = roles.reduce((all, each) => all | each.allow, 0n);
  permissions = (permissions & ~denied) | allowed;
  const own = channel.overwrites.find((each) => each.type === 1 && each.id === member.user.id);
  return own === undefined ? permissions : (permissions & ~own.deny) | own.allow;
}

/** https://docs.discord.com/developers/topics/permissions#implicit-permissions */
function implied(permissions: bigint): bigint {
  if ((permissions & Bit.ViewChannel) === 0n) return 0n;
  if ((permissions & Bit.SendMessages) !== 0n) return permissions;
  return permissions & ~(Bit.MentionEveryone | Bit.SendTTSMessages | Bit.AttachFiles | Bit.EmbedLinks);
}

/** "You must be invited to the thread to be able to view or participate in it, or be a moderator": https://docs.discord.com/developers/topics/threads#permissions */
export function canSee(channel: ChannelRecord, user: UserRecord): boolean {
  const permissions = permissionsIn(channel, user);
  if ((permissions & Bit.ViewChannel) === 0n) return false;
  const isInvited = channel.thread?.members.has(user.id) || (permissions & Bit.ManageThreads) !== 0n;
  return channel.type !== PRIVATE_THREAD || isInvited;
}

export function may(channel: ChannelRecord, user: UserRecord, bit: bigint): boolean {
  return (permissionsIn(channel, user) & bit) === bit;
}

/** 50001 where the channel cannot be seen, 50013 where it can and something else is missing. */
export function requirePermission(channel: ChannelRecord, user: UserRecord, bit: bigint): void {
  if (!canSee(channel, user)) throw missingAccess();
  if (!may(channel, user, bit)) throw missingPermissions();
}

/** What sending needs: https://docs.discord.com/developers/topics/threads#permissions */
export function sendBit(channel: ChannelRecord): bigint {
  return channel.thread === undefined ? Bit.SendMessages : Bit.SendMessagesInThreads;
}
