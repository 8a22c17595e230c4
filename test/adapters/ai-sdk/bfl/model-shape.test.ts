import { describe, expect, it } from "vitest";
import { fitPixels, idFor, shapeOf } from "../../../../adapters/ai-sdk/bfl/model-shape.ts";
import { ASPECTS, dimensionsOf, ratioOf, SIZES } from "../../../../src/core/recipe.ts";

describe("the pixels of a picture", () => {
  const every = ASPECTS.flatMap((aspect) => SIZES.map((size) => ({ aspect, size })));
  const rulesOf = (id: string) => {
    const { pixels } = shapeOf(id);
    if (pixels === undefined) throw new Error(`${id} is told an aspect`);
    return pixels;
  };

  it.each(["flux-2-pro", "flux-2-klein-4b", "flux-pro-1.1", "flux-9-mega"])("keep %s's rules", (id) => {
    const rules = rulesOf(id);
    expect(every).toHaveLength(30);
    for (const { aspect, size } of every) {
      const asked = dimensionsOf(aspect, size);
      const { width, height } = fitPixels(asked, rules);
      expect(width % rules.step).toBe(0);
      expect(height % rules.step).toBe(0);
      expect(Math.max(width, height)).toBeLessThanOrEqual(rules.sideMax);
      expect(width * height).toBeLessThanOrEqual(rules.areaMax);
      expect(width).toBeLessThanOrEqual(asked.width);
      expect(height).toBeLessThanOrEqual(asked.height);
      expect(Math.abs(Math.log(width / height / ratioOf(aspect)))).toBeLessThan(0.05);
    }
  });

  it("are those that were asked for where they can be", () => {
    for (const aspect of ASPECTS) {
      const asked = dimensionsOf(aspect, "1K");
      expect(fitPixels(asked, rulesOf("flux-2-pro"))).toEqual(asked);
    }
    expect(fitPixels(dimensionsOf("1:1", "2K"), rulesOf("flux-2-max"))).toEqual({
      width: 2048,
      height: 2048,
    });
  });
});

describe("the id to ask", () => {
  it("is the other one for pictures alone, and if there is one", () => {
    expect(idFor({ id: "a", editId: "b" }, true)).toBe("b");
    expect(idFor({ id: "a", editId: "b" }, false)).toBe("a");
    expect(idFor({ id: "a", editId: undefined }, true)).toBe("a");
  });
});
