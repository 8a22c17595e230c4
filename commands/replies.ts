import { type Card, plainCard } from "../src/core/card.ts";
import type { Reply } from "../src/ports/chat.ts";

export const DONE: Reply = { kind: "done" };

export function whisper(card: Card | undefined): Reply {
  return card ? { kind: "whisper", card } : DONE;
}

/** Something in a form cannot be: which, and what can. The form stays open. */
export function refusal(sentence: string): Reply {
  return { kind: "refused", card: plainCard("warn", sentence) };
}

/** Something in what was typed cannot be: which, and what can. */
export function correction(sentence: string): Reply {
  return whisper(plainCard("warn", sentence));
}
