import type { AssetId } from "../../../src/core/ids.ts";
import type { Clock } from "../../../src/ports/log.ts";

/** How long pictures have been failing, as far as this process has seen. */
export interface Outages {
  /** It failed again. Milliseconds since it first did. */
  lasts(asset: AssetId): number;
  over(asset: AssetId): void;
}

/** More than that, and the oldest begin anew. */
const ASSETS_MAX = 1_000;

export function createOutages(clock: Clock): Outages {
  const since = new Map<AssetId, number>();
  return {
    lasts(asset) {
      const now = clock().getTime();
      const first = since.get(asset);
      if (first !== undefined) return now - first;
      const [oldest] = since.keys();
      if (since.size >= ASSETS_MAX && oldest !== undefined) since.delete(oldest);
      since.set(asset, now);
      return 0;
    },
    over: (asset) => since.delete(asset),
  };
}
