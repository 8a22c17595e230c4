import { type Aspect, dimensionsOf, ratioOf, TAKE_SIZE } from "../core/recipe.ts";
import { TAKES_MAX } from "../core/round.ts";

/** The longest side of a grid: what chat platforms show in full without a second step. */
export const GRID_SIDE_MAX = 2048;
/** A badge is at least this part of its tile's height. */
export const BADGE_SHARE_MIN = 0.06;

/** Pixels from the top left of the grid. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface GridLayout {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** The size of every tile, and the radius of its corners, in pixels. */
  readonly tile: { readonly width: number; readonly height: number; readonly radius: number };
  /** Pixels. */
  readonly badgeHeight: number;
  /** In reading order; a last row that is not full stands in the middle. */
  readonly cells: readonly GridCell[];
}

export interface GridCell {
  readonly tile: Rectangle;
  /** As wide as the number of the cell needs, counting from 1. */
  readonly badge: Rectangle;
}

/** The box in which a chat shows a picture is about this wide, for a height of 1 (Discord's is 550 × 350). */
const CHAT_BOX_RATIO = 1.55;
/** Parts of the grid's longest side. A badge of 0.036 is still 13 pixels in a chat's 360-pixel preview. */
const GUTTER_SHARE = 1 / 128;
const BADGE_SHARE = 0.036;
/** A badge never covers more of a tile's shorter side than this. */
const BADGE_SHARE_MAX = 0.28;

/**
 * Where everything is on a grid of 1 to 16 takes.
 *
 * @throws RangeError for another count.
 */
export function gridLayout(count: number, aspect: Aspect): GridLayout {
  if (!Number.isInteger(count) || count < 1 || count > TAKES_MAX) {
    throw new RangeError(`a grid has 1 to ${TAKES_MAX} takes, not ${count}`);
  }
  const columns = columnsFor(count, ratioOf(aspect));
  const rows = Math.ceil(count / columns);
  const { gutter, width, height } = tileSize(columns, rows, aspect);
  const canvas = { width: span(columns, width, gutter), height: span(rows, height, gutter) };
  const legible = BADGE_SHARE * Math.max(canvas.width, canvas.height);
  const modest = BADGE_SHARE_MAX * Math.min(width, height);
  const badge = Math.ceil(Math.max(BADGE_SHARE_MIN * height, Math.min(legible, modest)));
  const cells = Array.from({ length: count }, (_, index): GridCell => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const indent = Math.round((canvas.width - span(inRow, width, gutter)) / 2);
    const left = indent + gutter + (index % columns) * (width + gutter);
    const top = gutter + row * (height + gutter);
    const inset = Math.round(badge * 0.3);
    return {
      tile: { left, top, width, height },
      badge: { left: left + inset, top: top + inset, width: badgeWidth(index + 1, badge), height: badge },
    };
  });
  return { ...canvas, columns, rows, tile: { width, height, radius: gutter }, badgeHeight: badge, cells };
}

/** Pixels: a circle for one digit, a pill for more. */
export function badgeWidth(number: number, height: number): number {
  return Math.round(height * (1 + 0.4 * (String(number).length - 1)));
}

/**
 * The columns that show the takes best: the largest tiles that a chat's box allows, where a last row
 * with holes counts against.
 */
function columnsFor(count: number, ratio: number): number {
  const shown = (columns: number) => {
    const rows = Math.ceil(count / columns);
    const tileWidth = Math.min(CHAT_BOX_RATIO / columns, ratio / rows);
    return (tileWidth ** 2 / ratio) * (count / (columns * rows)) ** 1.5;
  };
  const candidates = Array.from({ length: count }, (_, index) => index + 1);
  return candidates.reduce((best, columns) => (shown(columns) > shown(best) ? columns : best));
}

/** The largest tiles that fit, never larger than takes are made. Gutters shrink with the grid. */
function tileSize(columns: number, rows: number, aspect: Aspect) {
  const ratio = ratioOf(aspect);
  const gutters = GRID_SIDE_MAX * GUTTER_SHARE;
  const widthMax = (GRID_SIDE_MAX - (columns + 1) * gutters) / columns;
  const heightMax = (GRID_SIDE_MAX - (rows + 1) * gutters) / rows;
  const largest = Math.min(widthMax, heightMax * ratio);
  const shrink = Math.min(1, dimensionsOf(aspect, TAKE_SIZE).width / largest);
  const width = Math.floor(largest * shrink);
  return { gutter: Math.round(gutters * shrink), width, height: Math.floor(width / ratio) };
}

/** What `count` tiles and the gutters around them take. */
function span(count: number, side: number, gutter: number): number {
  return count * side + (count + 1) * gutter;
}
