import type { AssetId } from "../core/ids.ts";
import type { Recipe } from "../core/recipe.ts";
import type { BlobStore } from "../ports/blobs.ts";
import { makerKey } from "./keys.ts";

/** Who made an image, kept beside what was paid for: a crash may come before the record. */
export type Maker = Pick<Recipe, "model" | "modelVersion">;

/** Two lines: the model, and the version it reported, if any. */
export function encodeMaker({ model, modelVersion }: Maker): Uint8Array {
  return new TextEncoder().encode(`${model}\n${modelVersion ?? ""}`);
}

/** Of an image that was kept before; `asked` is the model that is asked for it now. */
export async function findMaker(blobs: BlobStore, asset: AssetId, asked: string): Promise<Maker> {
  const bytes = await blobs.find(makerKey(asset));
  // The crash came between the image and this: all that is known is who was asked.
  if (bytes === undefined) return { model: asked, modelVersion: undefined };
  const [model = asked, version = ""] = new TextDecoder().decode(bytes).split("\n");
  return { model, modelVersion: version === "" ? undefined : version };
}
