import type { Rectangle } from "./grid-layout.ts";
import type { Pixels } from "./pixels.ts";

/** Pixels with transparency: rows of 8-bit RGBA, not premultiplied, without gaps. */
export interface Overlay {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** A canvas of one grey, 0–255. */
export function createCanvas(width: number, height: number, grey: number): Pixels {
  return { data: Buffer.alloc(width * height * 3, grey), width, height };
}

/** Copies a picture onto the canvas, row by row: over twice as fast as compositing, as nothing is blended. */
export function placePixels(canvas: Pixels, picture: Pixels, left: number, top: number): void {
  const row = picture.width * 3;
  for (let y = 0; y < picture.height; y++) {
    const to = ((top + y) * canvas.width + left) * 3;
    picture.data.copy(canvas.data, to, y * row, (y + 1) * row);
  }
}

/** Blends a part of an overlay onto the canvas. */
export function blendOverlay(
  canvas: Pixels,
  overlay: Overlay,
  part: Rectangle,
  left: number,
  top: number,
): void {
  for (let y = 0; y < part.height; y++) {
    let from = ((part.top + y) * overlay.width + part.left) * 4;
    let to = ((top + y) * canvas.width + left) * 3;
    for (let x = 0; x < part.width; x++, from += 4, to += 3) {
      const cover = (overlay.data[from + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel++) {
        mix(canvas.data, to + channel, overlay.data[from + channel] ?? 0, cover);
      }
    }
  }
}

/** Rounds the corners of a rectangle by painting what lies outside of them in one grey. */
export function roundCorners(canvas: Pixels, rectangle: Rectangle, radius: number, grey: number): void {
  const right = rectangle.left + rectangle.width - 1;
  const bottom = rectangle.top + rectangle.height - 1;
  for (let y = 0; y < radius; y++) {
    for (let x = 0; x < radius; x++) {
      // How far the middle of this pixel lies outside the circle; half a pixel either way is the smooth edge.
      const outside = Math.hypot(radius - x - 0.5, radius - y - 0.5) - radius + 0.5;
      if (outside <= 0) continue;
      for (const row of [rectangle.top + y, bottom - y]) {
        for (const column of [rectangle.left + x, right - x]) {
          const at = (row * canvas.width + column) * 3;
          for (let channel = 0; channel < 3; channel++)
            mix(canvas.data, at + channel, grey, Math.min(1, outside));
        }
      }
    }
  }
}

function mix(data: Buffer, at: number, value: number, cover: number): void {
  const under = data[at] ?? 0;
  data[at] = Math.round(under + (value - under) * cover);
}
