import { describe, expect, it } from "vitest";
import { ASPECTS, dimensionsOf, ratioOf, SIZES } from "../../src/core/recipe.ts";

const SIDES = { "1K": 1024, "2K": 2048, "4K": 4096 } as const;

describe("dimensionsOf", () => {
  const all = ASPECTS.flatMap((aspect) => SIZES.map((size) => ({ aspect, size })));
  it.each(all)(
    "$aspect at $size: sixteens, the area of the square, the ratio asked for",
    ({ aspect, size }) => {
      const { width, height } = dimensionsOf(aspect, size);
      expect(width % 16).toBe(0);
      expect(height % 16).toBe(0);
      expect((width * height) / SIDES[size] ** 2).toBeCloseTo(1, 1);
      const [w = 0, h = 0] = aspect.split(":").map(Number);
      expect(Math.abs(width / height / (w / h) - 1)).toBeLessThan(0.02);
    },
  );

  it("is exact for squares, and turned for the turned aspect", () => {
    expect(dimensionsOf("1:1", "1K")).toEqual({ width: 1024, height: 1024 });
    const { width, height } = dimensionsOf("16:9", "2K");
    expect(dimensionsOf("9:16", "2K")).toEqual({ width: height, height: width });
    expect(ratioOf("16:9")).toBeCloseTo(16 / 9);
  });
});
