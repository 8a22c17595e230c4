import { describe, expect, it } from "vitest";
import { ASPECTS } from "../../src/core/recipe.ts";
import { describePositions } from "../../src/images/describe-positions.ts";

describe("where the numbers are", () => {
  it.each([
    [1, "1:1", "1 alone"],
    [2, "1:1", "1 left, 2 right"],
    [2, "16:9", "1 top, 2 bottom"],
    [3, "1:1", "1 left, 2 centre, 3 right"],
    [3, "16:9", "1 top left, 2 top right, 3 bottom centre"],
    [4, "1:1", "1 top left, 2 top right, 3 bottom left, 4 bottom right"],
    [4, "9:16", "1 to 4 from left to right"],
    [5, "1:1", "1 top left, 2 top centre, 3 top right, 4 bottom left, 5 bottom right"],
    [7, "1:1", "Row 1 from left to right: 1 to 4; row 2: 5 to 7"],
    [7, "21:9", "Row 1 from left to right: 1 and 2; row 2: 3 and 4; row 3: 5 and 6; row 4: 7"],
  ] as const)("%i of %s", (count, aspect, words) => {
    expect(describePositions(count, aspect)).toBe(words);
  });

  it("stays short enough for alt text whatever the grid", () => {
    for (const aspect of ASPECTS) {
      for (let count = 1; count <= 16; count++) {
        const words = describePositions(count, aspect);
        expect(words.length).toBeLessThan(160);
        expect(words).toMatch(new RegExp(`\\b${count}\\b`));
      }
    }
  });
});
