import type { ModelName } from "../../src/core/model.ts";
import type { Tier } from "../../src/core/recipe.ts";

/** A queue of its own for the work of one model, and how much of it all processes together may run. */
export interface Lane {
  readonly tier: Tier;
  readonly name: ModelName;
  /** Undefined: no limit but each process's own. */
  readonly atOnce: number | undefined;
  readonly perMinute: number | undefined;
}
