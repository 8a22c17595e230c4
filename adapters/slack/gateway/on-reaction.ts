import type { z } from "zod";
import { toEmoji } from "../sender/emoji-names.ts";
import { messageRef, userRef } from "../slack-refs.ts";
import type { Ack, Delivery, Desk } from "./delivery.ts";
import type { REACTION } from "./payloads.ts";
import { placeOf } from "./whereabouts.ts";

/** A reaction put on a message of ours, or taken off. Slack drops the bot's own before. */
export function createOnReaction(
  desk: Desk,
): (reaction: z.output<typeof REACTION>, delivery: Delivery) => Promise<Ack> {
  return async ({ event }, { team }) => {
    const emoji = toEmoji(event.reaction);
    if (emoji === undefined || event.item === undefined) return undefined;
    const { channel, ts } = event.item;
    // Slack names the author of a message, if it was a person or a bot's user: others' are none of ours.
    const author = event.item_user;
    if (author !== undefined && author !== (await desk.people.bot(team))) return undefined;
    desk.membership.learn(team, channel);
    await desk.inbox.reaction({
      message: messageRef({ team, channel, ts }),
      place: placeOf(team, channel, undefined),
      person: userRef(team, event.user),
      emoji,
      on: event.type === "reaction_added",
    });
    return undefined;
  };
}
