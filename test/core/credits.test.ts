import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { credits, inCredits } from "../../src/core/credits.ts";

describe("credits", () => {
  it("are whole and not negative, and nothing else", () => {
    for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => credits(bad)).toThrow(RangeError);
    }
    fc.assert(
      fc.property(fc.maxSafeNat(), (amount) => {
        expect(credits(amount)).toBe(amount);
      }),
    );
  });

  it("are said in words", () => {
    expect([0, 1, 2].map(inCredits)).toEqual(["0 credits", "1 credit", "2 credits"]);
  });
});
