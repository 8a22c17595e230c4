import type { Recipe } from "../core/asset.ts";
import type { AssetId } from "../core/ids.ts";
import type { BlobStore } from "../ports/blobs.ts";
import { makerKey } from "./keys.ts";

/** Who made an image and how that went, kept beside what was paid for: a crash may come before the record. */
export type Maker = Pick<
  Recipe,
  "name" | "model" | "modelVersion" | "seed" | "requestId" | "cost" | "shortfalls"
>;

export function encodeMaker(maker: Maker): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(maker));
}

/** Of an image that was kept before. When the crash came between the image and this, all that is known is who is `asked` now. */
export async function findMaker(blobs: BlobStore, asset: AssetId, asked: Maker): Promise<Maker> {
  const bytes = await blobs.find(makerKey(asset));
  if (bytes === undefined) return asked;
  try {
    // Written by `encodeMaker`, from the same type.
    return { ...asked, ...(JSON.parse(new TextDecoder().decode(bytes)) as Maker) };
  } catch {
    return asked;
  }
}
