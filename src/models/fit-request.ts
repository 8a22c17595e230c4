import { type Abilities, fittingAspect, fittingSize } from "../core/model.ts";
import { dimensionsOf } from "../core/recipe.ts";
import { type Shortfall, shortfallsOf } from "../core/shortfall.ts";
import type { ImageRequest } from "../ports/image-model.ts";

/** What is wanted, whatever the model. */
export type WantedImage = Omit<ImageRequest, "dimensions" | "seed"> & { readonly seed: number };

export interface FittedRequest {
  readonly request: ImageRequest;
  readonly shortfalls: readonly Shortfall[];
}

/** Asks a model for nothing that it cannot honour, and says what was left out. */
export function fitRequest(abilities: Abilities, wanted: WantedImage): FittedRequest {
  const size = fittingSize(abilities, wanted.size);
  const aspect = fittingAspect(abilities, wanted.aspect);
  return {
    request: {
      ...wanted,
      size,
      aspect,
      dimensions: dimensionsOf(aspect, size),
      seed: abilities.seed ? wanted.seed : undefined,
      guide: abilities.guide ? wanted.guide : undefined,
      references: wanted.references.slice(0, abilities.references),
    },
    shortfalls: shortfallsOf(abilities, {
      size: wanted.size,
      aspect: wanted.aspect,
      hasGuide: wanted.guide !== undefined,
      references: wanted.references.length,
    }),
  };
}
