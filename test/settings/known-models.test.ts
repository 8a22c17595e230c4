import { describe, expect, it } from "vitest";
import { MODEL_NAME } from "../../src/core/model.ts";
import { ASPECTS, dimensionsOf, SIZES } from "../../src/core/recipe.ts";
import { describeModel } from "../../src/settings/describe-model.ts";
import { KNOWN_MODELS } from "../../src/settings/known-models.ts";
import { PROVIDERS } from "../../src/settings/model-setting.ts";

const TIERS = ["draft", "final"] as const;

/** Off, by their makers' own pages: https://ai.google.dev/gemini-api/docs/deprecations and https://platform.openai.com/docs/deprecations. */
const DEAD = [
  "gemini-2.5-flash-image",
  "gemini-2.5-flash-image-preview",
  "gemini-3.1-flash-image",
  "gemini-3.1-flash-image-preview",
  "gemini-3-pro-image-preview",
  "gpt-image-1",
  "dall-e-2",
  "dall-e-3",
];

/**
 * Tokens of one square image by size: https://ai.google.dev/gemini-api/docs/pricing for Gemini, and for gpt-image-2.5
 * ceil(q² · (2e6 + pixels) / 4e6), which fits what https://platform.openai.com/docs/pricing has for 1024 × 1024.
 */
const GEMINI_TOKENS = {
  "gemini-3.1-flash-lite-image": { "1K": 1120 },
  "gemini-nano-banana-2.1": { "1K": 1120, "2K": 1680, "4K": 3780 },
  "gemini-3-pro-image": { "1K": 1120, "2K": 1120, "4K": 2000 },
} as const;
const Q = { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 } as const;

describe("the models that are known", () => {
  it("there are some of each provider, for both tiers, and none that is off", () => {
    for (const provider of PROVIDERS) {
      const tiers = KNOWN_MODELS.filter((each) => each.provider === provider).flatMap((each) => each.tiers);
      expect(tiers, provider).toEqual(expect.arrayContaining([...TIERS]));
    }
    expect(KNOWN_MODELS.filter((each) => DEAD.includes(each.id))).toEqual([]);
  });

  it.each(TIERS)("no two of the tier %s have the same name, and names can be those of queues", (tier) => {
    const names = KNOWN_MODELS.filter((each) => each.tiers.includes(tier)).map((each) => each.name);
    expect(names.length).toBeGreaterThan(6);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(MODEL_NAME);
  });

  it.each(KNOWN_MODELS)("$provider/$id needs no more than its name in a file", ({ provider, id, name }) => {
    for (const tier of TIERS) {
      const described = describeModel({ provider, id, tier });
      if (described.status !== "ok") throw new Error(`needs ${described.needs}`);
      const { model } = described;
      expect(model.name).toBe(name);
      expect(model.facts.sizes.length).toBeGreaterThan(0);
      expect(model.facts.sizes).toEqual(SIZES.filter((size) => model.facts.sizes.includes(size)));
      expect(model.facts.aspects.length).toBeGreaterThan(0);
      expect(model.usd).toBeDefined();
    }
  });

  it("a later size is never cheaper, and only what runs at home is free", () => {
    for (const { provider, id, usd, sizes } of KNOWN_MODELS) {
      for (const prices of "byQuality" in usd ? Object.values(usd.byQuality) : [usd]) {
        const said = (sizes ?? []).map((size) => prices[size]).filter((price) => price !== undefined);
        expect(said, id).toEqual(said.toSorted((a, b) => a - b));
        expect(
          said.every((price) => price > 0),
          id,
        ).toBe(!["sketch", "sdapi"].includes(provider));
      }
    }
  });

  it("prices of images are those of their tokens", () => {
    let looked = 0;
    for (const { id, usd, tokenPrices, sizes } of KNOWN_MODELS) {
      if (tokenPrices === undefined) continue;
      const byQuality = "byQuality" in usd ? Object.entries(usd.byQuality) : [["", usd] as const];
      for (const [quality, prices] of byQuality) {
        for (const size of sizes ?? []) {
          const tokens = tokensOf(id, quality, size);
          // Lists round to three digits.
          expect(prices[size], `${id} ${quality} ${size}`).toBeCloseTo(
            (tokens * tokenPrices.imageOut) / 1e6,
            3,
          );
          looked += 1;
        }
      }
    }
    expect(looked).toBe(7 + 20);
  });

  it("OpenAI's largest pictures are within what it makes at most: 3840 × 2160 pixels", () => {
    for (const { sizes } of KNOWN_MODELS.filter((each) => each.provider === "openai")) {
      for (const size of sizes ?? []) {
        for (const aspect of ASPECTS) {
          const { width, height } = dimensionsOf(aspect, size);
          expect(width * height, `${size} ${aspect}`).toBeLessThanOrEqual(3840 * 2160);
          expect(Math.max(width, height)).toBeLessThanOrEqual(3840);
        }
      }
    }
  });
});

function tokensOf(id: string, quality: string, size: keyof typeof SIDES): number {
  const gemini: Readonly<Record<string, Partial<Record<string, number>>>> = GEMINI_TOKENS;
  const q = (Q as Readonly<Record<string, number>>)[quality];
  if (q === undefined) return gemini[id]?.[size] ?? Number.NaN;
  return Math.ceil((q * q * (2e6 + SIDES[size] ** 2)) / 4e6);
}
const SIDES = { "1K": 1024, "2K": 2048, "4K": 4096 } as const;
