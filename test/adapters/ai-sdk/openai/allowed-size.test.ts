import { describe, expect, it } from "vitest";
import { allowedSize } from "../../../../adapters/ai-sdk/openai/allowed-size.ts";
import { ASPECTS, dimensionsOf, ratioOf, SIZES } from "../../../../src/core/recipe.ts";

describe("a size that OpenAI allows", () => {
  it("is the one wanted, up to 2K", () => {
    for (const aspect of ASPECTS) {
      for (const size of ["1K", "2K"] as const) {
        const wanted = dimensionsOf(aspect, size);
        expect(allowedSize(wanted)).toEqual(wanted);
      }
    }
  });

  it.each([
    ["1:1", 2880, 2880],
    ["16:9", 3840, 2160],
    ["9:16", 2160, 3840],
    ["21:9", 3840, 1648],
    ["4:3", 3312, 2480],
  ] as const)("is the largest of its shape for 4K: %s is %i × %i", (aspect, width, height) => {
    expect(allowedSize(dimensionsOf(aspect, "4K"))).toEqual({ width, height });
  });

  it("keeps to every rule and to its shape, whatever is asked for", () => {
    for (const aspect of ASPECTS) {
      for (const size of SIZES) {
        const { width, height } = allowedSize(dimensionsOf(aspect, size));
        expect([width % 16, height % 16]).toEqual([0, 0]);
        expect(Math.max(width, height)).toBeLessThanOrEqual(Math.min(3840, 3 * Math.min(width, height)));
        expect(width * height).toBeGreaterThanOrEqual(655_360);
        expect(width * height).toBeLessThanOrEqual(8_294_400);
        expect(Math.abs(Math.log(width / height / ratioOf(aspect)))).toBeLessThan(0.02);
      }
    }
  });
});
