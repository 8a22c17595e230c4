import fc from "fast-check";
import { expect, it } from "vitest";
import { SEED_MAX } from "../../src/core/recipe.ts";
import { TAKES_MAX } from "../../src/core/round.ts";
import { seedOfFinal } from "../../src/finals/seed-of-final.ts";

const seed = fc.integer({ min: 0, max: SEED_MAX });

it("the first final has the seed of its take", () => {
  fc.assert(fc.property(seed, (take) => seedOfFinal(take, 0) === take));
});

it("each one after has another: always the same, no other final's, and no other take's of the grid", () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 500 }), (take, finals) => {
      const seeds = Array.from({ length: finals + 1 }, (_, made) => seedOfFinal(take, made));
      expect(new Set(seeds).size).toBe(seeds.length);
      expect(seeds).toEqual(seeds.map((_, made) => seedOfFinal(take, made)));
      for (const each of seeds) expect(Number.isInteger(each) && each >= 0 && each <= SEED_MAX).toBe(true);
      const apart = seeds.slice(1).map((each) => Math.min((each - take) >>> 0, (take - each) >>> 0));
      expect(Math.min(...apart)).toBeGreaterThan(TAKES_MAX);
    }),
  );
});
