import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest } from "../../src/core/nearest.ts";

const NAMES = ["count", "aspect", "seed", "size", "dry-run"];

describe("nearest", () => {
  it.each([
    ["coutn", "count"],
    ["cont", "count"],
    ["ASPECT", "aspect"],
    ["aspekt", "aspect"],
    ["sede", "seed"],
    ["sed", "seed"],
    ["dryrun", "dry-run"],
    ["wat", undefined],
    ["tnuoc", undefined],
    ["", undefined],
  ])("%s is %s", (word, candidate) => {
    expect(nearest(word, NAMES)).toBe(candidate);
  });

  it("has no suggestion out of nothing", () => {
    expect(nearest("count", [])).toBeUndefined();
  });

  it("finds each name itself, and with one letter wrong", () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.nat(), fc.constantFrom(..."qzxj"), (name, at, letter) => {
        expect(nearest(name, NAMES)).toBe(name);
        const index = at % name.length;
        expect(nearest(name.slice(0, index) + letter + name.slice(index + 1), NAMES)).toBe(name);
      }),
    );
  });
});
