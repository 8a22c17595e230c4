import type { AssetId } from "../core/ids.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Reference } from "../ports/image-model.ts";
import { assetKey } from "./keys.ts";

/** The pictures that an order goes by; undefined when one of them is lost. */
export async function findReferences(
  blobs: BlobStore,
  references: readonly AssetId[],
): Promise<readonly Reference[] | undefined> {
  const found = await Promise.all(references.map((each) => blobs.find(assetKey(each))));
  const kept = found.filter((bytes) => bytes !== undefined);
  return kept.length === found.length ? kept.map((bytes) => ({ bytes })) : undefined;
}
