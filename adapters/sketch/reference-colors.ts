import type { Reference } from "../../src/ports/image-model.ts";
import { type Color, distanceOf, toColor } from "./color.ts";
import { openGuide } from "./guide.ts";

/** A palette of more has no colours that one would remember. */
const COLORS_MAX = 4;
/** Nearer colours than that are one colour in two lights. */
const APART = 0.12;

/**
 * The colours that references have most of, the most first: what the sketch follows of a picture.
 *
 * @throws ModelError `invalid` when one is not a whole PNG, JPEG or WebP picture.
 */
export async function colorsOfReferences(references: readonly Reference[]): Promise<readonly Color[]> {
  const opened = await Promise.all(references.map((each) => openGuide(each.bytes)));
  const each = opened.map((picture) => mainColors(picture.grid));
  // The main colour of every picture comes before the second of any.
  const ranked = Array.from({ length: COLORS_MAX }, (_, rank) =>
    each.flatMap((colors) => colors[rank] ?? []),
  );
  return apart(ranked.flat());
}

/** Counts pixels in boxes of colour, and takes the average of each of the fullest. */
function mainColors(pixels: Uint8Array): readonly Color[] {
  const boxes = new Map<number, { count: number; red: number; green: number; blue: number }>();
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
    const name = ((red >> 6) << 4) | ((green >> 6) << 2) | (blue >> 6);
    const box = boxes.get(name) ?? { count: 0, red: 0, green: 0, blue: 0 };
    box.count++;
    box.red += red;
    box.green += green;
    box.blue += blue;
    boxes.set(name, box);
  }
  const fullest = [...boxes.values()].toSorted((a, b) => b.count - a.count);
  const average = (sum: number, count: number) => Math.round(sum / count);
  return apart(
    fullest.map(({ count, red, green, blue }) =>
      toColor(average(red, count), average(green, count), average(blue, count)),
    ),
  );
}

function apart(colors: readonly Color[]): readonly Color[] {
  const kept: Color[] = [];
  for (const color of colors) {
    if (kept.length < COLORS_MAX && kept.every((each) => distanceOf(each, color) > APART)) kept.push(color);
  }
  return kept;
}
