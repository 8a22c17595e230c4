import type { AssetId } from "./ids.ts";
import type { Recipe } from "./recipe.ts";

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
