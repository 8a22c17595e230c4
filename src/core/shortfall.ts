import type { Abilities } from "./model.ts";
import { fittingAspect, fittingSize } from "./model.ts";
import type { Aspect, Size } from "./recipe.ts";

/** What a model could not honour of what was asked of it. Kept with the recipe, and said on the card. */
export type Shortfall =
  | { readonly kind: "size"; readonly asked: Size; readonly got: string }
  | { readonly kind: "aspect"; readonly asked: Aspect; readonly got: string }
  /** It has no seeds: the same again is another picture. */
  | { readonly kind: "seed" }
  /** It follows no image: it was told in words alone. */
  | { readonly kind: "guide" }
  | { readonly kind: "references"; readonly asked: number; readonly got: number };

/** What is asked of a model, as far as its abilities matter. */
export interface Wanted {
  readonly size: Size;
  readonly aspect: Aspect;
  readonly hasGuide: boolean;
  readonly references: number;
}

/** What a model will not be able to honour, known before it is asked. */
export function shortfallsOf(abilities: Abilities, wanted: Wanted): readonly Shortfall[] {
  const size = fittingSize(abilities, wanted.size);
  const aspect = fittingAspect(abilities, wanted.aspect);
  const references = Math.min(abilities.references, wanted.references);
  return [
    ...(size === wanted.size ? [] : [{ kind: "size", asked: wanted.size, got: size } as const]),
    ...(aspect === wanted.aspect ? [] : [{ kind: "aspect", asked: wanted.aspect, got: aspect } as const]),
    ...(abilities.seed ? [] : [{ kind: "seed" } as const]),
    ...(wanted.hasGuide && !abilities.guide ? [{ kind: "guide" } as const] : []),
    ...(references === wanted.references
      ? []
      : [{ kind: "references", asked: wanted.references, got: references } as const]),
  ];
}
