import { credits } from "../../src/core/credits.ts";
import type { ModelSpec } from "../../src/core/model.ts";
import { ASPECTS, type Tier } from "../../src/core/recipe.ts";
import type { Model, Models } from "../../src/models/models.ts";
import { specOf, UNASKED } from "./models.ts";

function model(tier: Tier, name: string, changes: Partial<ModelSpec>): Model {
  return { spec: specOf(tier, { name, id: `test/${name}`, ...changes }), image: UNASKED };
}

const [ONE, TWO, FIVE, NINE] = [credits(1), credits(2), credits(5), credits(9)] as const;
const { abilities: ABLE } = specOf("draft");

/** A cheap model that drafts and one that does better; for finals one that makes no 4K, and one that does. */
export const SEVERAL_MODELS: Models = {
  draft: [
    model("draft", "swift-lite", {
      weaknesses: ["lettering", "counts", "relations"],
      abilities: { ...ABLE, sizes: ["1K"], aspects: ["1:1", "16:9", "3:4"], references: 1 },
      prices: { credits: { "1K": ONE, "2K": ONE, "4K": ONE }, usd: undefined },
    }),
    model("draft", "swift-mid", {
      weaknesses: ["lettering"],
      abilities: { ...ABLE, seed: false },
      prices: { credits: { "1K": ONE, "2K": ONE, "4K": ONE }, usd: undefined },
    }),
    model("draft", "swift-2.1", {
      weaknesses: ["relations"],
      prices: { credits: { "1K": TWO, "2K": TWO, "4K": TWO }, usd: undefined },
    }),
  ],
  final: [
    model("final", "grand", {
      abilities: { ...ABLE, sizes: ["1K", "2K"], aspects: ASPECTS },
      prices: { credits: { "1K": FIVE, "2K": FIVE, "4K": FIVE }, usd: undefined },
    }),
    model("final", "grand-pro", {
      prices: { credits: { "1K": FIVE, "2K": FIVE, "4K": NINE }, usd: undefined },
    }),
  ],
};
