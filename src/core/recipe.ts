/** Which job a model does. Each tier maps to one model. */
export type Tier = "draft" | "final";

export const ASPECTS = ["1:1", "16:9", "9:16", "4:5", "5:4", "3:2", "2:3", "3:4", "4:3", "21:9"] as const;
/** Width to height. */
export type Aspect = (typeof ASPECTS)[number];

export const SIZES = ["1K", "2K", "4K"] as const;
/** The size class of an image: the pixels of a square, by its side (1024, 2048, 4096). Other aspects keep about that area. */
export type Size = (typeof SIZES)[number];

/** Drafts are always small: their job is to be many and soon. */
export const TAKE_SIZE: Size = "1K";

/** Pixels. Both sides are multiples of 16, as image models want them. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

const SIDE: Readonly<Record<Size, number>> = { "1K": 1024, "2K": 2048, "4K": 4096 };

/** The pixels of an aspect at a size: `width / height ≈ aspect`, `width × height ≈ side²`, sides in multiples of 16. */
export function dimensionsOf(aspect: Aspect, size: Size): Dimensions {
  const ratio = ratioOf(aspect);
  const side = SIDE[size];
  return { width: toSixteens(side * Math.sqrt(ratio)), height: toSixteens(side / Math.sqrt(ratio)) };
}

/** Width divided by height: 1.777… for 16:9. */
export function ratioOf(aspect: Aspect): number {
  const [width = 1, height = 1] = aspect.split(":").map(Number);
  return width / height;
}

function toSixteens(pixels: number): number {
  return Math.round(pixels / 16) * 16;
}

/** Seeds are unsigned 32-bit integers: the widest range that every image API accepts. */
export const SEED_MAX = 2 ** 32 - 1;
