import { type Credits, credits } from "./credits.ts";
import { type Aspect, ratioOf, SIZES, type Size, type Tier } from "./recipe.ts";

/** What people call a model. No two of a tier have the same name. */
export type ModelName = string;

/** Small letters, digits, `.`, `-` and `_`: also the name of a queue. At most 40 characters. */
export const MODEL_NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;

/** What is known of a model before it is asked. */
export interface ModelSpec {
  readonly name: ModelName;
  /** One: whoever wants a model in both tiers lists it twice, each with a share of its limits. */
  readonly tier: Tier;
  /** `{provider}/{the provider's id}`, for recipes and logs. */
  readonly id: string;
  readonly abilities: Abilities;
  readonly prices: ModelPrices;
  readonly limits: ModelLimits;
  /** What it is known to get wrong. */
  readonly weaknesses: readonly Weakness[];
  /** What a call costs that is cut off: `free`, then cancelling does so; `billed`, then what has begun is let finish, and kept. */
  readonly onAbort: "free" | "billed";
}

/** What a model can honour of a request. */
export interface Abilities {
  /** In the order of `SIZES`, at least one. */
  readonly sizes: readonly Size[];
  /** At least one. */
  readonly aspects: readonly Aspect[];
  /** Whether it follows an image that it is given. */
  readonly guide: boolean;
  /** Whether how closely it follows is a number of its own. Others are told in words. */
  readonly strength: boolean;
  /** How many pictures to go by it takes at most, besides the guide. */
  readonly references: number;
  readonly seed: boolean;
  readonly mask: boolean;
}

/** For one image, by size. Sizes that the model has not cost what the next smaller one does. */
export interface ModelPrices {
  /** What people pay. */
  readonly credits: Readonly<Record<Size, Credits>>;
  /** What the provider's price list says; undefined: nobody knows. */
  readonly usd: Readonly<Record<Size, number>> | undefined;
}

/** They hold over all processes together. Undefined: no limit but the processes' own. */
export interface ModelLimits {
  readonly atOnce: number | undefined;
  readonly perMinute: number | undefined;
  /** The longest that one call may take, in milliseconds. */
  readonly timeoutMs: number;
}

export const WEAKNESSES = ["lettering", "counts", "relations", "colors"] as const;
/** Lettering in the picture, exact counts, several spatial relations, a colour by its number. */
export type Weakness = (typeof WEAKNESSES)[number];

/** Credits for one image that is asked for in a size: what it costs in the size that the model then makes. */
export function priceOf(model: Pick<ModelSpec, "prices" | "abilities">, size: Size): Credits {
  return model.prices.credits[fittingSize(model.abilities, size)];
}

export function priceOfTakes(price: Credits, count: number): Credits {
  return credits(price * count);
}

/** The size itself, or else the largest below it, or else the smallest there is. */
export function fittingSize({ sizes }: Pick<Abilities, "sizes">, wanted: Size): Size {
  const known = SIZES.filter((each) => sizes.includes(each));
  return known.findLast((each) => SIZES.indexOf(each) <= SIZES.indexOf(wanted)) ?? known[0] ?? wanted;
}

/** The aspect itself, or else the nearest: the least to cut away or to add. */
export function fittingAspect({ aspects }: Pick<Abilities, "aspects">, wanted: Aspect): Aspect {
  if (aspects.includes(wanted)) return wanted;
  const far = (each: Aspect) => Math.abs(Math.log(ratioOf(each) / ratioOf(wanted)));
  return aspects.toSorted((a, b) => far(a) - far(b))[0] ?? wanted;
}
