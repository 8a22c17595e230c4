import { MODEL_NAME } from "../core/model.ts";
import { type Aspect, SIZES, type Size, type Tier } from "../core/recipe.ts";
import { KNOWN_MODELS, type KnownModel } from "./known-models.ts";
import { type BySize, type ModelFacts, USUAL } from "./model-facts.ts";
import type { Provider } from "./model-setting.ts";
import type { ListedModel } from "./models-file-schema.ts";

/** All that is to be said of a model, but how it is reached. */
export interface ModelDescription {
  readonly provider: Provider;
  readonly id: string;
  readonly tier: Tier;
  readonly name: string;
  readonly facts: ModelFacts & { readonly sizes: readonly Size[]; readonly aspects: readonly Aspect[] };
  /** For one image; undefined: nobody knows. */
  readonly usd: number | BySize<number> | undefined;
  /** Undefined: as the settings say for its tier. */
  readonly credits: number | BySize<number> | undefined;
  /** Undefined: as the settings say. */
  readonly timeoutMs: number | undefined;
}

export type Described =
  | { readonly status: "ok"; readonly model: ModelDescription }
  /** What has to be said of a model of which nothing is known. */
  | { readonly status: "needs"; readonly needs: readonly ("name" | "sizes" | "aspects")[] };

/** What was said of a model, else what is known of it, else what is usual at its provider. */
export function describeModel(listed: ListedModel): Described {
  const { provider, id, tier, price } = listed;
  const known = KNOWN_MODELS.find((each) => each.provider === provider && each.id === id);
  const facts = mergeFacts(listed, known ?? USUAL[provider]);
  const name = listed.name ?? known?.name ?? shortName(id);
  const { sizes, aspects } = facts;
  if (sizes === undefined || aspects === undefined || !MODEL_NAME.test(name)) {
    const lacks = {
      name: !MODEL_NAME.test(name),
      sizes: sizes === undefined,
      aspects: aspects === undefined,
    };
    return { status: "needs", needs: (["name", "sizes", "aspects"] as const).filter((each) => lacks[each]) };
  }
  const usual = known ? usdOf(known, facts.options.quality ?? QUALITY[tier]) : USUAL_USD[provider];
  const timeoutMs = listed.timeoutSeconds === undefined ? undefined : listed.timeoutSeconds * 1000;
  const usd = price?.usd ?? usual;
  const said = { provider, id, tier, name, usd, credits: price?.credits, timeoutMs };
  return { status: "ok", model: { ...said, facts: { ...facts, sizes, aspects } } };
}

function mergeFacts(listed: ListedModel, base: ModelFacts): ModelFacts {
  const sizes = listed.sizes ?? base.sizes;
  return {
    family: listed.family ?? base.family,
    editId: listed.editId ?? base.editId,
    sizes: sizes && SIZES.filter((each) => sizes.includes(each)),
    aspects: listed.aspects ?? base.aspects,
    // Whoever names a model for pictures has one that takes them.
    guide: listed.guide ?? (base.guide || listed.editId !== undefined),
    strength: listed.strength ?? base.strength,
    references: listed.references ?? base.references,
    seed: listed.seed ?? base.seed,
    mask: listed.mask ?? base.mask,
    imagesPerCall: listed.imagesPerCall ?? base.imagesPerCall,
    atOnce: listed.atOnce ?? base.atOnce,
    requestsPerMinute: listed.requestsPerMinute ?? base.requestsPerMinute,
    options: { ...base.options, ...listed.options },
    tokenPrices: listed.tokenPrices ?? base.tokenPrices,
    weaknesses: listed.weaknesses ?? base.weaknesses,
  };
}

/** One's own costs nothing a picture. */
const USUAL_USD: Readonly<Partial<Record<Provider, number>>> = { sketch: 0, sdapi: 0 };

/** What the adapter asks for where the options say nothing. */
const QUALITY: Readonly<Record<Tier, string>> = { draft: "low", final: "high" };

function usdOf({ usd }: KnownModel, quality: unknown): BySize<number> | undefined {
  return "byQuality" in usd ? usd.byQuality[`${quality}`] : usd;
}

/** `fal-ai/flux-2/turbo` → `flux-2-turbo` */
function shortName(id: string): string {
  const [first = "", ...rest] = id.toLowerCase().split("/");
  const words = rest.length === 0 ? first : rest.join("-");
  return words.replace(/[^a-z0-9._-]+/g, "-").replace(/^[^a-z0-9]+/, "");
}
