import sharp from "sharp";
import { composeGrid, GRID_QUALITIES, type Grid, type GridTile } from "../src/images/grid.ts";
import { type GridLayout, gridLayout } from "../src/images/grid-layout.ts";
import { atMost, type Bench, type Line } from "./line.ts";
import { timePairs } from "./measure.ts";
import { photoLike } from "./photo-like.ts";

const SIDE = 1024;
const PAIRS = 9;
const BYTES_MAX = 8 * 1024 * 1024;
const BOUND = atMost(1.15);

/**
 * A 2 × 2 grid of four 1024² takes as a JPEG of 2048², against bare sharp doing the same decode,
 * resize, composite and encode.
 */
export const gridBench: Bench = {
  name: "grid",
  async *run() {
    const pictures = await Promise.all([1, 2, 3, 4].map((seed) => photoLike(seed, SIDE)));
    yield await measure("PNG", await Promise.all(pictures.map((each) => each.clone().png().toBuffer())));
    yield await measure(
      "JPEG",
      await Promise.all(pictures.map((each) => each.clone().jpeg({ quality: 92 }).toBuffer())),
    );
  },
};

async function measure(type: string, takes: readonly Buffer[]): Promise<Line> {
  const layout = gridLayout(takes.length, "1:1");
  const [grid, floor] = [await composed(takes), await sharp(await composited(takes, layout)).metadata()];
  if (grid.width !== floor.width || grid.height !== floor.height)
    throw new Error("the sides of the pair differ");
  const { ratio, oursMs, floorMs } = await timePairs(
    PAIRS,
    () => composed(takes),
    () => composited(takes, layout),
  );
  const detail = `${oursMs.toFixed(0)} ms against ${floorMs.toFixed(0)} ms`;
  return { name: `grid 2 × 2 of 1024² ${type} takes`, ratio, bound: BOUND, detail };
}

function composed(takes: readonly Buffer[]): Promise<Grid> {
  const tiles = takes.map((bytes, index): GridTile => ({ kind: "image", number: index + 1, bytes }));
  return composeGrid({ tiles, aspect: "1:1", bytesMax: BYTES_MAX, provenance: undefined });
}

/** The straightforward way with sharp's own tools. Its badges are plain discs: less than ours draw. */
async function composited(takes: readonly Buffer[], layout: GridLayout): Promise<Buffer> {
  const { width, height } = layout.tile;
  const raw = { width, height, channels: 3 } as const;
  const tiles = await Promise.all(takes.map((take) => sharp(take).resize(width, height).raw().toBuffer()));
  const disc = await sharp(Buffer.from(discSvg(layout.badgeHeight)))
    .png()
    .toBuffer();
  return sharp({ create: { width: layout.width, height: layout.height, channels: 3, background: "#141414" } })
    .composite([
      ...layout.cells.map(({ tile }, index) => ({
        input: tiles[index] ?? disc,
        raw,
        left: tile.left,
        top: tile.top,
      })),
      ...layout.cells.map(({ badge }) => ({ input: disc, left: badge.left, top: badge.top })),
    ])
    .jpeg({ quality: GRID_QUALITIES[0] })
    .toBuffer();
}

function discSvg(side: number): string {
  const circle = `<circle cx="${side / 2}" cy="${side / 2}" r="${side / 2 - 1}" fill="#0d0d0d" stroke="#ffffff"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${circle}</svg>`;
}
