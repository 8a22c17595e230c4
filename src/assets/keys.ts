import type { AssetId } from "../core/ids.ts";

// Where the bytes of an asset are. Both carry the asset's id, so that whoever knows one finds the other.

/** What the model sent, untouched. */
export function paidKey(asset: AssetId): string {
  return `paid/${asset}`;
}

/** Who made it, beside what was sent. */
export function makerKey(asset: AssetId): string {
  return `paid/${asset}.maker`;
}

/** What Draftroom shows: inspected, without metadata. */
export function assetKey(asset: AssetId): string {
  return `assets/${asset}`;
}
