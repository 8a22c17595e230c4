import type { ImageMime } from "../core/asset.ts";

const PNG_SIGNATURE = "\x89PNG\r\n\x1a\n";
const JPEG_START = "\xff\xd8\xff";

/** The type of an image by its first bytes; undefined for anything but PNG, JPEG and WebP. */
export function sniffMime(bytes: Uint8Array): ImageMime | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith(PNG_SIGNATURE)) return "image/png";
  if (head.startsWith(JPEG_START)) return "image/jpeg";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "image/webp";
  return undefined;
}

/**
 * Whether a PNG is an animated one: an `acTL` chunk before the pixels (PNG 3, §11.3.4). libvips reads
 * the first frame of such a file and says nothing of the others.
 */
export function hasAnimationChunk(png: Uint8Array): boolean {
  const names = chunkNames(png, 8, (view, at) => ({ nameAt: at + 4, next: at + 12 + view.getUint32(at) }));
  return names.includes("acTL");
}

/** Whether a WebP keeps its pixels without loss: a `VP8L` chunk (RFC 9649, §2.6). */
export function isLosslessWebp(webp: Uint8Array): boolean {
  const names = chunkNames(webp, 12, (view, at) => {
    const size = view.getUint32(at + 4, true);
    return { nameAt: at, next: at + 8 + size + (size % 2) };
  });
  return names.includes("VP8L");
}

/** A chunk begins with eight bytes, a name and a size. The names of the chunks, up to the first of pixels in a PNG. */
function chunkNames(
  bytes: Uint8Array,
  start: number,
  read: (view: DataView, at: number) => { readonly nameAt: number; readonly next: number },
): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  for (let at = start; at + 8 <= bytes.byteLength && names.at(-1) !== "IDAT"; ) {
    const { nameAt, next } = read(view, at);
    names.push(Buffer.from(bytes.subarray(nameAt, nameAt + 4)).toString("latin1"));
    at = next;
  }
  return names;
}
