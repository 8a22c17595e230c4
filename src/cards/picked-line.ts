import { message as messageSpan, type Span, text, user } from "../core/card.ts";
import type { Final } from "../core/final.ts";
import type { MessageRef } from "../core/ids.ts";

/** The final of the take that was picked on a grid. */
export interface PickedFinal {
  readonly final: Final;
  /** Where it is shown; undefined while that is not known. */
  readonly message: MessageRef | undefined;
  /** Whether the grid stands in a thread itself, so that its final comes after it there. */
  readonly isInThread: boolean;
}

/** What became of a pick, with the way to its final. */
export function pickedLine({ final, message, isInThread }: PickedFinal): readonly Span[] {
  const { pickedBy, number, state } = final;
  const who = [text("✅ "), user(pickedBy), text(` picked ${number}. `)];
  const called = (words: string) => (message ? messageSpan(message, words) : text(words));
  switch (state.status) {
    case "queued":
    case "rendering":
      return [...who, called("The final"), text(" is on its way.")];
    case "approved":
      return [...who, user(state.by), text(" approved "), called("the final"), text(".")];
    case "delivered":
    case "sent_back":
    case "failed": {
      const where = isInThread ? "below" : "in the thread";
      return [...who, called("The final"), text(` is ${message ? "there" : where}.`)];
    }
  }
}

/** The same for a screen reader, without names: a summary is plain text. */
export function spokenPick({ final: { number, state } }: PickedFinal): string {
  switch (state.status) {
    case "queued":
    case "rendering":
      return `Take ${number} is picked. Its final is on its way.`;
    case "approved":
      return `Take ${number} was picked and its final is approved.`;
    case "delivered":
    case "sent_back":
    case "failed":
      return `Take ${number} is picked. Its final is there.`;
  }
}
