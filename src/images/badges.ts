import sharp from "sharp";
import type { Overlay } from "./canvas.ts";
import { badgeWidth, type Rectangle } from "./grid-layout.ts";
import { CAP_HEIGHT, outline } from "./lettering.ts";

/** Number badges drawn side by side, and where each one is in the drawing. */
export interface BadgeSheet {
  readonly overlay: Overlay;
  readonly parts: readonly Rectangle[];
}

/**
 * Draws a badge for each number, all in one drawing because starting the SVG renderer costs more than
 * a badge. A light digit on a dark pill inside a light hairline reads on any picture: on a bright one
 * the pill stands out, on a dark one the ring and the digit do.
 */
export async function drawBadges(numbers: readonly number[], height: number): Promise<BadgeSheet> {
  const widths = numbers.map((number) => badgeWidth(number, height));
  const lefts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, 0));
  const parts = widths.map((width, index) => ({ left: lefts[index] ?? 0, top: 0, width, height }));
  const width = widths.reduce((sum, each) => sum + each, 0);
  const shapes = numbers.map((number, index) => badge(number, lefts[index] ?? 0, widths[index] ?? 0, height));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join("")}</svg>`;
  const data = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
  return { overlay: { data, width, height }, parts };
}

function badge(number: number, left: number, width: number, height: number): string {
  const ring = Math.max(1.5, height / 32);
  const size = height * 0.6;
  const digits = outline(String(number), {
    size,
    weight: 700,
    x: left + width / 2,
    y: (height + size * CAP_HEIGHT) / 2,
    anchor: "middle",
  });
  const pill = `x="${left + ring / 2}" y="${ring / 2}" width="${width - ring}" height="${height - ring}" rx="${(height - ring) / 2}"`;
  return (
    `<rect ${pill} fill="#0d0d0d" fill-opacity="0.82" stroke="#ffffff" stroke-opacity="0.5" stroke-width="${ring}"/>` +
    `<path d="${digits.path}" fill="#ffffff"/>`
  );
}
