import type { Cost } from "./cost.ts";
import type { AssetId } from "./ids.ts";
import type { ModelName } from "./model.ts";
import type { Aspect, Size, Tier } from "./recipe.ts";
import type { Shortfall } from "./shortfall.ts";

/** Any stored image with its lineage. */
export interface Asset {
  readonly id: AssetId;
  readonly kind: "take" | "grid" | "final" | "preview" | "reference";
  readonly mime: ImageMime;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** How it was made; undefined for a view of others (a grid, a preview) and for what a person has sent (a reference). */
  readonly recipe: Recipe | undefined;
  /** Where it came from: a final from its take, a grid from its takes, both from what they were to go by. */
  readonly parents: readonly AssetId[];
}

export type ImageMime = "image/png" | "image/jpeg" | "image/webp";

/** All that is needed to make an image again, and what came of it. */
export interface Recipe {
  readonly tier: Tier;
  readonly prompt: string;
  /** As the model used it; undefined for one that has no seeds. */
  readonly seed: number | undefined;
  /** As asked for; see `shortfalls`. */
  readonly aspect: Aspect;
  readonly size: Size;
  /** What people call the model. */
  readonly name: ModelName;
  /** `{provider}/{model}`. */
  readonly model: string;
  /** As the provider reported it; undefined when it said nothing. */
  readonly modelVersion: string | undefined;
  /** The image to follow, and how closely: 0 ignores it, 1 copies it. */
  readonly guide: { readonly asset: AssetId; readonly strength: number } | undefined;
  /** Pictures to go by, as people sent them. */
  readonly references: readonly AssetId[];
  /** The provider's name for the call; undefined when it gave none. */
  readonly requestId: string | undefined;
  /** Undefined: nobody knows. */
  readonly cost: Cost | undefined;
  readonly shortfalls: readonly Shortfall[];
}
