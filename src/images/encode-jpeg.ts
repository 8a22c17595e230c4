import sharp from "sharp";
import type { Pixels } from "./pixels.ts";
import { type Provenance, withProvenance } from "./provenance.ts";

/** How to write a JPEG, and what to try next when it came out too big. */
export interface JpegLadder {
  readonly bytesMax: number;
  /** From the best to the least, 1–100. */
  readonly qualities: readonly number[];
  readonly chroma: "4:4:4" | "4:2:0";
  readonly provenance: Provenance | undefined;
}

/** The pixels as a JPEG at the first quality that fits; undefined when none does. */
export async function encodeJpeg(pixels: Pixels, ladder: JpegLadder): Promise<Uint8Array | undefined> {
  const raw = { width: pixels.width, height: pixels.height, channels: 3 as const };
  for (const quality of ladder.qualities) {
    const bytes = await withProvenance(sharp(pixels.data, { raw }), ladder.provenance)
      .jpeg({ quality, chromaSubsampling: ladder.chroma })
      .toBuffer();
    if (bytes.byteLength <= ladder.bytesMax) return bytes;
  }
  return undefined;
}
