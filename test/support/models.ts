import { credits } from "../../src/core/credits.ts";
import type { ModelSpec } from "../../src/core/model.ts";
import { ASPECTS, SIZES, type Tier } from "../../src/core/recipe.ts";
import type { Model, Models } from "../../src/models/models.ts";
import type { ImageModel } from "../../src/ports/image-model.ts";

/** Credits, as the settings have them. */
export const PRICES = {
  take: credits(1),
  final: { "1K": credits(4), "2K": credits(4), "4K": credits(7) },
} as const;

/** A model that can do everything, for nothing. */
export function specOf(tier: Tier, changes: Partial<ModelSpec> = {}): ModelSpec {
  const { take } = PRICES;
  return {
    name: "test",
    tier,
    id: "test/scripted",
    abilities: {
      sizes: SIZES,
      aspects: ASPECTS,
      guide: true,
      strength: true,
      references: 4,
      seed: true,
      mask: false,
    },
    prices: {
      credits: tier === "draft" ? { "1K": take, "2K": take, "4K": take } : PRICES.final,
      usd: undefined,
    },
    limits: { atOnce: undefined, perMinute: undefined, timeoutMs: 5_000 },
    weaknesses: [],
    onAbort: "free",
    ...changes,
  };
}

/** Nobody is to ask it. */
export const UNASKED: ImageModel = {
  generate: () => Promise.reject(new Error("nobody was to ask this model")),
  check: async () => ({ status: "reachable", how: "a test" }),
};

/** One model for both tiers. */
export function onlyModel(image: ImageModel, changes: Partial<ModelSpec> = {}): Models {
  const model = (tier: Tier): Model => ({ spec: specOf(tier, changes), image });
  return { draft: [model("draft")], final: [model("final")] };
}

/** The same models, each asked through something else. */
export function through(models: Models, change: (image: ImageModel, tier: Tier) => ImageModel): Models {
  const all = ([first, ...others]: Models[Tier]): Models[Tier] => [wrap(first), ...others.map(wrap)];
  const wrap = ({ spec, image }: Model): Model => ({ spec, image: change(image, spec.tier) });
  return { draft: all(models.draft), final: all(models.final) };
}

/** The queues of `onlyModel`. */
export const TEST_LANES = (["draft", "final"] as const).map((tier) => {
  const { name, limits } = specOf(tier);
  return { tier, name, ...limits };
});
