import { crc32 } from "node:zlib";
import { expect } from "vitest";

/**
 * The XMP packet of an image, read from its container by hand, so that what one library writes is not read
 * back by the same; undefined when there is none. The places are those of the XMP specification, part 3
 * (https://github.com/adobe/XMP-Toolkit-SDK/tree/main/docs), of RFC 9649, §2.7 for WebP, and of PNG 3, §11.3.3.4.
 */
export function readXmp(bytes: Uint8Array): string | undefined {
  const file = Buffer.from(bytes);
  if (file.toString("latin1", 1, 4) === "PNG") return fromPng(file);
  if (file.toString("latin1", 8, 12) === "WEBP") return fromWebp(file);
  if (file.readUInt16BE(0) === 0xffd8) return fromJpeg(file);
  throw new TypeError("not a PNG, JPEG or WebP");
}

function fromPng(file: Buffer): string | undefined {
  const keyword = "XML:com.adobe.xmp\0";
  for (let at = 8; at + 8 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const name = file.toString("latin1", at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    // Neither compressed nor in another language, as XMP wants it; the two empty strings are the language and its keyword.
    if (name === "iTXt" && body.toString("latin1").startsWith(keyword)) {
      expect(body.subarray(keyword.length, keyword.length + 4)).toEqual(Buffer.alloc(4));
      expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(file.subarray(at + 4, at + 8 + length)));
      return body.toString("utf8", keyword.length + 4);
    }
    if (name === "IDAT") return undefined;
    at += 12 + length;
  }
  return undefined;
}

function fromJpeg(file: Buffer): string | undefined {
  const mark = "http://ns.adobe.com/xap/1.0/\0";
  for (let at = 2; file[at] === 0xff && file[at + 1] !== 0xda; ) {
    const length = file.readUInt16BE(at + 2);
    const body = file.subarray(at + 4, at + 2 + length);
    if (file[at + 1] === 0xe1 && body.toString("latin1").startsWith(mark))
      return body.toString("utf8", mark.length);
    at += 2 + length;
  }
  return undefined;
}

function fromWebp(file: Buffer): string | undefined {
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    if (file.toString("latin1", at, at + 4) === "XMP ") return file.toString("utf8", at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  return undefined;
}
