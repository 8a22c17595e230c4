import type { Weakness } from "../core/model.ts";
import { ASPECTS, type Aspect, SIZES, type Size } from "../core/recipe.ts";
import { REFERENCES_MAX } from "../core/round.ts";
import type { Json, ModelSetting, Provider } from "./model-setting.ts";

export type BySize<T> = { readonly [S in Size]?: T | undefined };

/** What a models file can say of a model, and what is known without one. */
export interface ModelFacts {
  readonly family: ModelSetting["family"];
  readonly editId: string | undefined;
  /** Undefined: a models file has to say. */
  readonly sizes: readonly Size[] | undefined;
  /** Undefined: a models file has to say. */
  readonly aspects: readonly Aspect[] | undefined;
  readonly guide: boolean;
  readonly strength: boolean;
  readonly references: number;
  readonly seed: boolean;
  readonly mask: boolean;
  /** How many images one call makes, all of which are charged for. One is kept. */
  readonly imagesPerCall: number;
  readonly atOnce: number | undefined;
  readonly requestsPerMinute: number | undefined;
  readonly options: Readonly<Record<string, Json>>;
  readonly tokenPrices: ModelSetting["tokenPrices"];
  readonly weaknesses: readonly Weakness[];
}

const NOTHING: ModelFacts = {
  family: "flux",
  editId: undefined,
  sizes: undefined,
  aspects: undefined,
  guide: false,
  strength: false,
  references: 0,
  seed: true,
  mask: false,
  imagesPerCall: 1,
  atOnce: undefined,
  requestsPerMinute: undefined,
  options: {},
  tokenPrices: undefined,
  weaknesses: [],
};

/** What holds for a provider's models unless more is known of one. */
export const USUAL: Readonly<Record<Provider, ModelFacts>> = {
  sketch: {
    ...NOTHING,
    family: "diffusion",
    sizes: SIZES,
    aspects: ASPECTS,
    guide: true,
    strength: true,
    references: REFERENCES_MAX,
  },
  // https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API: a GPU makes one picture after the other.
  sdapi: {
    ...NOTHING,
    family: "diffusion",
    sizes: ["1K", "2K"],
    aspects: ASPECTS,
    guide: true,
    strength: true,
    mask: true,
    atOnce: 1,
    weaknesses: ["lettering", "counts", "relations", "colors"],
  },
  // https://ai.google.dev/gemini-api/docs/image-generation: its seeds are a hint; 14 pictures, fewer of some kinds.
  google: { ...NOTHING, family: "gemini", guide: true, references: REFERENCES_MAX },
  // https://platform.openai.com/docs/guides/image-generation: 16 pictures; no seeds.
  openai: {
    ...NOTHING,
    family: "gpt-image",
    guide: true,
    references: REFERENCES_MAX,
    seed: false,
    mask: true,
  },
  // https://docs.fal.ai/model-apis/faq: two calls at once for new accounts.
  fal: { ...NOTHING, atOnce: 2 },
  bfl: NOTHING,
  replicate: NOTHING,
};
