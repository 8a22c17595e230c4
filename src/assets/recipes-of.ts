import type { Recipe } from "../core/asset.ts";
import type { Round } from "../core/round.ts";
import type { Records } from "../ports/records.ts";

/** How the takes of a round were made that are there. */
export async function recipesOf(
  { assets }: Pick<Records, "assets">,
  { takes }: Pick<Round, "takes">,
): Promise<readonly Recipe[]> {
  const made = takes.flatMap(({ state }) => (state.status === "made" ? [state.asset] : []));
  const found = await Promise.all(made.map((asset) => assets.find(asset)));
  return found.flatMap((each) => (each?.recipe ? [each.recipe] : []));
}
