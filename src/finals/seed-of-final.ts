import { SEED_MAX } from "../core/recipe.ts";

/** 2^32 divided by the golden ratio, and odd: steps of it come back to where they began only after 2^32 of them. */
const STEP = 0x9e3779b1;

/**
 * The seed of a take's next final. The first has the take's own, so that it is the same picture, finer.
 * Whoever has another made wants to see another, far from it and from the neighbouring takes.
 *
 * @param made how many finals of the take have come before.
 */
export function seedOfFinal(takeSeed: number, made: number): number {
  return Number((BigInt(takeSeed) + BigInt(STEP) * BigInt(made)) % BigInt(SEED_MAX + 1));
}
