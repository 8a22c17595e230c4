import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** A picture of one colour. */
export function plain(width: number, height: number, colour: string): Sharp {
  return sharp({ create: { width, height, channels: 3, background: colour } });
}

/** A picture of seeded noise: nothing compresses worse. */
export function noise(width: number, height: number, seed = 1): Sharp {
  let state = seed;
  const data = Buffer.from({ length: width * height * 3 } as ArrayLike<number>).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Vertical stripes of equal width. */
export function stripes(width: number, height: number, colours: readonly string[]): Sharp {
  const part = width / colours.length;
  const bars = colours.map(
    (colour, i) => `<rect x="${i * part}" width="${part}" height="100%" fill="${colour}"/>`,
  );
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${bars.join("")}</svg>`,
    ),
  ).flatten();
}

/** A PNG of one-bit black pixels, written by hand, so that it can be larger than any library would make it. */
export function handmadePng(width: number, height: number, rows: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(rows * (1 + Math.ceil(width / 8))), { level: 9 });
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([
    signature,
    pngChunk("IHDR", header),
    pngChunk("IDAT", pixels),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The same PNG with an `acTL` chunk behind its header, as an animated one has. */
export function withAnimationChunk(png: Buffer): Buffer {
  const body = Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]);
  return Buffer.concat([png.subarray(0, 33), pngChunk("acTL", body), png.subarray(33)]);
}

function pngChunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const chunk = Buffer.alloc(named.length + 8);
  chunk.writeUInt32BE(body.length, 0);
  chunk.set(named, 4);
  chunk.writeUInt32BE(crc32(named), named.length + 4);
  return chunk;
}

/** The colour of one pixel, 0–255 each. */
export async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<readonly number[]> {
  const pixel = await sharp(bytes)
    .extract({ left: x, top: y, width: 1, height: 1 })
    .toColourspace("srgb")
    .raw()
    .toBuffer();
  return [...pixel];
}

/** The raw RGB of a whole image. */
export function rgbOf(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).removeAlpha().toColourspace("srgb").raw().toBuffer();
}
