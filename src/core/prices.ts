import { type Credits, credits } from "./credits.ts";
import type { Size } from "./recipe.ts";

/** What things cost, in credits. A setting. */
export interface Prices {
  readonly take: Credits;
  readonly final: Readonly<Record<Size, Credits>>;
}

export function priceOfTakes(prices: Prices, count: number): Credits {
  return credits(prices.take * count);
}

export function priceOfFinal(prices: Prices, size: Size): Credits {
  return prices.final[size];
}
