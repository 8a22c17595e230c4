import fc from "fast-check";
import { expect, it } from "vitest";
import { cut } from "../../../../adapters/discord/components/cut.ts";
import { escapeText } from "../../../../adapters/discord/components/escape-text.ts";

it("leaves alone what fits, and keeps the end where it is asked to", () => {
  expect(cut("a red fox", 9)).toBe("a red fox");
  expect(cut("a red fox", 8)).toBe("a red f…");
  expect(cut("a red fox in snow. Choose one.", 20, { tail: 11 })).toBe("a red fo…Choose one.");
});

it("keeps characters whole", () => {
  expect(cut("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 20)).toBe("👩‍👩‍👧‍👦…");
  expect(cut("👩‍👩‍👧‍👦", 5)).toBe("…");
});

it("never comes to more than it may, by any measure, and leaves out no more than it has to", () => {
  const measures = [
    (words: string) => words.length,
    (words: string) => Buffer.byteLength(words),
    (words: string) => escapeText(words).length,
  ];
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 3, max: 60 }),
      fc.nat(40),
      fc.constantFrom(...measures),
      (words, max, tail, measure) => {
        const kept = cut(words, max, { measure, tail });
        expect(measure(kept)).toBeLessThanOrEqual(max);
        if (measure(words) > max) expect(kept).toContain("…");
        else expect(kept).toBe(words);
      },
    ),
  );
  expect(cut("*".repeat(50), 21, { measure: (words) => escapeText(words).length })).toBe(
    `${"*".repeat(10)}…`,
  );
});
