import { denialCard } from "../src/cards/denial-card.ts";
import { referenceCard } from "../src/cards/reference-card.ts";
import { plainCard } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
import type { Reply } from "../src/ports/chat.ts";
import type { StartRoundResult } from "../src/rounds/start-round.ts";
import { DONE, whisper } from "./replies.ts";

/** What whoever asked for a round of `count` takes hears at once. */
export function replyToStart(result: StartRoundResult, count: number, timeZone: string): Reply {
  switch (result.status) {
    case "started": {
      const takes = count === 1 ? "1 take" : `${count} takes`;
      const sentence = `Drafting ${takes}. ${inCredits(result.held)} held, ${result.available} left.`;
      return { kind: "started", card: plainCard("busy", sentence) };
    }
    case "exists":
      return DONE;
    case "denied":
      return whisper(denialCard(result, timeZone));
    case "bad_reference":
    case "too_many_references":
      return whisper(referenceCard(result));
  }
}
