import { finalRecipeCard, roundRecipeCard } from "../src/cards/recipe-card.ts";
import type { Final } from "../src/core/final.ts";
import type { Round } from "../src/core/round.ts";
import type { Reply } from "../src/ports/chat.ts";
import type { Database } from "../src/ports/records.ts";
import { whisper } from "./replies.ts";

export interface RecipeParts {
  readonly database: Database;
}

/** Shows how something was made, privately. Whoever sees a picture may see that: no role is asked for. */
export interface ShowRecipe {
  ofRound(round: Round): Promise<Reply>;
  ofFinal(final: Final, round: Round): Promise<Reply>;
}

export function createRecipe({ database }: RecipeParts): ShowRecipe {
  const { assets } = database.records;
  return {
    async ofRound(round) {
      const made = round.takes.flatMap(({ state }) => (state.status === "made" ? [state.asset] : []));
      const kept = await Promise.all(made.map((asset) => assets.find(asset)));
      const byId = new Map(kept.flatMap((asset) => (asset ? [[asset.id, asset] as const] : [])));
      return whisper(roundRecipeCard(round, byId));
    },
    async ofFinal(final, round) {
      const asset = "asset" in final.state ? await assets.find(final.state.asset) : undefined;
      return whisper(finalRecipeCard(final, round, asset));
    },
  };
}
