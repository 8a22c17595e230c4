import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import { fittingAspect, fittingSize, MODEL_NAME, priceOf, priceOfTakes } from "../../src/core/model.ts";
import { ASPECTS, SIZES } from "../../src/core/recipe.ts";
import { shortfallsOf } from "../../src/core/shortfall.ts";

const sizes = fc.subarray([...SIZES], { minLength: 1 });
const aspects = fc.shuffledSubarray([...ASPECTS], { minLength: 1 });

describe("what a model makes in place of what was wanted", () => {
  it("the size itself, or else the next smaller, or else the smallest there is", () => {
    expect(fittingSize({ sizes: ["1K", "4K"] }, "2K")).toBe("1K");
    expect(fittingSize({ sizes: ["2K", "4K"] }, "1K")).toBe("2K");
    expect(fittingSize({ sizes: ["1K", "2K"] }, "4K")).toBe("2K");
    fc.assert(
      fc.property(sizes, fc.constantFrom(...SIZES), (has, wanted) => {
        const got = fittingSize({ sizes: has }, wanted);
        expect(has).toContain(got);
        if (has.includes(wanted)) expect(got).toBe(wanted);
      }),
    );
  });

  it("the aspect itself, or else the nearest", () => {
    expect(fittingAspect({ aspects: ["1:1", "16:9", "9:16"] }, "21:9")).toBe("16:9");
    expect(fittingAspect({ aspects: ["1:1", "16:9", "9:16"] }, "2:3")).toBe("9:16");
    expect(fittingAspect({ aspects: ["1:1", "16:9", "9:16"] }, "4:5")).toBe("1:1");
    fc.assert(
      fc.property(aspects, fc.constantFrom(...ASPECTS), (has, wanted) => {
        const got = fittingAspect({ aspects: has }, wanted);
        expect(has).toContain(got);
        if (has.includes(wanted)) expect(got).toBe(wanted);
      }),
    );
  });

  it("is said, when it is not the same, and only then", () => {
    const abilities = { guide: true, strength: false, references: 2, seed: true, mask: false } as const;
    fc.assert(
      fc.property(
        sizes,
        aspects,
        fc.constantFrom(...SIZES),
        fc.constantFrom(...ASPECTS),
        fc.nat(4),
        (hasSizes, hasAspects, size, aspect, references) => {
          const model = { ...abilities, sizes: hasSizes, aspects: hasAspects };
          const said = shortfallsOf(model, { size, aspect, hasGuide: true, references });
          const kinds = said.map((each) => each.kind);
          expect(kinds.includes("size")).toBe(!hasSizes.includes(size));
          expect(kinds.includes("aspect")).toBe(!hasAspects.includes(aspect));
          expect(kinds.includes("references")).toBe(references > 2);
        },
      ),
    );
  });
});

describe("prices", () => {
  const prices = { credits: { "1K": credits(4), "2K": credits(5), "4K": credits(9) }, usd: undefined };

  it("are for the size that the model then makes", () => {
    const of = (has: readonly ("1K" | "2K" | "4K")[]) => {
      const abilities = { sizes: has, aspects: ASPECTS, ...REST };
      return SIZES.map((size) => priceOf({ prices, abilities }, size));
    };
    expect(of(["1K", "2K", "4K"])).toEqual([4, 5, 9]);
    expect(of(["1K"])).toEqual([4, 4, 4]);
    expect(of(["2K"])).toEqual([5, 5, 5]);
  });

  it("of several takes are that many times the price of one", () => {
    expect(priceOfTakes(credits(3), 16)).toBe(48);
  });
});

const REST = { guide: true, strength: true, references: 0, seed: true, mask: false };

it("names can be those of queues", () => {
  for (const name of ["sketch", "nano-banana-2.1", "a", "9", "x_y", "n".repeat(40)]) {
    expect(name).toMatch(MODEL_NAME);
  }
  for (const name of ["", "Nano", "a b", "a:b", "a/b", "-a", ".a", "n".repeat(41), "é", "a\n"]) {
    expect(name).not.toMatch(MODEL_NAME);
  }
});
