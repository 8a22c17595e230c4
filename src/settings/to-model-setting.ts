import { credits } from "../core/credits.ts";
import { fittingSize, type ModelSpec } from "../core/model.ts";
import { SIZES, type Size, type Tier } from "../core/recipe.ts";
import type { ModelDescription } from "./describe-model.ts";
import type { ModelEnvironment } from "./model-access.ts";
import type { BySize } from "./model-facts.ts";
import type { Reach } from "./model-reach.ts";
import type { ModelSetting, Provider } from "./model-setting.ts";

/** What settings say of models that say nothing themselves. */
export interface ModelDefaults {
  readonly credits: Readonly<Record<Tier, Readonly<Record<Size, number>>>>;
  readonly timeoutMs: number;
}

export function toDefaults(environment: ModelEnvironment): ModelDefaults {
  const take = environment.DRAFTROOM_PRICE_TAKE;
  const final = {
    "1K": environment.DRAFTROOM_PRICE_FINAL_1K,
    "2K": environment.DRAFTROOM_PRICE_FINAL_2K,
    "4K": environment.DRAFTROOM_PRICE_FINAL_4K,
  };
  return {
    credits: { draft: each(() => take), final },
    timeoutMs: environment.DRAFTROOM_MODEL_TIMEOUT_SECONDS * 1000,
  };
}

export function toModelSetting(model: ModelDescription, reach: Reach, defaults: ModelDefaults): ModelSetting {
  const { facts, provider } = model;
  return {
    spec: toSpec(model, defaults),
    provider,
    modelId: model.id,
    editId: facts.editId,
    family: facts.family,
    ...reach,
    options: facts.options,
    tokenPrices: facts.tokenPrices,
  };
}

/** Where nothing is paid for what was cut off: the work itself ends. */
const FREE_TO_ABORT: readonly Provider[] = ["sketch", "sdapi", "replicate"];

/**
 * Replicate charges by the picture for models of its own list, and by the time for those with a version in
 * their id: https://replicate.com/changelog/2025-10-16-prediction-deadlines.
 */
function onAbort({ provider, id }: ModelDescription): ModelSpec["onAbort"] {
  const isTimed = provider === "replicate" && id.includes(":");
  return FREE_TO_ABORT.includes(provider) && !isTimed ? "free" : "billed";
}

function toSpec(model: ModelDescription, defaults: ModelDefaults): ModelSpec {
  const { provider, id, tier, name, facts, usd } = model;
  const { sizes, aspects, guide, strength, references, seed, mask, imagesPerCall } = facts;
  const inCredits = bySize(model.credits ?? defaults.credits[tier]);
  return {
    name,
    tier,
    // Recipes say so since before there were others.
    id: provider === "sketch" ? "draftroom/sketch" : `${provider}/${id}`,
    abilities: { sizes, aspects, guide, strength, references, seed, mask },
    prices: {
      credits: each((size) => credits(inCredits(size))),
      usd: usd === undefined ? undefined : each((size) => bySize(usd)(size) * imagesPerCall),
    },
    limits: {
      atOnce: facts.atOnce,
      perMinute: facts.requestsPerMinute,
      timeoutMs: model.timeoutMs ?? defaults.timeoutMs,
    },
    weaknesses: facts.weaknesses,
    onAbort: onAbort(model),
  };
}

const each = <T>(of: (size: Size) => T): Readonly<Record<Size, T>> => ({
  "1K": of("1K"),
  "2K": of("2K"),
  "4K": of("4K"),
});

/** Sizes without an amount have that of the next smaller one, or else of the smallest. */
function bySize(amounts: number | BySize<number>): (size: Size) => number {
  if (typeof amounts === "number") return () => amounts;
  const sizes = SIZES.filter((size) => amounts[size] !== undefined);
  return (size) => amounts[fittingSize({ sizes }, size)] ?? 0;
}
