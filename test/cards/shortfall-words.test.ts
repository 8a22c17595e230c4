import { describe, expect, it } from "vitest";
import { foreseenWords, shortfallWords } from "../../src/cards/shortfall-words.ts";
import { ASPECTS, SIZES } from "../../src/core/recipe.ts";
import { type Shortfall, shortfallsOf } from "../../src/core/shortfall.ts";
import { specOf } from "../support/models.ts";

const MODEL = "nano-banana-lite";

describe("what a model did not honour", () => {
  it.each([
    [{ kind: "size", asked: "4K", got: "1K" }, "nano-banana-lite makes no 4K: made in 1K."],
    [
      { kind: "aspect", asked: "21:9", got: "3:2" },
      "nano-banana-lite makes no 21:9: made in 3:2, the nearest.",
    ],
    [{ kind: "guide" }, "nano-banana-lite follows no image: drawn from the words alone."],
    [{ kind: "references", asked: 3, got: 1 }, "nano-banana-lite used only 1 of 3 references."],
    [{ kind: "references", asked: 3, got: 0 }, "nano-banana-lite used none of the 3 references."],
    [{ kind: "references", asked: 1, got: 0 }, "nano-banana-lite did not use the reference."],
    // As the picture was measured: the model may well be able to.
    [
      { kind: "size", asked: "4K", got: "1376×768" },
      "nano-banana-lite sent 1376×768, which is less than 4K.",
    ],
    [
      { kind: "aspect", asked: "21:9", got: "1024×1024" },
      "nano-banana-lite sent 1024×1024, which is not 21:9.",
    ],
  ] as const)("is said plainly: %j", (shortfall, words) => {
    expect(shortfallWords([shortfall], MODEL)).toEqual([words]);
  });

  it("is a line a kind, and none for a seed", () => {
    const all: readonly Shortfall[] = [
      { kind: "seed" },
      { kind: "size", asked: "1K", got: "800×600" },
      { kind: "size", asked: "1K", got: "801×600" },
      { kind: "guide" },
    ];
    expect(shortfallWords(all, MODEL)).toEqual([
      "nano-banana-lite sent 800×600, which is less than 1K.",
      "nano-banana-lite follows no image: drawn from the words alone.",
    ]);
    expect(shortfallWords([{ kind: "seed" }], MODEL)).toEqual([]);
  });
});

describe("what a model will not honour", () => {
  const { abilities } = specOf("final");
  const wanted = { size: "4K", aspect: "21:9", hasGuide: true, references: 3 } as const;

  it("is one sentence", () => {
    const small = {
      ...abilities,
      sizes: ["1K"],
      aspects: ["1:1", "3:2"],
      guide: false,
      references: 1,
      seed: false,
    } as const;
    expect(foreseenWords(shortfallsOf(small, wanted), MODEL)).toBe(
      "By nano-banana-lite it will be 1K instead of 4K, 3:2 instead of 21:9, drawn from the words alone, without the take, by 1 of 3 references.",
    );
    const blind = { ...abilities, references: 0 };
    expect(foreseenWords(shortfallsOf(blind, wanted), MODEL)).toBe(
      "By nano-banana-lite it will be without the references.",
    );
  });

  it("is nothing where it can do all, or has only no seeds", () => {
    for (const size of SIZES) {
      for (const aspect of ASPECTS) {
        const seedless = shortfallsOf({ ...abilities, seed: false }, { ...wanted, size, aspect });
        expect(foreseenWords(seedless, MODEL)).toBeUndefined();
      }
    }
  });
});
