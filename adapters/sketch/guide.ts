import sharp from "sharp";
import type { Dimensions } from "../../src/core/recipe.ts";
import { ModelError } from "../../src/ports/image-model.ts";
import { type Color, mix, toColor } from "./color.ts";
import type { Composition } from "./compose-scene.ts";
import { drawComposition } from "./draw-composition.ts";
import { between, createRandom } from "./random.ts";
import { type Layers, toSvg } from "./render.ts";
import { drawSignature, SIGNATURE_AREA } from "./signature.ts";
import { disc, drawn, flat, linear, n, radial } from "./svg.ts";

/** A guide, opened: its pixels as PNG, and its colours on a coarse grid. */
export interface OpenGuide {
  readonly bytes: Uint8Array;
  readonly dimensions: Dimensions;
  /** `GRID` × `GRID` pixels of 3 bytes. */
  readonly grid: Uint8Array;
}

const GRID = 32;
/** A guide is somebody's bytes: no more pixels than the largest final has, with room for odd shapes. */
const GUIDE_PIXELS_MAX = 64_000_000;
/** Mean difference a channel, of 255, below which two coarse grids show the same picture. Paper and another size make up to 2; another seed makes 9 and more. */
const SAME_BELOW = 5;

/** @throws ModelError `invalid` when the bytes are not a whole PNG, JPEG or WebP picture. */
export async function openGuide(bytes: Uint8Array): Promise<OpenGuide> {
  try {
    const { width, height, format } = await sharp(bytes, { limitInputPixels: GUIDE_PIXELS_MAX }).metadata();
    if (!["png", "jpeg", "webp"].includes(format)) throw new TypeError(`a guide cannot be ${format}`);
    return { bytes, dimensions: { width, height }, grid: await coarse(bytes) };
  } catch (cause) {
    throw new ModelError("invalid", "the guide is not a picture that the sketch can read", {
      retryable: false,
      billed: "no",
      cause,
    });
  }
}

/** Whether the guide is the very take of this composition: then a final can be drawn afresh, finer. */
export async function showsSamePicture(guide: OpenGuide, composition: Composition): Promise<boolean> {
  const side = GRID * 8;
  const svg = toSvg(drawComposition(composition, false), composition.frame, { width: side, height: side });
  // Pixels first: an SVG that is resized is drawn anew at the small size, with other edges.
  const own = await coarse(await sharp(svg).png({ compressionLevel: 0 }).toBuffer());
  const difference = own.reduce((sum, value, index) => sum + Math.abs(value - (guide.grid[index] ?? 0)), 0);
  return difference / own.length < SAME_BELOW;
}

async function coarse(bytes: Uint8Array): Promise<Uint8Array> {
  return await sharp(bytes, { limitInputPixels: GUIDE_PIXELS_MAX, failOn: "error" })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .resize(GRID, GRID, { fit: "fill", kernel: "linear" })
    .raw()
    .toBuffer();
}

/** How far a guide may move by the seed, 0 to 1: which part of it is seen, and its colours and light. */
export interface Change {
  readonly crop: number;
  readonly light: number;
}

/** The guide, painted over: its composition stays. Without a change it only becomes larger, clearer and brushed. */
export async function paintOver(
  guide: OpenGuide,
  composition: Composition,
  dimensions: Dimensions,
  { crop, light }: Change,
): Promise<Layers> {
  const random = createRandom("paint over", composition.scene.hash, composition.seed);
  const unsigned = await withoutSignature(guide);
  const zoom = 1 + crop * between(random, 0.08, 0.3);
  const wide = { width: Math.ceil(dimensions.width * zoom), height: Math.ceil(dimensions.height * zoom) };
  const corner = {
    left: Math.floor((wide.width - dimensions.width) * random()),
    top: Math.floor((wide.height - dimensions.height) * random()),
  };
  const moved = sharp(unsigned)
    .resize(wide.width, wide.height, { fit: "cover", kernel: "lanczos3" })
    .extract({ ...corner, ...dimensions });
  const graded =
    light === 0
      ? moved
      : moved.modulate({
          hue: Math.round(light * between(random, -70, 70)),
          saturation: 1 + light * between(random, -0.35, 0.3),
          brightness: 1 + light * between(random, -0.2, 0.16),
        });
  const picture = await graded.png({ compressionLevel: 0 }).toBuffer();
  const grid = await coarse(picture);
  const signature = drawSignature(composition.frame, composition.seed, colorAt(grid, GRID - 3, GRID - 2));
  const strokes = brush(grid, composition) + relight(composition, light) + signature;
  return { picture, over: toSvg(strokes, composition.frame, dimensions) };
}

/** Another seed's signature does not belong here: a median over its corner takes thin strokes out. Edges are sharpened for the enlarging. */
async function withoutSignature({ bytes, dimensions: { width, height } }: OpenGuide): Promise<Buffer> {
  const picture = await sharp(bytes)
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .sharpen({ sigma: 0.6 })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const area = {
    width: Math.round(width * SIGNATURE_AREA.width),
    height: Math.round(height * SIGNATURE_AREA.height),
  };
  // Nobody can sign, or read, in so few pixels.
  if (Math.min(area.width, area.height) < PEN) return picture;
  const corner = { left: width - area.width, top: height - area.height };
  const calm = await sharp(picture)
    .extract({ ...corner, ...area })
    .median(PEN)
    .png({ compressionLevel: 0 })
    .toBuffer();
  return await sharp(picture)
    .composite([{ input: calm, ...corner }])
    .png({ compressionLevel: 0 })
    .toBuffer();
}

/** The median's window, in pixels: more than twice the width of a signature's stroke at 1K. */
const PEN = 9;

/** Dry strokes in the picture's own colours, only where it is calm: edges are the composition. */
function brush(grid: Uint8Array, { frame, scene, seed, light }: Composition): string {
  const random = createRandom("brush", scene.hash, seed);
  const [cellX, cellY] = [frame.width / GRID, frame.height / GRID];
  return Array.from({ length: 420 }, () => {
    const [column, row] = [Math.floor(random() * (GRID - 1)), Math.floor(random() * (GRID - 1))];
    const here = colorAt(grid, column, row);
    const [length, slant] = [cellX * between(random, 0.5, 1.5), light.from * between(random, 0.1, 0.4)];
    const tone = mix(here, random() < 0.5 ? "#ffffff" : "#20182a", between(random, 0.1, 0.3));
    if (contrastAt(grid, column, row) > 16) return "";
    return drawn(
      `M${n((column + random()) * cellX)} ${n((row + random()) * cellY)}l${n(length)} ${n(length * slant)}`,
      tone,
      between(random, 0.8, 3),
      0.16,
    );
  }).join("");
}

function colorAt(grid: Uint8Array, column: number, row: number): Color {
  const at = (row * GRID + column) * 3;
  return toColor(grid[at] ?? 0, grid[at + 1] ?? 0, grid[at + 2] ?? 0);
}

function contrastAt(grid: Uint8Array, column: number, row: number): number {
  const at = (row * GRID + column) * 3;
  const steps = [3, GRID * 3, GRID * 3 + 3].flatMap((step) =>
    [0, 1, 2].map((channel) => Math.abs((grid[at + channel] ?? 0) - (grid[at + step + channel] ?? 0))),
  );
  return Math.max(...steps);
}

/** Light from the seed's side, in the seed's colours. */
function relight({ frame, palette, light, focus }: Composition, change: number): string {
  if (change === 0) return "";
  const all = `M0 0H${n(frame.width)}V${n(frame.height)}H0z`;
  const sweep = linear(
    "sweep",
    [-light.from, 0.7],
    [
      [0, palette.glow, change * 0.7],
      [0.5, palette.glow, 0],
      [1, palette.shade, change * 0.75],
    ],
  );
  const pool = radial("spot", [
    [0, palette.glow, change * 0.5],
    [1, palette.glow, 0],
  ]);
  return `<defs>${sweep}${pool}</defs>${flat(all, "url(#sweep)")}${disc(focus.x, focus.y * 0.6, frame.height * 0.5, "url(#spot)")}`;
}
