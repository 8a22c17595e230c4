import type { AssetId } from "../core/ids.ts";

// Where the bytes of an asset are. All carry the asset's id, so that whoever knows it finds them.

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

/** Wherever bytes of an asset may be. */
export function keysOf(asset: AssetId): readonly string[] {
  return [assetKey(asset), paidKey(asset), makerKey(asset)];
}
