import { dimensionsOf, ratioOf } from "../core/recipe.ts";
import type { Shortfall } from "../core/shortfall.ts";
import type { WantedImage } from "../models/fit-request.ts";

/** Sides are rounded to multiples of 16 or 32, and some models have presets near an aspect. */
const ASPECT_OFF_MAX = 0.06;
/** Of the pixels that the size stands for. The same presets are up to a tenth smaller. */
const PIXELS_SHARE_MIN = 0.8;

/** What a picture turned out not to be, besides what was known before. */
export function measuredShortfalls(
  { aspect, size }: Pick<WantedImage, "aspect" | "size">,
  { width, height }: { readonly width: number; readonly height: number },
  known: readonly Shortfall[],
): readonly Shortfall[] {
  const isKnown = (kind: Shortfall["kind"]) => known.some((each) => each.kind === kind);
  const got = `${width}×${height}`;
  const off = Math.abs(width / height / ratioOf(aspect) - 1);
  const wanted = dimensionsOf(aspect, size);
  const isSmall = width * height < PIXELS_SHARE_MIN * wanted.width * wanted.height;
  return [
    ...(off > ASPECT_OFF_MAX && !isKnown("aspect") ? [{ kind: "aspect", asked: aspect, got } as const] : []),
    ...(isSmall && !isKnown("size") ? [{ kind: "size", asked: size, got } as const] : []),
  ];
}
