import type { Aspect } from "../core/recipe.ts";
import { drawBadges } from "./badges.ts";
import { blendOverlay, createCanvas, placePixels, roundCorners } from "./canvas.ts";
import { encodeJpeg } from "./encode-jpeg.ts";
import { drawFailedTile } from "./failed-tile.ts";
import { type GridLayout, gridLayout } from "./grid-layout.ts";
import { openImage } from "./open-image.ts";
import { decodePixels, type Pixels } from "./pixels.ts";
import type { Provenance } from "./provenance.ts";

/** 8 MiB: below the upload limit of every chat platform, Discord's 10 MiB being the lowest. */
export const GRID_BYTES_MAX = 8 * 1024 * 1024;

/** 82 is where a picture of this size stops looking better; the others are for pictures that are all noise. */
export const GRID_QUALITIES = [82, 72, 60, 45, 25, 10] as const;

/**
 * A neutral near-black wall. It casts no colour on the pictures, disappears in a dark chat and frames
 * them in a light one, where paper would glare in the first and dissolve in the second.
 */
const WALL_GREY = 20;

export type GridTile =
  /** An image that `inspectImage` passed. */
  | { readonly kind: "image"; readonly number: number; readonly bytes: Uint8Array }
  /** A take that was not made, and what to say in its place; ` · ` is where a long caption breaks. */
  | { readonly kind: "failed"; readonly number: number; readonly caption: string };

export interface GridOrder {
  /** 1 to 16, in the order they are shown. */
  readonly tiles: readonly GridTile[];
  readonly aspect: Aspect;
  readonly bytesMax: number;
  /** Of its takes; undefined: nothing is written of it. */
  readonly provenance: Provenance | undefined;
}

export interface Grid {
  /** A JPEG. */
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly layout: GridLayout;
}

/**
 * The picture of a round: its takes, numbered. A take of another aspect is cropped to the one asked,
 * around its centre. The same input gives the same bytes.
 *
 * Tiles are decoded at the size they are shown, copied into one canvas and encoded once: about half
 * the time of compositing.
 *
 * Rejects for a tile that `inspectImage` refuses, and for a number of tiles that has no layout.
 */
export async function composeGrid(order: GridOrder): Promise<Grid> {
  const { tiles, aspect, bytesMax, provenance } = order;
  const layout = gridLayout(tiles.length, aspect);
  const { width, height, tile: size } = layout;
  const [pictures, badges] = await Promise.all([
    Promise.all(tiles.map((tile) => drawTile(tile, size.width, size.height))),
    drawBadges(
      tiles.map((tile) => tile.number),
      layout.badgeHeight,
    ),
  ]);
  const canvas = createCanvas(width, height, WALL_GREY);
  layout.cells.forEach(({ tile, badge }, index) => {
    const picture = pictures[index];
    const part = badges.parts[index];
    if (picture === undefined || part === undefined) return;
    placePixels(canvas, picture, tile.left, tile.top);
    roundCorners(canvas, tile, size.radius, WALL_GREY);
    blendOverlay(canvas, badges.overlay, part, badge.left, badge.top);
  });
  const bytes = await encodeJpeg(canvas, {
    bytesMax,
    qualities: GRID_QUALITIES,
    chroma: "4:2:0",
    provenance,
  });
  if (bytes === undefined) throw new RangeError(`no grid of ${width} × ${height} fits ${bytesMax} bytes`);
  return { bytes, width, height, layout };
}

function drawTile(tile: GridTile, width: number, height: number): Promise<Pixels> {
  if (tile.kind === "failed") return drawFailedTile(tile.caption, width, height);
  return decodePixels(openImage(tile.bytes).resize({ width, height, fit: "cover", position: "centre" }));
}
