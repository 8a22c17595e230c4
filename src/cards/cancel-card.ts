import type { Cancelled } from "../choices/choose-cancel.ts";
import { type Card, plainCard } from "../core/card.ts";
import { inCredits } from "../core/credits.ts";
import type { Denial } from "../gate/gate.ts";

/** What was stopped and given back, and what comes all the same. */
export function cancelCard(result: Exclude<Cancelled, Denial | { readonly status: "nothing" }>): Card {
  switch (result.status) {
    case "round_cancelled": {
      const { stopped, underWay, returned } = result;
      const done = `Cancelled ${takesOf(stopped)}. ${inCredits(returned)} given back.`;
      return plainCard("ok", underWay === 0 ? done : `${done} ${comingWords(underWay)}`);
    }
    case "final_cancelled":
      return plainCard(
        "ok",
        `Cancelled. ${inCredits(result.returned)} given back, and the grid is open again.`,
      );
    case "under_way":
      return plainCard(
        "info",
        "Too late to cancel: it is being made already, and the provider charges for that anyway. It comes soon.",
      );
    case "too_late":
      return plainCard("info", "Too late to cancel: this is over already.");
  }
}

function comingWords(count: number): string {
  const [are, come] = count === 1 ? ["is", "it comes"] : ["are", "they come"];
  return `${takesOf(count)} ${are} being made already: the provider charges for that anyway, so ${come}.`;
}

function takesOf(count: number): string {
  return count === 1 ? "1 take" : `${count} takes`;
}
