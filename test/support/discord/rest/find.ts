import { UPLOAD_LIMIT } from "../world/attachments.ts";
import { canSee } from "../world/permissions.ts";
import type { ChannelRecord, GuildRecord, MessageRecord } from "../world/records.ts";
import { missingAccess, unknownChannel, unknownGuild, unknownMessage } from "../world/refusal.ts";
import type { RouteCall } from "./route.ts";

/** A guild that the bot is in. */
export function guildOf({ world, param }: RouteCall): GuildRecord {
  const guild = world.guilds.get(param("guild"));
  if (guild === undefined) throw unknownGuild();
  if (!guild.members.has(world.bot.id)) throw missingAccess();
  return guild;
}

/** A channel that the bot sees: 10003 when there is none, 50001 when it may not see it. */
export function channelOf({ world, param }: RouteCall): ChannelRecord {
  const channel = world.channels.get(param("channel"));
  if (channel === undefined) throw unknownChannel();
  if (!canSee(channel, world.bot)) throw missingAccess();
  return channel;
}

/** A message of that channel that is not private: "Unknown Message" otherwise. */
export function messageOf(call: RouteCall, channel: ChannelRecord): MessageRecord {
  const message = channel.messages.get(call.param("message"));
  if (message === undefined) throw unknownMessage();
  return message;
}

/** Bytes of a file in a channel. */
export function limitIn(channel: ChannelRecord): number {
  return channel.guild?.attachmentLimit ?? UPLOAD_LIMIT;
}
