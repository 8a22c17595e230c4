import type { Card } from "../../../src/core/card.ts";
import { readMember } from "../discord-refs.ts";

/**
 * Whom a message notifies: only whoever a final was made for, which names its requester last in its first line
 * ("Final of take 3 for @ada"). Everybody else is named without a sound.
 */
export function calledPeople(card: Card, isInThread: boolean): readonly string[] {
  const named = (card.body[0] ?? []).flatMap((span) => (span.type === "user" ? [span.user] : []));
  const requester = named.at(-1);
  const isFinal = card.picture?.full !== undefined;
  return isFinal && isInThread && requester !== undefined ? [readMember(requester).id] : [];
}
