import { PermissionFlagsBits } from "discord.js";
import { toMemberJson } from "./describe-things.ts";
import { may, requirePermission } from "./permissions.ts";
import type { Json, MessageRecord, UserRecord } from "./records.ts";
import { missingPermissions, Refusal, unknownEmoji } from "./refusal.ts";
import { requireOpen } from "./threads.ts";
import type { World } from "./world.ts";

/** "Maximum number of reactions reached (20)": https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const EMOJI_MAX = 20;
/** Emoji as Unicode recommends them for interchange: `1` with its keycap alone, without U+FE0F, is none. */
const EMOJI = /^\p{RGI_Emoji}$/v;

export interface Reacting {
  readonly message: MessageRecord;
  readonly user: UserRecord;
  readonly emoji: string;
  readonly isBurst: boolean;
}

/** https://docs.discord.com/developers/resources/message#create-reaction; nothing happens when it is there. */
export function react(world: World, { message, user, emoji, isBurst }: Reacting): void {
  if (!EMOJI.test(emoji)) throw unknownEmoji();
  const { channel } = message;
  requirePermission(channel, user, PermissionFlagsBits.ReadMessageHistory);
  requireOpen(channel);
  const there = message.reactions.get(emoji);
  if (there === undefined) {
    if (!may(channel, user, PermissionFlagsBits.AddReactions)) throw missingPermissions();
    if (message.reactions.size >= EMOJI_MAX)
      throw new Refusal(400, 30010, "Maximum number of reactions reached (20)");
  }
  const reaction = there ?? { normal: new Set(), burst: new Set() };
  const who = isBurst ? reaction.burst : reaction.normal;
  if (who.has(user.id)) return;
  who.add(user.id);
  message.reactions.set(emoji, reaction);
  const member = channel.guild?.members.get(user.id);
  const author = message.interaction === undefined ? { message_author_id: message.author.id } : {};
  tellReaction(
    world,
    "MESSAGE_REACTION_ADD",
    { message, user, emoji, isBurst },
    {
      ...(member === undefined ? {} : { member: toMemberJson(member) }),
      ...author,
      ...(isBurst ? { burst_colors: [] } : {}),
    },
  );
}

export function unreact(world: World, { message, user, emoji, isBurst }: Reacting): void {
  if (!EMOJI.test(emoji)) throw unknownEmoji();
  requireOpen(message.channel);
  const reaction = message.reactions.get(emoji);
  const who = isBurst ? reaction?.burst : reaction?.normal;
  if (reaction === undefined || who?.delete(user.id) !== true) return;
  if (reaction.normal.size + reaction.burst.size === 0) message.reactions.delete(emoji);
  tellReaction(world, "MESSAGE_REACTION_REMOVE", { message, user, emoji, isBurst }, {});
}

/** There is no message in it: https://docs.discord.com/developers/events/gateway-events#message-reaction-add */
function tellReaction(
  world: World,
  type: string,
  { message, user, emoji, isBurst }: Reacting,
  more: Json,
): void {
  const { channel } = message;
  const data = {
    user_id: user.id,
    channel_id: channel.id,
    message_id: message.id,
    ...(channel.guild === undefined ? {} : { guild_id: channel.guild.id }),
    emoji: { id: null, name: emoji },
    burst: isBurst,
    type: isBurst ? 1 : 0,
    ...more,
  };
  // The bot hears of no private message; people cannot react to one.
  world.dispatch({ type, guild: channel.guild, channel, data });
}
