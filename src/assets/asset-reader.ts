import type { AssetReader } from "../ports/assets.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { AssetStore } from "../ports/records.ts";
import { assetKey } from "./keys.ts";

export function createAssetReader(assets: AssetStore, blobs: BlobStore): AssetReader {
  return {
    async find(id) {
      const asset = await assets.find(id);
      const bytes = asset && (await blobs.find(assetKey(id)));
      return asset && bytes && { mime: asset.mime, width: asset.width, height: asset.height, bytes };
    },
  };
}
