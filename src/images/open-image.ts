import sharp, { type Sharp } from "sharp";
import { PIXELS_MAX } from "./inspect-image.ts";

/**
 * Opens an inspected image the one way the whole room does: upright, as 8-bit sRGB whatever profile it
 * came with, and within the pixel limit. Metadata stays behind. The pipeline rejects for bytes that
 * `inspectImage` would not have passed.
 */
export function openImage(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: "error", limitInputPixels: PIXELS_MAX, autoOrient: true }).toColourspace(
    "srgb",
  );
}
