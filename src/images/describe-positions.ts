import type { Aspect } from "../core/recipe.ts";
import { gridLayout } from "./grid-layout.ts";

/** The words for the places of a short line, by how many there are. */
const ACROSS = [[], [""], ["left", "right"], ["left", "centre", "right"]] as const;
const DOWN = [[], [""], ["top", "bottom"], ["top", "middle", "bottom"]] as const;

/**
 * Where each number is on a grid of `count` takes, for people who hear the picture instead of seeing
 * it: "1 top left, 2 top right, 3 bottom left, 4 bottom right". Longer grids go by rows: "Row 1 from
 * left to right: 1 to 4; row 2: 5 to 8".
 *
 * @throws RangeError for a count that has no grid.
 */
export function describePositions(count: number, aspect: Aspect): string {
  const { columns } = gridLayout(count, aspect);
  const rows = rowsOf(count, columns);
  if (count === 1) return "1 alone";
  if (rows.length > 3 || columns > 3) return describeRows(rows);
  return rows
    .flatMap((numbers, row) => {
      const down = DOWN[rows.length]?.[row] ?? "";
      return numbers.map((number, index) => {
        const across =
          numbers.length === 1 && columns > 1 ? "centre" : (ACROSS[numbers.length]?.[index] ?? "");
        return [number, down, across].filter((word) => word !== "").join(" ");
      });
    })
    .join(", ");
}

function describeRows(rows: readonly (readonly number[])[]): string {
  if (rows.length === 1) return `${range(rows[0] ?? [])} from left to right`;
  return rows
    .map((numbers, row) => `${row === 0 ? "Row 1 from left to right" : `row ${row + 1}`}: ${range(numbers)}`)
    .join("; ");
}

function range(numbers: readonly number[]): string {
  if (numbers.length < 3) return numbers.join(" and ");
  return `${numbers[0]} to ${numbers.at(-1)}`;
}

function rowsOf(count: number, columns: number): number[][] {
  return Array.from({ length: Math.ceil(count / columns) }, (_, row) =>
    Array.from({ length: Math.min(columns, count - row * columns) }, (_, index) => row * columns + index + 1),
  );
}
