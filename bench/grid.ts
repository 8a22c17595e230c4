import sharp, { type Sharp } from "sharp";
import { composeGrid, GRID_QUALITIES, type Grid, type GridTile } from "../src/images/grid.ts";
import { type GridLayout, gridLayout } from "../src/images/grid-layout.ts";

const SIDE = 1024;
const PAIRS = 9;
const BYTES_MAX = 8 * 1024 * 1024;

/**
 * A 2 × 2 grid of four 1024² takes as a JPEG of 2048², against bare sharp doing the same decode,
 * resize, composite and encode. Each pair runs both in turn, so that a busy machine slows both. The
 * ratio is the median of the pairs, for the worse of PNG and JPEG takes.
 */
export async function gridBench(): Promise<{
  name: string;
  ratio: number;
  bound: number;
  better: "lower" | "higher";
}> {
  const pictures = await Promise.all([1, 2, 3, 4].map(photoLike));
  const pngs = await Promise.all(pictures.map((picture) => picture.clone().png().toBuffer()));
  const jpegs = await Promise.all(
    pictures.map((picture) => picture.clone().jpeg({ quality: 92 }).toBuffer()),
  );
  const ratio = Math.max(await medianRatio(pngs), await medianRatio(jpegs));
  return { name: "grid 2 × 2 of 1024² takes, against bare sharp", ratio, bound: 1.15, better: "lower" };
}

async function medianRatio(takes: readonly Buffer[]): Promise<number> {
  const layout = gridLayout(takes.length, "1:1");
  const ours = () => composed(takes);
  const bare = () => composited(takes, layout);
  const [grid, floor] = [await ours(), await sharp(await bare()).metadata()];
  if (grid.width !== floor.width || grid.height !== floor.height)
    throw new Error("the sides of the pair differ");
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const first = await elapsedMs(pair % 2 === 0 ? ours : bare);
    const second = await elapsedMs(pair % 2 === 0 ? bare : ours);
    ratios.push(pair % 2 === 0 ? first / second : second / first);
  }
  return ratios.sort((a, b) => a - b)[Math.floor(PAIRS / 2)] ?? Number.NaN;
}

function composed(takes: readonly Buffer[]): Promise<Grid> {
  const tiles = takes.map((bytes, index): GridTile => ({ kind: "image", number: index + 1, bytes }));
  return composeGrid({ tiles, aspect: "1:1", bytesMax: BYTES_MAX });
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

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Soft shapes with a fine grain, which is what a photograph costs a codec. */
async function photoLike(seed: number): Promise<Sharp> {
  const random = seededRandom(seed);
  const coarse = Buffer.from(Array.from({ length: 12 * 12 * 3 }, () => random() * 256));
  const soft = await sharp(coarse, { raw: { width: 12, height: 12, channels: 3 } })
    .resize(SIDE, SIDE, { kernel: "cubic" })
    .raw()
    .toBuffer();
  const grained = soft.map((value) => Math.max(0, Math.min(255, value + (random() - 0.5) * 14)));
  return sharp(grained, { raw: { width: SIDE, height: SIDE, channels: 3 } });
}

/** Numbers from 0 up to 1 (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
