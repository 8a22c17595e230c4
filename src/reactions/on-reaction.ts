import { choiceCard } from "../cards/choice-card.ts";
import type { Choice } from "../choices/choice.ts";
import type { Choose } from "../choices/choose.ts";
import { type Card, type Emoji, numberOf } from "../core/card.ts";
import { type EventId, platformOf, type UserRef } from "../core/ids.ts";
import type { ChatSender, ReactionChange } from "../ports/chat.ts";
import type { Log } from "../ports/log.ts";
import type { KeptReaction, Post } from "../ports/posts.ts";
import type { Database } from "../ports/records.ts";
import { findPost } from "../posts/find-post.ts";

export interface OnReactionParts {
  readonly database: Database;
  readonly choose: Choose;
  readonly senderOf: (platform: string) => ChatSender;
  readonly log: Log;
  readonly timeZone: string;
}

/**
 * Brings one reaction of one person on one of our messages to a level, and does what follows. With
 * `ifStill`, only when nobody has acted on it since that was read.
 */
export type ApplyReaction = (
  post: Post,
  level: Pick<KeptReaction, "person" | "emoji"> & { readonly on: boolean },
  ifStill?: Pick<KeptReaction, "present" | "adds">,
) => Promise<void>;

/**
 * Reactions are levels: we keep which of them we have acted on. An event, its repeat and the reconcile
 * sweep all come here; only a difference to the kept level does anything. What follows from it is done
 * first and made repeatable by an id that counts how often the reaction was put on, so that a crash
 * before the level is kept does it again to no effect.
 */
export function createApplyReaction(parts: OnReactionParts): ApplyReaction {
  return async (post, { person, emoji, on }, ifStill) => {
    const { reactions } = parts.database.records;
    const kept = await reactions.find(post.id, person, emoji);
    if (kept.present === on) return;
    if (ifStill && (ifStill.present !== kept.present || ifStill.adds !== kept.adds)) return;
    const choice = toChoice(post, emoji);
    if (choice) {
      const times = on ? kept.adds + 1 : kept.adds;
      const event = `reaction:${post.id}:${person}:${emoji}:${on ? "on" : "off"}:${times}` as EventId;
      const result = await parts.choose({ event, person, post, choice, mode: on ? "on" : "off" });
      const card = choiceCard(result, parts.timeZone);
      if (card) await tell(parts, post, person, card);
    }
    await reactions.set(post.id, person, emoji, on);
  };
}

/** What was chosen stands, whether or not the person can be told. */
async function tell(parts: OnReactionParts, post: Post, person: UserRef, card: Card): Promise<void> {
  try {
    await parts.senderOf(platformOf(post.place.channel)).whisper(post.place, person, card);
  } catch (error) {
    parts.log.error("reaction.untold", error, { post: post.id });
  }
}

/** Rejects while it cannot be told whether the message is one of ours. */
export function createOnReaction(
  { database }: Pick<OnReactionParts, "database">,
  apply: ApplyReaction,
): (change: ReactionChange) => Promise<void> {
  return async ({ message, place, person, emoji, on }) => {
    const post = await findPost(database.records.posts, message, place.channel);
    if (post) await apply(post, { person, emoji, on });
  };
}

function toChoice({ subject }: Post, emoji: Emoji): Choice | undefined {
  if (subject.kind === "final") {
    const { final } = subject;
    if (emoji === "approve") return { kind: "approve", final };
    if (emoji === "reject") return { kind: "send_back", final };
    return undefined;
  }
  const { round } = subject;
  const number = numberOf(emoji);
  if (number !== undefined) return { kind: "number", round, number };
  if (emoji === "reroll") return { kind: "reroll", round };
  if (emoji === "approve") return { kind: "approve_leader", round };
  return undefined;
}
