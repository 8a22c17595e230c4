import { denialCard } from "../src/cards/denial-card.ts";
import { referenceCard } from "../src/cards/reference-card.ts";
import { plainCard } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
import type { Round } from "../src/core/round.ts";
import type { Place, Reply } from "../src/ports/chat.ts";
import type { StartRoundResult } from "../src/rounds/start-round.ts";
import { DONE, whisper } from "./replies.ts";

interface Started {
  readonly count: number;
  /** Where it will be seen, after a comma; undefined: where it was asked for. */
  readonly where: string | undefined;
}

/** What whoever asked for a round of `count` takes hears at once. */
export function replyToStart(result: StartRoundResult, { count, where }: Started, timeZone: string): Reply {
  switch (result.status) {
    case "started": {
      if (result.live) return { kind: "started", ...result.live };
      const takes = count === 1 ? "1 take" : `${count} takes`;
      const what = where === undefined ? takes : `${takes}, ${where}`;
      const sentence = `Drafting ${what}. ${inCredits(result.held)} held, ${result.available} left.`;
      // The message of the round is the busy one: this one stays as it is.
      return { kind: "started", card: plainCard("ok", sentence), post: undefined };
    }
    case "exists":
      return result.live ? { kind: "started", ...result.live } : DONE;
    case "denied":
      return whisper(denialCard(result, timeZone));
    case "bad_reference":
    case "too_many_references":
      return whisper(referenceCard(result));
  }
}

/** Where a round that comes from another is seen: a thread hangs under its grid, or what there is instead of one. */
export function whereFrom({ state }: Round, place: Place): string | undefined {
  return place.thread === undefined && state.status !== "failed" ? "under the grid" : undefined;
}
