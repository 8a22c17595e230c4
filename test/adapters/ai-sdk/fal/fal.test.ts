import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KEEPS, STRENGTH_OF } from "../../../../src/core/keep.ts";
import { type LocalFal, openLocalFal } from "../../../support/providers/local-fal.ts";
import { DIFFUSION, FLUX, generate, picture, requestOf } from "./asking.ts";

let provider: LocalFal;
beforeEach(async () => {
  provider = await openLocalFal();
});
afterEach(async () => {
  expect(provider.unknown).toEqual([]);
  await provider.close();
});

describe("what fal is asked", () => {
  it("is shape and size in words of an endpoint of Gemini", async () => {
    await generate(provider, requestOf({ aspect: "16:9", size: "2K" }));
    expect(provider.paid[0]).toMatchObject({
      model: "fal-ai/nano-banana-pro",
      body: { prompt: "a glass bottle", seed: 7, num_images: 1, aspect_ratio: "16:9", resolution: "2K" },
    });
    expect(Object.keys(provider.paid[0]?.body ?? {})).toHaveLength(5);
  });

  it("is the guide and then the pictures to go by of its endpoint for edits", async () => {
    const [guide, other] = [await picture("#0a6"), await picture("#c30")];
    const request = { guide: { bytes: guide, strength: 0.85 }, references: [{ bytes: other }] };
    await generate(provider, requestOf({ tier: "final", ...request }));
    await generate(provider, requestOf(request), FLUX);
    for (const paid of provider.paid) {
      expect(paid.pictures).toEqual([guide, other]);
      expect(paid.strength).toBeUndefined();
      expect(paid.prompt).toMatch(/\n\na glass bottle$/);
    }
    expect(provider.paid.map((each) => each.model)).toEqual([
      "fal-ai/nano-banana-pro/edit",
      "fal-ai/flux-2/edit",
    ]);
    expect(provider.paid[0]?.prompt).toMatch(/^Using the first image as the approved draft/);
    expect(provider.paid[1]?.prompt).toMatch(/^Create a variation of image 1/);
  });

  it("is pixels of the others", async () => {
    const made = await generate(provider, requestOf({ aspect: "3:2" }), FLUX);
    expect(provider.paid[0]?.body).toEqual({
      prompt: "a glass bottle",
      seed: 7,
      num_images: 1,
      image_size: { width: 1248, height: 832 },
    });
    expect(await sharp(made.bytes).metadata()).toMatchObject({ width: 1248, height: 832 });
  });

  it("is the guide alone of image-to-image, which says how large, and how much noise to lay over it", async () => {
    const guide = await picture("#0a6", 640);
    const references = [{ bytes: await picture("#c30") }];
    for (const keep of KEEPS) {
      const request = requestOf({ guide: { bytes: guide, strength: STRENGTH_OF[keep] }, references });
      await generate(provider, request, DIFFUSION);
    }
    expect(provider.paid.map((each) => each.strength)).toEqual([0.4, 0.15, 0.05]);
    expect(provider.paid[0]).toMatchObject({
      model: "fal-ai/flux/dev/image-to-image",
      prompt: "a glass bottle",
      size: undefined,
      pictures: [guide],
    });
  });

  it("is never less noise than fal allows, nor more than there is", async () => {
    for (const strength of [1, 0]) {
      const guide = { bytes: await picture("#0a6"), strength };
      await generate(provider, requestOf({ guide }), DIFFUSION);
    }
    expect(provider.paid.map((each) => each.strength)).toEqual([0.01, 1]);
  });

  it("is text-to-image of a diffusion model without a guide", async () => {
    await generate(provider, requestOf({ aspect: "9:16" }), DIFFUSION);
    expect(provider.paid[0]).toMatchObject({ model: "fal-ai/flux/dev", size: "768x1360", pictures: [] });
  });

  it("is what the options say, in fal's own words and over ours", async () => {
    // The package knows no WebP, and would stop at it.
    const options = { output_format: "webp", resolution: "4K", safety_tolerance: "2", seed: null };
    await generate(provider, requestOf(), { options });
    expect(provider.paid[0]?.body).toMatchObject({
      output_format: "webp",
      resolution: "4K",
      safety_tolerance: "2",
    });
    expect(provider.paid[0]?.body).not.toHaveProperty("seed");
  });
});

describe("what fal answers", () => {
  it("is read with its request id and the seed that it says", async () => {
    const made = await generate(provider, requestOf({ seed: 4_294_967_295 }), FLUX);
    expect(made).toMatchObject({
      seed: 4_294_967_295,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      modelVersion: undefined,
      cost: undefined,
    });
    expect(await generate(provider, requestOf({ seed: undefined }), FLUX)).toMatchObject({
      seed: 4_000_000_002,
    });
  });

  it("has no seed where the endpoint says none", async () => {
    expect(await generate(provider)).toMatchObject({ seed: undefined });
  });

  it("is the same image for the same seed", async () => {
    const [one, two] = [await generate(provider), await generate(provider)];
    expect(one.bytes).toEqual(two.bytes);
    expect(one.requestId).not.toBe(two.requestId);
  });
});
