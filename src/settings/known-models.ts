import type { ModelName } from "../core/model.ts";
import { ASPECTS, SIZES, type Tier } from "../core/recipe.ts";
import { REFERENCES_MAX } from "../core/round.ts";
import { type BySize, type ModelFacts, USUAL } from "./model-facts.ts";
import type { Provider } from "./model-setting.ts";

// What is known of models without a models file. Figures are as copied from public pages on 2026-11-20; none was seen
// in a bill. What a model gets wrong is our own judgement, and how many pictures it takes at most is only told where it
// is fewer than people can send. docs/models.md says the same to people.

export interface KnownModel extends ModelFacts {
  readonly provider: Provider;
  readonly id: string;
  readonly name: ModelName;
  /** Where it is when no models file says otherwise. */
  readonly tiers: readonly Tier[];
  /** US dollars for an image, or by the `quality` among its options: without one, drafts are `low` and finals `high`. */
  readonly usd: BySize<number> | { readonly byQuality: Readonly<Record<string, BySize<number>>> };
}

const SKETCH: readonly KnownModel[] = [
  {
    ...USUAL.sketch,
    provider: "sketch",
    id: "sketch",
    name: "sketch",
    tiers: ["draft", "final"],
    usd: { "1K": 0 },
  },
];

const SDAPI: readonly KnownModel[] = [
  {
    ...USUAL.sdapi,
    provider: "sdapi",
    // Whichever checkpoint that is.
    id: "loaded",
    name: "sdapi",
    tiers: ["draft", "final"],
    usd: { "1K": 0 },
  },
];

/**
 * https://ai.google.dev/gemini-api/docs/pricing and /models: third-party copies of 2026-10-09. The pricing page and the
 * guide differ on Nano Banana 2.1 in 4K; this is the higher.
 */
const GOOGLE: readonly KnownModel[] = [
  {
    ...USUAL.google,
    provider: "google",
    id: "gemini-3.1-flash-lite-image",
    name: "nano-banana-lite",
    tiers: ["draft"],
    sizes: ["1K"],
    aspects: ASPECTS,
    usd: { "1K": 0.0336 },
    tokenPrices: { textIn: 0.25, imageIn: 0.25, textOut: 1.5, imageOut: 30 },
    weaknesses: ["lettering", "counts", "colors"],
  },
  {
    ...USUAL.google,
    provider: "google",
    id: "gemini-3-pro-image",
    name: "nano-banana-pro",
    tiers: ["final"],
    sizes: SIZES,
    aspects: ASPECTS,
    usd: { "1K": 0.134, "2K": 0.134, "4K": 0.24 },
    tokenPrices: { textIn: 2, imageIn: 2, textOut: 12, imageOut: 120 },
  },
  {
    ...USUAL.google,
    provider: "google",
    id: "gemini-nano-banana-2.1",
    name: "nano-banana-2.1",
    tiers: ["draft", "final"],
    sizes: SIZES,
    aspects: ASPECTS,
    usd: { "1K": 0.0336, "2K": 0.0504, "4K": 0.1134 },
    tokenPrices: { textIn: 1.5, imageIn: 1.5, textOut: 7.5, imageOut: 30 },
  },
];

/**
 * https://platform.openai.com/docs/pricing: 1K as published, 2K by the formula that fits what is published, for squares;
 * other aspects cost less. The longest picture is 3840 × 2160, which is not our 4K (16 megapixels).
 */
const GPT_IMAGE_USD = {
  byQuality: {
    low: { "1K": 0.006, "2K": 0.012 },
    medium: { "1K": 0.013, "2K": 0.027 },
    high: { "1K": 0.053, "2K": 0.107 },
    xhigh: { "1K": 0.094, "2K": 0.19 },
    max: { "1K": 0.211, "2K": 0.428 },
  },
} as const;
const GPT_IMAGE = {
  ...USUAL.openai,
  provider: "openai",
  sizes: ["1K", "2K"],
  aspects: ASPECTS,
  usd: GPT_IMAGE_USD,
  tokenPrices: { textIn: 5, imageIn: 8, textOut: 30, imageOut: 30 },
} as const;
const OPENAI: readonly KnownModel[] = [
  {
    ...GPT_IMAGE,
    id: "gpt-image-2.5-flare",
    name: "gpt-image-flare",
    tiers: ["draft"],
    weaknesses: ["counts", "colors"],
  },
  {
    ...GPT_IMAGE,
    id: "gpt-image-2.5-sunburst",
    name: "gpt-image-sunburst",
    tiers: ["final"],
  },
];

/** https://fal.ai/pricing and the pages of the models: third-party copies. */
const FAL: readonly KnownModel[] = [
  {
    ...USUAL.fal,
    provider: "fal",
    id: "fal-ai/flux-2/flash",
    editId: "fal-ai/flux-2/flash/edit",
    name: "flux-2-flash",
    tiers: ["draft"],
    sizes: ["1K"],
    aspects: ASPECTS,
    guide: true,
    // Four pictures, one of them the guide.
    references: 3,
    usd: { "1K": 0.005 },
    weaknesses: ["lettering", "counts", "relations"],
  },
  {
    ...USUAL.fal,
    provider: "fal",
    id: "fal-ai/nano-banana-pro",
    editId: "fal-ai/nano-banana-pro/edit",
    family: "gemini",
    name: "fal-nano-banana-pro",
    tiers: ["final"],
    sizes: SIZES,
    aspects: ASPECTS,
    guide: true,
    references: REFERENCES_MAX,
    usd: { "1K": 0.15, "2K": 0.15, "4K": 0.3 },
  },
  {
    ...USUAL.fal,
    provider: "fal",
    id: "google/nano-banana-2.1",
    editId: "google/nano-banana-2.1/edit",
    family: "gemini",
    name: "fal-nano-banana-2.1",
    tiers: ["draft", "final"],
    sizes: SIZES,
    aspects: ASPECTS,
    guide: true,
    references: REFERENCES_MAX,
    usd: { "1K": 0.04, "2K": 0.06, "4K": 0.134 },
  },
];

/** https://docs.bfl.ml/quick_start/pricing: the first megapixel and each other one; pictures that go along cost too. */
const BFL: readonly KnownModel[] = [
  {
    ...USUAL.bfl,
    provider: "bfl",
    id: "flux-2-klein-4b",
    name: "flux-2-klein",
    tiers: ["draft"],
    sizes: ["1K"],
    aspects: ASPECTS,
    guide: true,
    references: 3,
    atOnce: 16,
    usd: { "1K": 0.014 },
    weaknesses: ["lettering", "counts", "relations"],
  },
  {
    ...USUAL.bfl,
    provider: "bfl",
    id: "flux-2-pro",
    name: "flux-2-pro",
    tiers: ["final"],
    sizes: ["1K", "2K"],
    aspects: ASPECTS,
    guide: true,
    references: REFERENCES_MAX,
    // 24 tasks at once for an account (https://docs.bfl.ml/quick_start/generating_images), for both tiers.
    atOnce: 8,
    usd: { "1K": 0.03, "2K": 0.075 },
  },
];

/** https://replicate.com/pricing: third-party copies. The ids are uncertain. */
const REPLICATE: readonly KnownModel[] = [
  {
    ...USUAL.replicate,
    provider: "replicate",
    id: "black-forest-labs/flux-schnell",
    name: "flux-schnell",
    tiers: ["draft"],
    sizes: ["1K"],
    aspects: ASPECTS,
    usd: { "1K": 0.003 },
    weaknesses: ["lettering", "counts", "relations", "colors"],
  },
  {
    ...USUAL.replicate,
    provider: "replicate",
    id: "google/nano-banana-pro",
    family: "gemini",
    name: "replicate-nano-banana-pro",
    tiers: ["final"],
    sizes: SIZES,
    aspects: ASPECTS,
    guide: true,
    references: REFERENCES_MAX,
    seed: false,
    usd: { "1K": 0.15, "2K": 0.15, "4K": 0.3 },
  },
];

/** By provider, in the order in which they lead: one's own first, then as near to the maker as can be. */
export const KNOWN_MODELS: readonly KnownModel[] = [
  ...SDAPI,
  ...GOOGLE,
  ...OPENAI,
  ...FAL,
  ...BFL,
  ...REPLICATE,
  ...SKETCH,
];
