import type { ModelName } from "../core/model.ts";
import { ASPECTS, SIZES } from "../core/recipe.ts";
import type { Shortfall } from "../core/shortfall.ts";

/**
 * What was not honoured, a sentence a kind. Nothing is said of seeds: a missing one stands where the seed would.
 *
 * @param model what people call it.
 */
export function shortfallWords(shortfalls: readonly Shortfall[], model: ModelName): readonly string[] {
  return onePerKind(shortfalls).map((each) => sentenceOf(each, model));
}

/**
 * The same of what is not begun; undefined when there is nothing to say.
 *
 * @param what such as "a take"; "it" where that is clear.
 */
export function foreseenWords(
  shortfalls: readonly Shortfall[],
  model: ModelName,
  what = "it",
): string | undefined {
  const parts = onePerKind(shortfalls).map(foreseenPart);
  return parts.length === 0 ? undefined : `By ${model} ${what} will be ${parts.join(", ")}.`;
}

function sentenceOf(shortfall: Sayable, model: ModelName): string {
  switch (shortfall.kind) {
    case "size": {
      const { asked, got } = shortfall;
      return isAmong(SIZES, got)
        ? `${model} makes no ${asked}: made in ${got}.`
        : `${model} sent ${got}, which is less than ${asked}.`;
    }
    case "aspect": {
      const { asked, got } = shortfall;
      return isAmong(ASPECTS, got)
        ? `${model} makes no ${asked}: made in ${got}, the nearest.`
        : `${model} sent ${got}, which is not ${asked}.`;
    }
    case "guide":
      return `${model} follows no image: drawn from the words alone.`;
    case "references":
      return `${model} ${usedOf(shortfall)}.`;
  }
}

function foreseenPart(shortfall: Sayable): string {
  switch (shortfall.kind) {
    case "size":
    case "aspect":
      return `${shortfall.got} instead of ${shortfall.asked}`;
    case "guide":
      return "drawn from the words alone, without the take";
    case "references":
      return shortfall.got === 0
        ? "without the references"
        : `by ${shortfall.got} of ${shortfall.asked} references`;
  }
}

type Sayable = Exclude<Shortfall, { readonly kind: "seed" }>;

/** A short card has room for one line of each. */
function onePerKind(shortfalls: readonly Shortfall[]): readonly Sayable[] {
  const sayable = shortfalls.filter((each) => each.kind !== "seed");
  return sayable.filter(({ kind }, index) => sayable.findIndex((each) => each.kind === kind) === index);
}

/** Otherwise it is what the picture turned out to be, in pixels. */
function isAmong(words: readonly string[], got: string): boolean {
  return words.includes(got);
}

function usedOf({ asked, got }: Extract<Shortfall, { kind: "references" }>): string {
  if (got > 0) return `used only ${got} of ${asked} references`;
  return asked === 1 ? "did not use the reference" : `used none of the ${asked} references`;
}
