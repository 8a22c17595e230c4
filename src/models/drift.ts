import type { ModelName } from "../core/model.ts";
import type { Tier } from "../core/recipe.ts";
import type { Clock } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";

/** How far what a model really costs is from its price list. */
export interface Drift {
  readonly tier: Tier;
  readonly name: ModelName;
  /** What was charged divided by what the list says: 1.12 is 12 % more. */
  readonly ratio: number;
  /** Over how many images. */
  readonly calls: number;
}

/** More than that is worth a word, either way. */
const DRIFT_MIN = 0.05;
/** One odd image is no drift. */
const CALLS_MIN = 5;
const LOOK_BACK_MS = 30 * 24 * 60 * 60 * 1000;

export type ReadDrifts = () => Promise<readonly Drift[]>;

/** The models whose cost in the last 30 days, where the provider told it, is over 5 % off their price list. */
export function createReadDrifts({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): ReadDrifts {
  return async () => {
    const costs = await database.records.calls.costs(new Date(clock().getTime() - LOOK_BACK_MS));
    return costs
      .filter(({ calls, listUsd }) => calls >= CALLS_MIN && listUsd > 0)
      .map(({ tier, name, calls, listUsd, actualUsd }) => ({ tier, name, calls, ratio: actualUsd / listUsd }))
      .filter(({ ratio }) => Math.abs(ratio - 1) > DRIFT_MIN);
  };
}
