import { describe, expect, it } from "vitest";
import { measuredShortfalls } from "../../src/assets/measured-shortfalls.ts";
import { ASPECTS, dimensionsOf, SIZES } from "../../src/core/recipe.ts";

const WIDE = { aspect: "16:9", size: "1K" } as const;

describe("what a picture turned out not to be", () => {
  it.each(ASPECTS.flatMap((aspect) => SIZES.map((size) => [aspect, size] as const)))(
    "%s at %s as it was asked for: nothing",
    (aspect, size) => {
      expect(measuredShortfalls({ aspect, size }, dimensionsOf(aspect, size), [])).toEqual([]);
    },
  );

  it.each([
    ["Imagen and Gemini, https://ai.google.dev/gemini-api/docs/image-generation", 1344, 768],
    ["flux, in multiples of 32", 1344, 768],
    ["a preset a tenth smaller", 1280, 720],
  ])("a preset near it: nothing (%s)", (_, width, height) => {
    expect(measuredShortfalls(WIDE, { width, height }, [])).toEqual([]);
  });

  it("another aspect, in pixels", () => {
    expect(measuredShortfalls(WIDE, { width: 1024, height: 1024 }, [])).toEqual([
      { kind: "aspect", asked: "16:9", got: "1024×1024" },
    ]);
    expect(measuredShortfalls(WIDE, { width: 768, height: 1344 }, [])).toEqual([
      { kind: "aspect", asked: "16:9", got: "768×1344" },
    ]);
  });

  it("smaller, in pixels; larger is no shortfall", () => {
    const large = { aspect: "1:1", size: "2K" } as const;
    expect(measuredShortfalls(large, { width: 1024, height: 1024 }, [])).toEqual([
      { kind: "size", asked: "2K", got: "1024×1024" },
    ]);
    expect(measuredShortfalls(large, { width: 4096, height: 4096 }, [])).toEqual([]);
  });

  it("both, and neither that was known before", () => {
    const asked = { aspect: "21:9", size: "4K" } as const;
    const got = { width: 1024, height: 1024 };
    const aspect = { kind: "aspect", asked: "21:9", got: "1:1" } as const;
    const size = { kind: "size", asked: "4K", got: "1K" } as const;
    const kinds = (known: Parameters<typeof measuredShortfalls>[2]) =>
      measuredShortfalls(asked, got, known).map((each) => each.kind);
    expect(kinds([])).toEqual(["aspect", "size"]);
    expect(kinds([{ kind: "seed" }, aspect])).toEqual(["size"]);
    expect(kinds([size])).toEqual(["aspect"]);
    expect(kinds([aspect, size])).toEqual([]);
  });
});
