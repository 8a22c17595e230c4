import type { ImageMime } from "../core/asset.ts";
import type { AssetId } from "../core/ids.ts";

/** Reads stored images, for whoever has to show one. */
export interface AssetReader {
  find(asset: AssetId): Promise<AssetFile | undefined>;
}

export interface AssetFile {
  readonly mime: ImageMime;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}
