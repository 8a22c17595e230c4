import { type ModelSpec, priceOf } from "../core/model.ts";
import { SIZES, type Size } from "../core/recipe.ts";

/** What a model's images cost in credits, by the sizes that it has: "4 (1K, 2K) or 7 (4K)", or one number. */
export function priceWords(model: Pick<ModelSpec, "prices" | "abilities">): string {
  const sizes = SIZES.filter((size) => model.abilities.sizes.includes(size));
  const groups = [...Map.groupBy(sizes, (size: Size) => priceOf(model, size))];
  if (groups.length === 1) return `${groups[0]?.[0]}`;
  const parts = groups.map(([price, of]) => `${price} (${of.join(", ")})`);
  return [parts.slice(0, -1).join(", "), ...parts.slice(-1)].join(" or ");
}
