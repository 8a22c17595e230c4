import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import opentype from "opentype.js";

type Font = ReturnType<typeof opentype.parse>;
type Command = ReturnType<Font["charToGlyph"]>["path"]["commands"][number];

/** Weights of Inter, the font in the box. */
export type FontWeight = 400 | 600 | 700;

/** Where text stands. Pixels; `y` is the baseline and `size` the em. */
export interface TextPlace {
  readonly size: number;
  readonly weight: FontWeight;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
}

export interface Outline {
  /** SVG path data, empty when there is nothing to draw. */
  readonly path: string;
  /** Pixels from the first glyph's origin to the end of the last. */
  readonly width: number;
}

/** The height of Inter's capitals and digits, in ems (sCapHeight of its OS/2 table: 1490 of 2048). */
export const CAP_HEIGHT = 1490 / 2048;

/**
 * Text as SVG path data. A bare server has no fonts, so pictures never name one: the letters of the
 * font that npm installs are drawn as shapes. The font is Latin only. A letter it lacks becomes its
 * base letter where there is one (ž → z); any other character is left out.
 */
export function outline(text: string, place: TextPlace): Outline {
  const font = loadFont(place.weight);
  const scale = place.size / font.unitsPerEm;
  const glyphs = toKnown(text, font).map((character) => font.charToGlyph(character));
  const width = glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) * scale;
  let x = place.x - { start: 0, middle: width / 2, end: width }[place.anchor];
  let path = "";
  for (const glyph of glyphs) {
    path += glyph.path.commands.map((command) => toPathData(command, scale, x, place.y)).join("");
    x += glyph.advanceWidth * scale;
  }
  return { path, width };
}

const require = createRequire(import.meta.url);
const fonts = new Map<FontWeight, Font>();

/** Parsing costs about ten milliseconds, so a weight is read at its first use and kept. */
function loadFont(weight: FontWeight): Font {
  const known = fonts.get(weight);
  if (known !== undefined) return known;
  const file = readFileSync(require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff`));
  const font = opentype.parse(new Uint8Array(file).buffer);
  fonts.set(weight, font);
  return font;
}

function toKnown(text: string, font: Font): string[] {
  const has = (character: string) => font.charToGlyphIndex(character) !== 0;
  return [...text.normalize("NFC")].flatMap((character) => {
    if (/\s/.test(character)) return [" "];
    return has(character) ? [character] : [...character.normalize("NFKD")].filter(has);
  });
}

/** One command, from font units with y upwards to pixels with y downwards. */
function toPathData(command: Command, scale: number, left: number, baseline: number): string {
  const point = (x: number, y: number) =>
    `${(left + x * scale).toFixed(2)} ${(baseline - y * scale).toFixed(2)}`;
  switch (command.type) {
    case "M":
    case "L":
      return `${command.type}${point(command.x, command.y)}`;
    case "Q":
      return `Q${point(command.x1, command.y1)} ${point(command.x, command.y)}`;
    case "C":
      return `C${point(command.x1, command.y1)} ${point(command.x2, command.y2)} ${point(command.x, command.y)}`;
    case "Z":
      return "Z";
  }
}
