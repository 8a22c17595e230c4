import type { ChoiceResult } from "../choices/choose.ts";
import { type Card, plainCard, text, user } from "../core/card.ts";
import { cancelCard } from "./cancel-card.ts";
import { denialCard } from "./denial-card.ts";
import { referenceCard } from "./reference-card.ts";

/** What to say to the person who chose; undefined when the message itself shows it. */
export function choiceCard(result: ChoiceResult, timeZone: string): Card | undefined {
  switch (result.status) {
    case "picked":
    case "started":
    case "exists":
    case "voted":
    case "unvoted":
    case "decided":
    case "nothing":
      return undefined;
    case "denied":
      return denialCard(result, timeZone);
    case "bad_reference":
    case "too_many_references":
      return referenceCard(result);
    case "already_picked": {
      const line = [user(result.by), text(` picked ${result.number} first. `)];
      return plainCard("info", "Somebody picked first.", [
        [...line, text(result.approved ? "The final is approved." : "Sent back, the grid opens again.")],
      ]);
    }
    case "already_decided":
      return plainCard("info", "This final is decided already.", [
        [
          user(result.by),
          text(
            result.decision === "approved" ? " approved this final before." : " sent this final back before.",
          ),
        ],
      ]);
    case "no_such_take":
      return plainCard("warn", `This grid has the numbers 1 to ${result.count}. Choose one of those.`);
    case "take_failed":
      return plainCard("warn", "That take could not be made. Choose another number.");
    case "not_ready":
      return plainCard("info", "The takes are not ready yet. Choose when the grid is there.");
    case "nothing_to_decide":
      return plainCard("info", "The final is not here yet. Decide when the picture is there.");
    case "number_first":
      return plainCard("info", "Choose a number first: no single take leads the votes.");
    case "round_cancelled":
    case "final_cancelled":
    case "under_way":
    case "too_late":
      return cancelCard(result);
    case "unknown":
      return plainCard(
        "warn",
        "That button does not belong to this message. Use the newest message of its kind.",
      );
  }
}
