import { describe, expect, it } from "vitest";
import { fitRequest, type WantedImage } from "../../src/models/fit-request.ts";
import { specOf } from "../support/models.ts";

const ALL = specOf("final").abilities;
const bytes = new Uint8Array([1]);
const wanted: WantedImage = {
  tier: "final",
  prompt: "a red fox in snow",
  seed: 7,
  aspect: "21:9",
  size: "4K",
  guide: { bytes, strength: 0.85 },
  references: [{ bytes }, { bytes }, { bytes }],
};

describe("a request is fitted to what a model can honour", () => {
  it("and left as it is when it can do everything", () => {
    expect(fitRequest(ALL, wanted)).toEqual({
      request: { ...wanted, dimensions: { width: 6256, height: 2688 } },
      shortfalls: [],
    });
  });

  it("and says each thing that was left out", () => {
    const abilities = {
      ...ALL,
      sizes: ["1K", "2K"],
      aspects: ["1:1", "16:9", "9:16"],
      guide: false,
      references: 1,
      seed: false,
    } as const;
    expect(fitRequest(abilities, wanted)).toEqual({
      request: {
        ...wanted,
        size: "2K",
        aspect: "16:9",
        dimensions: { width: 2736, height: 1536 },
        seed: undefined,
        guide: undefined,
        references: [{ bytes }],
      },
      shortfalls: [
        { kind: "size", asked: "4K", got: "2K" },
        { kind: "aspect", asked: "21:9", got: "16:9" },
        { kind: "seed" },
        { kind: "guide" },
        { kind: "references", asked: 3, got: 1 },
      ],
    });
  });

  it.each([
    ["4K", ["1K", "2K"], "2K"],
    ["1K", ["2K", "4K"], "2K"],
    ["2K", ["1K", "4K"], "1K"],
  ] as const)("%s of %j is %s: never larger than asked for, if there is such a one", (size, sizes, got) => {
    expect(fitRequest({ ...ALL, sizes }, { ...wanted, size }).request.size).toBe(got);
  });
});
