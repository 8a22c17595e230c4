import { describe, expect, it } from "vitest";
import { ASPECTS, ratioOf } from "../../src/core/recipe.ts";
import { TAKES_MAX } from "../../src/core/round.ts";
import { BADGE_SHARE_MIN, GRID_SIDE_MAX, gridLayout, type Rectangle } from "../../src/images/grid-layout.ts";

const COUNTS = Array.from({ length: TAKES_MAX }, (_, index) => index + 1);

describe.each(ASPECTS)("every count of %s", (aspect) => {
  it.each(COUNTS)("%i takes", (count) => {
    const layout = gridLayout(count, aspect);
    const { width, height, columns, rows, cells } = layout;
    expect(cells).toHaveLength(count);
    expect(columns * rows).toBeGreaterThanOrEqual(count);
    expect(columns * (rows - 1)).toBeLessThan(count);
    expect(Math.max(width, height)).toBeLessThanOrEqual(GRID_SIDE_MAX);
    const gutter = cells[0]?.tile.top ?? 0;
    expect(gutter).toBeGreaterThan(0);
    for (const { tile, badge } of cells) {
      expect(
        inside(tile, { left: gutter, top: gutter, width: width - 2 * gutter, height: height - 2 * gutter }),
      ).toBe(true);
      expect(inside(badge, tile)).toBe(true);
      expect(badge.height).toBeGreaterThanOrEqual(BADGE_SHARE_MIN * tile.height);
      expect(badge.height).toBeLessThanOrEqual(0.3 * Math.min(tile.width, tile.height));
      expect(Math.abs(tile.width / tile.height / ratioOf(aspect) - 1)).toBeLessThan(0.01);
    }
    for (const row of rowsOf(
      layout.cells.map((cell) => cell.tile),
      columns,
    ))
      expectEvenRow(row, width, gutter);
    for (const [above, below] of pairs(
      rowsOf(
        cells.map((cell) => cell.tile),
        columns,
      ),
    )) {
      expect((below[0]?.top ?? 0) - (above[0]?.top ?? 0)).toBe((above[0]?.height ?? 0) + gutter);
    }
  });
});

it.each([
  [1, "1:1", 1],
  [2, "1:1", 2],
  [2, "16:9", 1],
  [2, "9:16", 2],
  [3, "1:1", 3],
  [3, "21:9", 1],
  [4, "1:1", 2],
  [4, "16:9", 2],
  [4, "9:16", 4],
  [5, "1:1", 3],
  [6, "16:9", 2],
  [8, "1:1", 4],
  [9, "1:1", 3],
  [12, "1:1", 4],
  [16, "1:1", 4],
  [16, "21:9", 4],
  [16, "9:16", 8],
] as const)("%i of %s stand in %i columns", (count, aspect, columns) => {
  expect(gridLayout(count, aspect).columns).toBe(columns);
});

it.each([0, 17, 2.5, Number.NaN])("has no grid of %s takes", (count) => {
  expect(() => gridLayout(count, "1:1")).toThrow(RangeError);
});

function expectEvenRow(row: readonly Rectangle[], width: number, gutter: number): void {
  for (const [left, right] of pairs(row)) expect(right.left - left.left).toBe(left.width + gutter);
  const before = row[0]?.left ?? 0;
  const last = row.at(-1);
  const after = width - (last?.left ?? 0) - (last?.width ?? 0);
  expect(Math.abs(before - after)).toBeLessThanOrEqual(1);
}

function rowsOf(tiles: readonly Rectangle[], columns: number): Rectangle[][] {
  return Array.from({ length: Math.ceil(tiles.length / columns) }, (_, row) =>
    tiles.slice(row * columns, (row + 1) * columns),
  );
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.slice(1).map((item, index) => [items[index] ?? item, item]);
}

function inside(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.left >= outer.left &&
    inner.top >= outer.top &&
    inner.left + inner.width <= outer.left + outer.width &&
    inner.top + inner.height <= outer.top + outer.height
  );
}
