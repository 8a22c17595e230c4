import sharp from "sharp";
import type { ImageMime } from "../core/asset.ts";
import { hasAnimationChunk, sniffMime } from "./sniff-mime.ts";

/** 64 MiB: a 4096² PNG of pure noise is 50 MB. */
export const IMAGE_BYTES_MAX = 64 * 1024 * 1024;
/** 64 megapixels: a 4K image has 17, and decoding this many stays under 256 MB. */
export const PIXELS_MAX = 64_000_000;
/** The longest side that WebP can hold; PNG and JPEG can hold more than anyone can look at. */
export const IMAGE_SIDE_MAX = 16_383;
/** Bounds what is left once pixels are bounded: a progressive JPEG made of very many passes. */
export const DECODE_SECONDS_MAX = 30;

export interface ImageLimits {
  readonly bytesMax: number;
  readonly pixelsMax: number;
}

export type ImageCheck =
  /** Sides in pixels, as seen: EXIF orientation counted. */
  | { readonly status: "ok"; readonly mime: ImageMime; readonly width: number; readonly height: number }
  | { readonly status: "bad"; readonly reason: ImageFault };

/**
 * - `not_an_image`: anything but PNG, JPEG or WebP with a readable header (so SVG, GIF, HTML, text);
 * - `too_many_bytes`, `too_many_pixels`: over a limit, found before a pixel is decoded;
 * - `animated`: more than one frame;
 * - `truncated`: does not decode to its last row: cut short, corrupt, or not done in `DECODE_SECONDS_MAX`.
 */
export type ImageFault = "not_an_image" | "too_many_bytes" | "too_many_pixels" | "animated" | "truncated";

/**
 * Looks at untrusted bytes. The type comes from the content, never from what the sender said, and the
 * limits are held against the header before any pixel is decoded. Then everything is decoded once,
 * keeping one row, because only that finds a file that ends early. Never rejects.
 */
export async function inspectImage(
  bytes: Uint8Array,
  limits: ImageLimits = { bytesMax: IMAGE_BYTES_MAX, pixelsMax: PIXELS_MAX },
): Promise<ImageCheck> {
  if (bytes.byteLength > limits.bytesMax) return bad("too_many_bytes");
  // libvips is not shown other types at all: some of its loaders (SVG among them) read more than pixels.
  const mime = sniffMime(bytes);
  if (mime === undefined) return bad("not_an_image");
  const header = await readHeader(bytes);
  if (header === undefined) return bad("not_an_image");
  if (header.frames > 1 || (mime === "image/png" && hasAnimationChunk(bytes))) return bad("animated");
  const { width, height } = header.stored;
  if (width * height > limits.pixelsMax || Math.max(width, height) > IMAGE_SIDE_MAX)
    return bad("too_many_pixels");
  if (!(await decodes(bytes, width, height))) return bad("truncated");
  return { status: "ok", mime, ...header.seen };
}

function bad(reason: ImageFault): ImageCheck {
  return { status: "bad", reason };
}

async function readHeader(bytes: Uint8Array) {
  try {
    const { width, height, pages, autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return {
      stored: { width, height },
      seen: { width: autoOrient.width, height: autoOrient.height },
      frames: pages ?? 1,
    };
  } catch {
    return undefined;
  }
}

/** Asking for the last row alone makes libvips decode every row above it, and keep none. */
async function decodes(bytes: Uint8Array, width: number, height: number): Promise<boolean> {
  try {
    await sharp(bytes, { failOn: "error", limitInputPixels: width * height })
      .timeout({ seconds: DECODE_SECONDS_MAX })
      .extract({ left: 0, top: height - 1, width, height: 1 })
      .raw()
      .toBuffer();
    return true;
  } catch {
    return false;
  }
}
