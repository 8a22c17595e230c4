import { encodeJpeg } from "./encode-jpeg.ts";
import { openImage } from "./open-image.ts";
import { decodePixels } from "./pixels.ts";
import type { Provenance } from "./provenance.ts";

/** 8 MiB: below the upload limit of every chat platform, Discord's 10 MiB being the lowest. */
export const PREVIEW_BYTES_MAX = 8 * 1024 * 1024;
/** Twice what the widest chat window shows. */
export const PREVIEW_SIDE_MAX = 2048;
/** What `fitImage` can always reach: a picture of one pixel fits, with where it is from. */
export const FIT_BYTES_MIN = 4 * 1024;

/** From hardly distinguishable to clearly a preview; below, fewer pixels look better than coarser ones. */
const QUALITIES = [90, 84, 78] as const;
const SHRINK = 0.8;

export interface FittedImage {
  readonly bytes: Uint8Array;
  readonly mime: "image/jpeg";
  readonly width: number;
  readonly height: number;
}

/**
 * A view of an image that fits a chat message: a JPEG of at most `bytesMax` bytes (from
 * `FIT_BYTES_MIN`) and `sideMax` pixels on its longer side, never enlarged, transparency on white.
 * First 4:4:4 at quality 90, then coarser, then smaller. Where it is from is written into it, unless that
 * is undefined. The same input gives the same bytes.
 *
 * Rejects for an image that `inspectImage` refuses.
 */
export async function fitImage(
  bytes: Uint8Array,
  limits: { readonly bytesMax: number; readonly sideMax: number },
  provenance: Provenance | undefined,
): Promise<FittedImage> {
  const { bytesMax, sideMax } = limits;
  if (bytesMax < FIT_BYTES_MIN) throw new RangeError(`bytesMax is ${bytesMax}, below ${FIT_BYTES_MIN}`);
  const inside = { width: sideMax, height: sideMax, fit: "inside", withoutEnlargement: true } as const;
  const pixels = await decodePixels(openImage(bytes).resize(inside));
  const jpeg = await encodeJpeg(pixels, { bytesMax, qualities: QUALITIES, chroma: "4:4:4", provenance });
  if (jpeg !== undefined)
    return { bytes: jpeg, mime: "image/jpeg", width: pixels.width, height: pixels.height };
  const smaller = Math.max(1, Math.floor(Math.max(pixels.width, pixels.height) * SHRINK));
  return fitImage(bytes, { bytesMax, sideMax: smaller }, provenance);
}
