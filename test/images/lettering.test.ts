import { describe, expect, it } from "vitest";
import { CAP_HEIGHT, outline, type TextPlace } from "../../src/images/lettering.ts";

const at: TextPlace = { size: 100, weight: 600, x: 0, y: 0, anchor: "start" };

describe("an outline", () => {
  it("stands on its baseline and is as high as capitals are", () => {
    const { path } = outline("1H", at);
    const ys = points(path).map(([, y]) => y);
    expect(Math.max(...ys)).toBeCloseTo(0, 1);
    expect(Math.min(...ys)).toBeCloseTo(-100 * CAP_HEIGHT, 1);
  });

  it("moves and grows with its place", () => {
    const small = outline("Draft", at);
    const large = outline("Draft", { ...at, size: 200, x: 40, y: 300 });
    expect(large.width).toBeCloseTo(small.width * 2, 5);
    const [first = [0, 0]] = points(small.path);
    const [moved = [0, 0]] = points(large.path);
    expect(moved[0]).toBeCloseTo(40 + first[0] * 2, 1);
    expect(moved[1]).toBeCloseTo(300 + first[1] * 2, 1);
  });

  it.each(["start", "middle", "end"] as const)("is anchored at its %s", (anchor) => {
    const { path, width } = outline("HH", { ...at, x: 500, anchor });
    const xs = points(path).map(([x]) => x);
    const left = { start: 500, middle: 500 - width / 2, end: 500 - width }[anchor];
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(left);
    expect(Math.max(...xs)).toBeLessThanOrEqual(left + width);
    // The sides of an H stand about equally far from both ends.
    expect(Math.min(...xs) - left).toBeCloseTo(left + width - Math.max(...xs), 0);
  });

  it("is heavier in a heavier weight", () => {
    const widths = ([400, 600, 700] as const).map((weight) => outline("weight", { ...at, weight }).width);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(new Set(widths).size).toBe(3);
  });
});

describe("what the font lacks", () => {
  it("falls back to the base letter", () => {
    expect(outline("ž", at)).toEqual(outline("z", at));
    expect(outline("é", at)).not.toEqual(outline("e", at));
    expect(outline("e\u0301", at)).toEqual(outline("é", at));
  });

  it("is left out otherwise, and white space is a space", () => {
    expect(outline("a漢😀b", at)).toEqual(outline("ab", at));
    expect(outline("a\n\tb", at)).toEqual(outline("a  b", at));
    expect(outline("漢", at)).toEqual({ path: "", width: 0 });
  });

  it("cannot leave the attribute it is written to", () => {
    expect(outline('"/><script>&', at).path).toMatch(/^[MLQCZ\d. -]*$/);
  });
});

function points(path: string): [number, number][] {
  return [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}
