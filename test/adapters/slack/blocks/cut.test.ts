import fc from "fast-check";
import { expect, it } from "vitest";
import { cut } from "../../../../adapters/slack/blocks/cut.ts";

it("leaves alone what fits, and keeps the end where it is asked to", () => {
  expect(cut("a red fox", 9)).toBe("a red fox");
  expect(cut("a red fox", 8)).toBe("a red f…");
  expect(cut("a red fox in snow. Choose one.", 20, { tail: 11 })).toBe("a red fo…Choose one.");
});

it("keeps characters whole", () => {
  expect(cut("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 20)).toBe("👩‍👩‍👧‍👦…");
  expect(cut("👩‍👩‍👧‍👦", 5)).toBe("…");
});

it("never counts for more than it may, by any measure", () => {
  const bytes = (words: string) => Buffer.byteLength(words);
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 3, max: 60 }),
      fc.nat(40),
      (words, max, tail) => {
        const kept = cut(words, max, { measure: bytes, tail: Math.min(tail, max - 3) });
        expect(bytes(kept)).toBeLessThanOrEqual(max);
        if (bytes(words) > max) expect(kept).toContain("…");
        else expect(kept).toBe(words);
      },
    ),
  );
});
