import type { AssetId, FinalId, RoundId } from "../core/ids.ts";

// A view of other pictures is named for what it shows: made again, it is the same asset.

export function gridAssetOf(round: RoundId): AssetId {
  return `${round}-grid` as AssetId;
}

export function previewAssetOf(final: FinalId): AssetId {
  return `${final}-preview` as AssetId;
}
