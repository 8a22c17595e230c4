import type { Recipe } from "../core/asset.ts";
import type { Cost } from "../core/cost.ts";
import type { AssetId } from "../core/ids.ts";
import { KEEPS, type Keep, STRENGTH_OF } from "../core/keep.ts";

// Parts of a recipe in words, wherever one is shown.

/** "nano-banana-lite (google/gemini-3.1-flash-image-001)", "flux (replicate/flux, version 5f24)". */
export function modelWords({
  name,
  model,
  modelVersion = "",
}: Pick<Recipe, "name" | "model" | "modelVersion">): string {
  // Many providers report the id as the version, or the id with something after it.
  const id = model.slice(model.indexOf("/") + 1);
  if (modelVersion.startsWith(id)) return `${name} (${model}${modelVersion.slice(id.length)})`;
  const isNews = modelVersion !== "" && !model.endsWith(`/${modelVersion}`);
  return `${name} (${model}${isNews ? `, version ${modelVersion}` : ""})`;
}

/**
 * "16:9 · 1K · follows take 3 closely (0.85) · 2 references". The aspect and the size are those that it was made in.
 *
 * @param called what people know the image as that it follows; undefined: by its id.
 */
export function makingWords(recipe: Recipe, called: (guide: AssetId) => string | undefined): string {
  const { shortfalls } = recipe;
  const count = recipe.references.length;
  return [
    shortfalls.find((each) => each.kind === "aspect")?.got ?? recipe.aspect,
    shortfalls.find((each) => each.kind === "size")?.got ?? recipe.size,
    ...guideWords(recipe, called),
    ...(count === 0 ? [] : [`${count} reference${count === 1 ? "" : "s"}`]),
  ].join(" · ");
}

export function seedWords({ seed }: Pick<Recipe, "seed">): string {
  return seed === undefined ? "no seed" : `seed ${seed}`;
}

/** What images cost in money, such as "$0.156 by the price list"; undefined when nothing is known of it. */
export function moneyWords(costs: readonly (Cost | undefined)[]): string | undefined {
  const known = costs.filter((each) => each !== undefined);
  if (known.length === 0) return undefined;
  const atLeast = known.length < costs.length ? "at least " : "";
  const basis = BASES.find((each) => known.some((cost) => cost.basis === each)) ?? "list";
  return `${atLeast}${DOLLARS.format(known.reduce((sum, { usd }) => sum + usd, 0))} ${BY[basis]}`;
}

const DOLLARS = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});
/** The least certain first: a sum is as certain as that. */
const BASES = ["list", "tokens", "reported"] as const satisfies readonly Cost["basis"][];
const BY: Readonly<Record<Cost["basis"], string>> = {
  list: "by the price list",
  tokens: "by the tokens it took",
  reported: "as the provider says",
};

/** What was left out is said as a shortfall. */
function guideWords(
  { guide, shortfalls }: Recipe,
  called: (guide: AssetId) => string | undefined,
): readonly string[] {
  if (guide === undefined || shortfalls.some(({ kind }) => kind === "guide")) return [];
  const image = called(guide.asset) ?? `image ${guide.asset}`;
  return [`follows ${image} ${HOW[keepOf(guide.strength)]} (${guide.strength})`];
}

function keepOf(strength: number): Keep {
  const far = (keep: Keep) => Math.abs(STRENGTH_OF[keep] - strength);
  return KEEPS.toSorted((a, b) => far(a) - far(b))[0] ?? "close";
}

const HOW: Readonly<Record<Keep, string>> = { loose: "loosely", close: "closely", exact: "exactly" };
