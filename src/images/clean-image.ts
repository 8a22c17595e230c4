import type { Sharp } from "sharp";
import type { ImageMime } from "../core/asset.ts";
import { addPngXmp } from "./add-png-xmp.ts";
import { openImage } from "./open-image.ts";
import { type Provenance, toXmp, withProvenance } from "./provenance.ts";
import { isLosslessWebp, sniffMime } from "./sniff-mime.ts";

export interface CleanImage {
  readonly bytes: Uint8Array;
  readonly mime: ImageMime;
  /** Pixels, as seen. */
  readonly width: number;
  readonly height: number;
}

/**
 * The same picture with nothing but pixels in it: upright, 8-bit sRGB, no metadata that came with it,
 * nothing hidden behind its end. Where it is from is written into it, unless that is undefined, as for
 * what people have sent. It keeps its type: PNG and lossless WebP stay without loss, JPEG and lossy WebP
 * are written at quality 95. The same input gives the same bytes.
 *
 * Rejects for an image that `inspectImage` refuses.
 */
export async function cleanImage(bytes: Uint8Array, provenance: Provenance | undefined): Promise<CleanImage> {
  const mime = sniffMime(bytes);
  if (mime === undefined) throw new TypeError("only an inspected image can be cleaned");
  const isPng = mime === "image/png";
  const image = isPng ? openImage(bytes) : withProvenance(openImage(bytes), provenance);
  const { data, info } = await encoded(image, mime, bytes).toBuffer({ resolveWithObject: true });
  const signed = isPng && provenance !== undefined ? addPngXmp(data, toXmp(provenance)) : data;
  return { bytes: signed, mime, width: info.width, height: info.height };
}

function encoded(image: Sharp, mime: ImageMime, original: Uint8Array): Sharp {
  switch (mime) {
    case "image/png":
      return image.png();
    case "image/jpeg":
      return image.jpeg({ quality: 95, chromaSubsampling: "4:4:4" });
    case "image/webp":
      return isLosslessWebp(original)
        ? image.webp({ lossless: true, effort: 2 })
        : image.webp({ quality: 95, smartSubsample: true, effort: 2 });
  }
}
