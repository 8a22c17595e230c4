import type { Sharp } from "sharp";

/** Decoded pixels: rows of 8-bit RGB, without gaps. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Where an image is transparent it is shown on white, as on the paper it is likely to end on. */
const PAPER = "#ffffff";

export async function decodePixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .flatten({ background: PAPER })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
