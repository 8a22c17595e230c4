import { bold, message, type Span, text, user } from "../core/card.ts";
import type { MessageRef } from "../core/ids.ts";
import type { Round } from "../core/round.ts";

/** The round that another one comes from. */
export interface FormerRound {
  readonly prompt: string;
  readonly message: MessageRef | undefined;
}

/** Who asked for what. */
export function roundHeadline(round: Round, former: FormerRound | undefined): readonly Span[] {
  const { requester, order } = round;
  const what = [bold(order.prompt), ...referenceSpans(order.references.length)];
  return [user(requester), ...deedOf(round, former), ...what];
}

function deedOf({ origin, order }: Round, former: FormerRound | undefined): readonly Span[] {
  switch (origin.kind) {
    case "draft":
      return [text(" drafts ")];
    case "reroll": {
      const isEdited = former !== undefined && former.prompt !== order.prompt;
      return [text(isEdited ? " tries other words: " : " rerolls ")];
    }
    case "like": {
      const image = "an earlier image";
      return [
        text(" drafts like "),
        former?.message ? message(former.message, image) : text(image),
        text(": "),
      ];
    }
    case "vary": {
      const take = `take ${origin.number}`;
      // A thread may have several grids with that number.
      const which = former?.message ? message(former.message, take) : text(take);
      return [text(" varies "), which, text(": ")];
    }
  }
}

function referenceSpans(count: number): readonly Span[] {
  return count === 0 ? [] : [text(` with ${count} reference${count === 1 ? "" : "s"}`)];
}
