import type { Card } from "../../src/core/card.ts";
import type { AssetReader } from "../../src/ports/assets.ts";
import type { Content } from "./wire.ts";

/** A card as a message keeps it: with the size of its picture, which is read once, here. */
export async function toCardContent(card: Card, assets: AssetReader): Promise<Content> {
  const file = card.picture === undefined ? undefined : await assets.find(card.picture.asset);
  return {
    kind: "card",
    card,
    pixels: file === undefined ? null : { width: file.width, height: file.height },
  };
}
