import { crc32 } from "node:zlib";

/** The signature (8 bytes) and the header chunk (25): every PNG begins with both (PNG 3, §5.2 and §11.2.1). */
const HEAD_BYTES = 33;

/**
 * The PNG with an XMP packet where readers look for it: an uncompressed `iTXt` chunk ahead of the pixels
 * (https://www.w3.org/TR/png-3/#11iTXt, and XMP part 3, "PNG"). libvips writes it as `zTXt`, which is
 * Latin-1 and not what the XMP specification has.
 */
export function addPngXmp(png: Uint8Array, xmp: string): Uint8Array {
  // The keyword; not compressed, by no method; no language; no translated keyword.
  const body = Buffer.from(`iTXtXML:com.adobe.xmp\0\0\0\0\0${xmp}`, "utf8");
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, HEAD_BYTES), chunk, png.subarray(HEAD_BYTES)]);
}
