import type { Dimensions } from "../../../src/core/recipe.ts";

/** The longest side that there is, and the most pixels: 3840 × 2160 and its like. */
const SIDE_MAX = 3840;
const PIXELS_MAX = 3840 * 2160;

/**
 * The same shape, as large as the API makes it at most: sides in multiples of 16. Its other rules always hold,
 * because no aspect of ours is beyond 3:1 and no size is below 655,360 pixels. See
 * https://platform.openai.com/docs/guides/image-generation.
 */
export function allowedSize(wanted: Dimensions): Dimensions {
  if (isAllowed(wanted)) return wanted;
  const { width, height } = wanted;
  const scale = Math.min(SIDE_MAX / Math.max(width, height), Math.sqrt(PIXELS_MAX / (width * height)));
  const to = (round: (sixteens: number) => number): Dimensions => ({
    width: round((width * scale) / 16) * 16,
    height: round((height * scale) / 16) * 16,
  });
  const nearest = to(Math.round);
  return isAllowed(nearest) ? nearest : to(Math.floor);
}

function isAllowed({ width, height }: Dimensions): boolean {
  return Math.max(width, height) <= SIDE_MAX && width * height <= PIXELS_MAX;
}
