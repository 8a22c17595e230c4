import type { Asset, Recipe } from "../core/asset.ts";
import { bold, type Card, code, plainCard, type Span, text } from "../core/card.ts";
import { inCredits } from "../core/credits.ts";
import { FAILURE_SENTENCES } from "../core/failure.ts";
import type { Final } from "../core/final.ts";
import type { AssetId } from "../core/ids.ts";
import type { ModelName } from "../core/model.ts";
import { shorten } from "../core/prompt.ts";
import type { Round, Take } from "../core/round.ts";
import { becauseWords, fallbackWords } from "./fallback-words.ts";
import { makingWords, modelWords, moneyWords, seedWords } from "./recipe-lines.ts";
import { shortfallWords } from "./shortfall-words.ts";

/** A UUID with a prefix fits. */
const REQUEST_LENGTH_MAX = 60;

/** Some platforms have it typed, others ask for it: here nobody knows which. */
const LIKE_OPTION = [text("the option "), code("like"), text(" of "), code("/draft")];

/**
 * How the takes of a round were made.
 *
 * @param assets of its takes, those that are kept, by id.
 */
export function roundRecipeCard(round: Round, assets: ReadonlyMap<AssetId, Asset>): Card {
  const recipeOf = (take: Take) => recipeIn(take, assets);
  const made = round.takes.filter((take) => take.state.status === "made");
  const recipes = made.flatMap((take) => recipeOf(take) ?? []);
  const { prompt, count } = round.order;
  const makers = recipes.length > 0 ? namesOf(recipes) : [round.model];
  return {
    ...plainCard(
      "info",
      `The recipe of ${count === 1 ? "1 take" : `${count} takes`}, by ${makers.join(", ")}.`,
    ),
    body: [
      [text("Recipe: "), bold(prompt)],
      ...(recipes.length > 0
        ? madeLines(round, recipes)
        : [[text(`By ${round.model}. Nothing more is kept of it.`)]]),
      ...fallbackWords(round.takes).map((words) => [text(words)]),
      ...missedBy(recipes).map((words) => [text(words)]),
      ...round.takes.map((take) => takeLine(take, recipeOf(take), makers.length > 1)),
      ...(recipes.length > 0
        ? [
            [
              text(`To draft like ${count === 1 ? "it" : "one of them"}, use its id as `),
              ...LIKE_OPTION,
              text("."),
            ],
          ]
        : []),
    ],
    note: costNote(round.takePrice * made.length, made.map(recipeOf)),
  };
}

/**
 * How a final was made.
 *
 * @param asset undefined: it is not kept, or not there yet.
 */
export function finalRecipeCard(final: Final, round: Round, asset: Asset | undefined): Card {
  const { prompt } = round.order;
  const { number, model, insteadOf } = final;
  const what = `The recipe of the final of take ${number}, by ${model}.`;
  const recipe = asset?.recipe;
  if (asset === undefined || recipe === undefined) {
    const why = "asset" in final.state ? "Nothing is kept of how it was made." : "It is not made yet.";
    return plainCard("info", `${what} ${why}`, [[text("Recipe: "), bold(prompt)], [text(why)]]);
  }
  const called = (guide: AssetId) => (guide === (final.take as string) ? `take ${number}` : undefined);
  const { requestId } = recipe;
  return {
    ...plainCard("info", what),
    body: [
      [text("Recipe: "), bold(recipe.prompt)],
      [text(modelWords(recipe))],
      [text(`${makingWords(recipe, called)} · ${seedWords(recipe)}`)],
      ...(insteadOf ? [[text(`Made by ${model}, ${becauseWords(insteadOf)}.`)]] : []),
      ...missedBy([recipe]).map((words) => [text(words)]),
      ...(requestId === undefined ? [] : [[text("Request: "), code(requestOf(requestId))]]),
      [text("To draft like it, use this id as "), ...LIKE_OPTION, text(": "), code(asset.id)],
    ],
    note: costNote(final.price, [recipe]),
  };
}

/** Each model and each way of making, once. A variation follows a take of an earlier grid. */
function madeLines({ origin }: Round, recipes: readonly Recipe[]): Card["body"] {
  const called = (guide: AssetId) =>
    origin.kind === "vary" && guide === (origin.of as string) ? `take ${origin.number}` : undefined;
  const lines = [...recipes.map(modelWords), ...recipes.map((recipe) => makingWords(recipe, called))];
  return [...new Set(lines)].map((words) => [text(words)]);
}

function namesOf(recipes: readonly Recipe[]): readonly ModelName[] {
  return [...new Set(recipes.map(({ name }) => name))];
}

/** Its number, seed and id, and `withName`, where several models made the round, who made it. */
function takeLine(take: Take, recipe: Recipe | undefined, withName: boolean): readonly Span[] {
  const { number, state } = take;
  const head = bold(`${number}`);
  if (state.status === "failed") return [head, text(` is missing: ${FAILURE_SENTENCES[state.failure]}`)];
  if (state.status !== "made") return [head, text(" is not made yet.")];
  if (recipe === undefined) return [head, text(` seed ${take.seed}. Nothing more is kept of it.`)];
  const { requestId } = recipe;
  return [
    head,
    text(` ${seedWords(recipe)} · `),
    code(state.asset),
    ...(withName ? [text(` · ${recipe.name}`)] : []),
    ...(requestId === undefined ? [] : [text(` · request ${requestOf(requestId)}`)]),
  ];
}

function recipeIn({ state }: Take, assets: ReadonlyMap<AssetId, Asset>): Recipe | undefined {
  return state.status === "made" ? assets.get(state.asset)?.recipe : undefined;
}

/** Each model's shortfalls, once. */
function missedBy(recipes: readonly Recipe[]): readonly string[] {
  return [...new Set(recipes.flatMap(({ shortfalls, name }) => shortfallWords(shortfalls, name)))];
}

function requestOf(id: string): string {
  return shorten(id, REQUEST_LENGTH_MAX);
}

function costNote(credits: number, recipes: readonly (Recipe | undefined)[]): string {
  const money = moneyWords(recipes.map((recipe) => recipe?.cost));
  return money === undefined ? inCredits(credits) : `${inCredits(credits)} · ${money}`;
}
