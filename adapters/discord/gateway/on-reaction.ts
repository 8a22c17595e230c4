import type {
  GatewayMessageReactionAddDispatchData,
  GatewayMessageReactionRemoveDispatchData,
} from "discord.js";
import { fromEmoji } from "../components/emoji.ts";
import { messageRef, userRef } from "../discord-refs.ts";
import type { Desk } from "./desk.ts";
import type { InTurn } from "./in-turn.ts";
import { untilRecorded } from "./until-recorded.ts";

/** A super reaction counts like any other. */
export type ReactionEvent =
  | { readonly on: true; readonly data: GatewayMessageReactionAddDispatchData }
  | { readonly on: false; readonly data: GatewayMessageReactionRemoveDispatchData };

/** After that it is left to the next look at all reactions. */
const PATIENCE_MS = 60_000;

/** A reaction put on a message, or taken off. What one person does on one message is handled in order. */
export async function onReaction(desk: Desk, inTurn: InTurn, { on, data }: ReactionEvent): Promise<void> {
  const { guild_id: guild, channel_id, message_id, user_id: user } = data;
  const emoji = data.emoji.id ? undefined : fromEmoji(data.emoji.name);
  const bot = desk.bot();
  if (bot !== undefined && (user === bot || (on && data.message_author_id === bot)))
    desk.ours.note(message_id);
  if (guild === undefined || emoji === undefined || user === bot) return;
  if (on) {
    const { member, message_author_id: author } = data;
    if (member?.user?.bot || (author !== undefined && author !== bot)) return;
    if (member !== undefined) desk.roles.saw({ guild, user, roles: member.roles, permissions: undefined });
  }

  async function deliver(): Promise<void> {
    const site = await desk.whereabouts.find(guild ?? "", channel_id);
    if (site === undefined) return;
    const message = messageRef({ guild: site.guild, channel: channel_id, message: message_id });
    const person = userRef(site.guild, user);
    if (emoji !== undefined) await desk.inbox.reaction({ message, place: site.place, person, emoji, on });
  }

  try {
    await inTurn(`${message_id} ${user}`, () =>
      untilRecorded(deliver, { forMs: PATIENCE_MS, signal: desk.stopping }),
    );
  } catch (error) {
    desk.log.error("discord.reaction_left", error, { message: message_id });
  }
}
