import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { promptFor } from "../../../adapters/ai-sdk/hand-off.ts";
import type { Family } from "../../../adapters/ai-sdk/vendor.ts";
import { KEEPS, STRENGTH_OF } from "../../../src/core/keep.ts";
import type { Tier } from "../../../src/core/recipe.ts";
import type { ImageRequest } from "../../../src/ports/image-model.ts";

const BYTES = new Uint8Array([1]);
const TOLD = ["gemini", "gpt-image", "flux"] as const;

function request(
  tier: Tier,
  strength: number | undefined,
  references: number,
  prompt = "a heron",
): ImageRequest {
  return {
    tier,
    prompt,
    seed: 1,
    aspect: "1:1",
    size: "1K",
    dimensions: { width: 1024, height: 1024 },
    guide: strength === undefined ? undefined : { bytes: BYTES, strength },
    references: Array.from({ length: references }, () => ({ bytes: BYTES })),
  };
}

describe("promptFor", () => {
  it.each(["gemini", "gpt-image", "flux", "diffusion"] as const)("leaves words alone: %s", (family) => {
    expect(promptFor(family, request("final", undefined, 0))).toBe("a heron");
  });

  it("tells nothing to those who are told by a number", () => {
    expect(promptFor("diffusion", request("final", 0.85, 2))).toBe("a heron");
  });

  it("ends with the person's words, whole and as they are", () => {
    const strength = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.constantFrom<Family>("gemini", "gpt-image", "flux", "diffusion"),
        fc.constantFrom<Tier>("draft", "final"),
        strength,
        fc.nat({ max: 4 }),
        fc.string({ unit: "binary" }),
        (family, tier, keep, references, prompt) => {
          const told = promptFor(family, request(tier, keep, references, prompt));
          expect(told.endsWith(prompt)).toBe(true);
          expect(told.length - prompt.length).toBeLessThan(700);
        },
      ),
    );
  });

  it.each(TOLD)("says something else for each tier and each closeness: %s", (family) => {
    const said = (["draft", "final"] as const).flatMap((tier) =>
      KEEPS.map((keep) => promptFor(family, request(tier, STRENGTH_OF[keep], 0))),
    );
    expect(new Set(said).size).toBe(6);
  });

  it.each(TOLD)("goes by how close the guide is: %s", (family) => {
    const at = (strength: number) => promptFor(family, request("final", strength, 0));
    expect(at(0.9)).toBe(at(1));
    expect(at(0.75)).toBe(at(0.899));
    expect(at(0.749)).toBe(at(0));
    expect(new Set([at(1), at(0.8), at(0.5)]).size).toBe(3);
    for (const strength of [1, 0.8, 0.5]) expect(at(strength)).toContain("composition");
  });

  it.each(TOLD)("says what the other pictures are for, with a guide and without: %s", (family) => {
    for (const strength of [undefined, 0.85]) {
      const told = promptFor(family, request("draft", strength, 2));
      expect(told).toMatch(/colors/);
      expect(told).toMatch(/style/);
      expect(told === promptFor(family, request("draft", strength, 0))).toBe(false);
    }
    expect(promptFor(family, request("draft", undefined, 2))).not.toMatch(/variation|composition/);
  });

  it("counts pictures from the guide on", () => {
    const flux = (strength: number | undefined, count: number) =>
      promptFor("flux", request("final", strength, count));
    expect(flux(0.85, 2)).toContain("from image 2, image 3,");
    expect(flux(undefined, 2)).toContain("from image 1, image 2,");
    const gpt = (count: number) => promptFor("gpt-image", request("final", 0.85, count));
    expect(gpt(1)).toContain("Image 2 is a reference ");
    expect(gpt(3)).toContain("Images 2 to 4 are references ");
  });

  it("says no nots to flux, which paints what is named", () => {
    expect(promptFor("flux", request("final", 0.95, 4))).not.toMatch(/\b(not|no|never|without)\b/i);
  });

  it("reads well", () => {
    expect(promptFor("gemini", request("final", 0.85, 1))).toMatchInlineSnapshot(`
      "Using the first image as the approved draft, redraw it in high fidelity. Keep its composition, framing and camera angle, and keep every subject in its place. Details, textures and light may follow the description. The other images are references only: take their colors, their style and the things in them where the description calls for them, and do not copy any of them as a whole. The description of the image:

      a heron"
    `);
    expect(promptFor("gpt-image", request("final", 0.95, 2))).toMatchInlineSnapshot(`
      "Image 1 is the approved draft: redraw it as the finished picture, in high fidelity. Do not change its composition, framing, camera angle, poses, colors or lighting, and add or remove nothing: refine only the finish and the finest details. Images 2 to 3 are references for colors, style and things: use them as the description needs, and do not copy a whole image. Description:

      a heron"
    `);
    expect(promptFor("flux", request("draft", 0.6, 1))).toMatchInlineSnapshot(`
      "Create a variation of image 1, maintaining its overall composition and mood, while everything else follows the description. Take only colors, style and objects from image 2, arranged anew as the description says. Description:

      a heron"
    `);
  });
});
