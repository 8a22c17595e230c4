import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { ASPECTS, type Aspect } from "../../src/core/recipe.ts";
import { composeGrid, GRID_BYTES_MAX, type Grid, type GridTile } from "../../src/images/grid.ts";
import { gridLayout } from "../../src/images/grid-layout.ts";
import { toXmp } from "../../src/images/provenance.ts";
import { colourAt, noise, plain, stripes } from "./pictures.ts";
import { readXmp } from "./read-xmp.ts";

const MADE = { source: "trainedAlgorithmicMedia", system: "bfl/flux-2-pro" } as const;
const COLOURS = ["#d02020", "#20a040", "#2040d0", "#d0a020", "#8020a0"];

function compose(
  tiles: readonly GridTile[],
  aspect: Aspect = "1:1",
  bytesMax = GRID_BYTES_MAX,
): Promise<Grid> {
  return composeGrid({ tiles, aspect, bytesMax, provenance: MADE });
}

const image = (number: number, bytes: Buffer): GridTile => ({ kind: "image", number, bytes });
const failed = (number: number): GridTile => ({ kind: "failed", number, caption: "No image · refunded" });

describe("a grid", () => {
  it("shows each take in its place, as a JPEG of the layout's sides", async () => {
    const tiles = await Promise.all(
      COLOURS.map(async (colour, index) => image(index + 1, await plain(256, 256, colour).png().toBuffer())),
    );
    const grid = await compose(tiles);
    expect(grid.layout).toEqual(gridLayout(5, "1:1"));
    expect(await sharp(grid.bytes).metadata()).toMatchObject({
      format: "jpeg",
      width: grid.width,
      height: grid.height,
    });
    for (const [index, { tile }] of grid.layout.cells.entries()) {
      const colour = await colourAt(
        grid.bytes,
        tile.left + Math.round(tile.width / 2),
        tile.top + Math.round(tile.height / 2),
      );
      expectNear(colour, COLOURS[index] ?? "", 6);
    }
    expectNear(await colourAt(grid.bytes, 2, 2), "#141414", 6);
  });

  it("says where its takes are from, unless that is not known", async () => {
    const order = { tiles: [failed(1)], aspect: "1:1", bytesMax: GRID_BYTES_MAX } as const;
    expect(readXmp((await composeGrid({ ...order, provenance: MADE })).bytes)).toBe(toXmp(MADE));
    expect(readXmp((await composeGrid({ ...order, provenance: undefined })).bytes)).toBeUndefined();
  });

  it("rounds the corners of its tiles", async () => {
    const grid = await compose([image(1, await plain(64, 64, "#ffffff").png().toBuffer())]);
    const [cell] = grid.layout.cells;
    const right = (cell?.tile.left ?? 0) + (cell?.tile.width ?? 0) - 1;
    const [corner = 255] = await colourAt(grid.bytes, right, cell?.tile.top ?? 0);
    const [edge = 0] = await colourAt(grid.bytes, right - 40, (cell?.tile.top ?? 0) + 1);
    expect(corner).toBeLessThan(90);
    expect(edge).toBeGreaterThan(220);
  });

  it("crops a take of another aspect around its centre", async () => {
    const wide = await stripes(900, 300, ["#ff0000", "#00a000", "#0000ff"]).png().toBuffer();
    const grid = await compose([image(1, wide)]);
    const { tile } = grid.layout.cells[0] ?? expect.unreachable();
    for (const share of [0.05, 0.5, 0.95]) {
      const x = Math.round(tile.left + tile.width * share);
      expectNear(await colourAt(grid.bytes, x, tile.top + tile.height - 30), "#00a000", 8);
    }
  });

  it("takes every type and colour of image", async () => {
    const base = () => plain(300, 300, "#808080");
    const tiles = await Promise.all([
      base().png().toBuffer(),
      base().jpeg({ progressive: true }).toBuffer(),
      base().webp().toBuffer(),
      base().toColourspace("b-w").png().toBuffer(),
      base().toColourspace("rgb16").png().toBuffer(),
      base().png({ palette: true }).toBuffer(),
      base().toColourspace("cmyk").jpeg().toBuffer(),
    ]);
    const grid = await compose(tiles.map((bytes, index) => image(index + 1, bytes)));
    for (const { tile } of grid.layout.cells) {
      const colour = await colourAt(grid.bytes, tile.left + 250, tile.top + 250);
      // A trip through CMYK and back does not end where it began.
      expectNear(colour, "#808080", 16);
    }
  });

  it("shows transparency on white", async () => {
    const clear = await plain(64, 64, "#000000").ensureAlpha(0).png().toBuffer();
    const grid = await compose([image(1, clear)]);
    expectNear(await colourAt(grid.bytes, grid.width / 2, grid.height / 2), "#ffffff", 3);
  });

  it("gives the same bytes for the same takes", async () => {
    const tiles = [image(1, await noise(128, 128).png().toBuffer()), failed(2)];
    expect(Buffer.from((await compose(tiles)).bytes).equals(Buffer.from((await compose(tiles)).bytes))).toBe(
      true,
    );
  });

  it.each(ASPECTS)("of %s comes out at every count", async (aspect) => {
    const bytes = await plain(64, 64, "#4060a0").jpeg().toBuffer();
    for (const count of [1, 2, 3, 7, 16]) {
      const tiles = Array.from({ length: count }, (_, index) =>
        index === 1 ? failed(2) : image(index + 1, bytes),
      );
      const grid = await compose(tiles, aspect);
      expect(grid.layout.cells).toHaveLength(count);
      expect(Math.max(grid.width, grid.height)).toBeLessThanOrEqual(2048);
    }
  });
});

describe("a number", () => {
  it.each(["#000000", "#ffffff", "#808080", "#ff0000", "#0d0d0d"])("is read on %s", async (colour) => {
    const grid = await compose([image(1, await plain(512, 512, colour).png().toBuffer())]);
    const { badge } = grid.layout.cells[0] ?? expect.unreachable();
    const { data } = await sharp(grid.bytes)
      .extract(badge)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    // The stroke of the 1 crosses the middle row of the badge; the pill is on both sides of it.
    const middle = [...data.subarray(Math.floor(badge.height / 2) * badge.width).subarray(0, badge.width)];
    const inner = middle.slice(Math.round(badge.width * 0.12), Math.round(badge.width * 0.88));
    expect(contrast(Math.max(...inner), Math.min(...inner))).toBeGreaterThan(9);
    expect(inner[0]).toBeLessThan(80);
    expect(inner.at(-1)).toBeLessThan(80);
  });

  it("differs from number to number", async () => {
    const bytes = await plain(64, 64, "#808080").png().toBuffer();
    const grid = await compose(Array.from({ length: 16 }, (_, index) => image(index + 1, bytes)));
    const badges = await Promise.all(
      grid.layout.cells.map(({ badge }) => sharp(grid.bytes).extract(badge).raw().toBuffer()),
    );
    expect(new Set(badges.map((badge) => badge.toString("base64"))).size).toBe(16);
  });
});

describe("a failed take", () => {
  it("has a panel, a mark and a caption, and its number", async () => {
    const grid = await compose([image(1, await plain(64, 64, "#d02020").png().toBuffer()), failed(2)]);
    const { tile, badge } = grid.layout.cells[1] ?? expect.unreachable();
    expectNear(await colourAt(grid.bytes, tile.left + 40, tile.top + tile.height - 40), "#262626", 5);
    const middle = {
      left: tile.left + 100,
      top: tile.top + 300,
      width: tile.width - 200,
      height: tile.height - 600,
    };
    const { channels } = await sharp(
      await sharp(grid.bytes).extract(middle).greyscale().png().toBuffer(),
    ).stats();
    expect(channels[0]?.max).toBeGreaterThan(150);
    const number = await sharp(await sharp(grid.bytes).extract(badge).greyscale().png().toBuffer()).stats();
    expect(number.channels[0]?.max).toBeGreaterThan(230);
  });

  it("may have any caption", async () => {
    for (const caption of ["", " ", "漢字", '</svg>&"', "a very long caption ".repeat(40)]) {
      const grid = await compose([{ kind: "failed", number: 1, caption }]);
      expect(grid.bytes.byteLength).toBeGreaterThan(1000);
    }
  });
});

describe("the limit of bytes", () => {
  it("holds for the worst pictures there are", async () => {
    const takes = await Promise.all([1, 2, 3, 4].map((seed) => noise(1024, 1024, seed).png().toBuffer()));
    const tiles = takes.map((bytes, index) => image(index + 1, bytes));
    const grid = await compose(tiles);
    expect(grid.bytes.byteLength).toBeLessThanOrEqual(GRID_BYTES_MAX);
    const tight = await compose(tiles, "1:1", 1_500_000);
    expect(tight.bytes.byteLength).toBeLessThanOrEqual(1_500_000);
    expect(tight.width).toBe(grid.width);
    await expect(compose(tiles, "1:1", 1000)).rejects.toThrow(RangeError);
  });
});

it("rejects what inspection refuses, and no takes at all", async () => {
  await expect(compose([image(1, Buffer.from("no image"))])).rejects.toThrow();
  await expect(compose([])).rejects.toThrow(RangeError);
});

/** WCAG 2.2 contrast of two greys. */
function contrast(light: number, dark: number): number {
  const luminance = (grey: number) => (grey / 255) ** 2.2;
  return (luminance(light) + 0.05) / (luminance(dark) + 0.05);
}

function expectNear(colour: readonly number[], hex: string, tolerance: number): void {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const distance = Math.max(...wanted.map((value, channel) => Math.abs(value - (colour[channel] ?? -999))));
  expect(distance, `${colour} is not ${hex}`).toBeLessThanOrEqual(tolerance);
}
