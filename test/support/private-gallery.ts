import { choiceCard } from "../../src/cards/choice-card.ts";
import { denialCard } from "../../src/cards/denial-card.ts";
import { historyCard, quotaCard } from "../../src/cards/quota-card.ts";
import { finalRecipeCard, roundRecipeCard } from "../../src/cards/recipe-card.ts";
import type { ChoiceResult } from "../../src/choices/choose.ts";
import type { Asset, Recipe } from "../../src/core/asset.ts";
import { type Card, plainCard } from "../../src/core/card.ts";
import { credits } from "../../src/core/credits.ts";
import type { Final } from "../../src/core/final.ts";
import type { AssetId } from "../../src/core/ids.ts";
import type { ModelSpec } from "../../src/core/model.ts";
import type { Tier } from "../../src/core/recipe.ts";
import type { Round } from "../../src/core/round.ts";
import type { Balance } from "../../src/ports/ledger.ts";
import type { GalleryPlace, NamedCard } from "./card-gallery.ts";

export interface Privates {
  readonly place: GalleryPlace;
  readonly balance: Balance;
  readonly models: Readonly<Record<Tier, ModelSpec>>;
  /** The first is the one that the final is of. */
  readonly rounds: readonly Round[];
  readonly final: Final;
}

const named = (name: string, card: Card): NamedCard => ({ name, card });

/** What one person sees. */
export function privateCards(of: Privates): readonly NamedCard[] {
  return [
    named("quota", quotaOf(of)),
    named("history", historyOf(of)),
    ...recipesOf(of),
    ...cancelled(),
    ...denials(of),
    named("done", plainCard("ok", "Granted 200 credits. Now 684 left.")),
  ];
}

function quotaOf({ place, balance, models, final, rounds: [round] }: Privates): Card {
  const held = { subject: final.id, since: final.pickedAt };
  const title = round?.order.prompt ?? "";
  return quotaCard({
    channel: place.channel,
    balance,
    holds: [
      { ...held, tier: "draft", person: place.mia, amount: credits(8), title },
      { ...held, tier: "final", person: place.ada, amount: credits(4), title: "a red fox" },
    ],
    spenders: [
      { person: place.mia, spent: credits(3) },
      { person: place.noor, spent: credits(1) },
    ],
    models,
    drifts: [{ tier: "final", name: models.final.name, ratio: 1.12, calls: 40 }],
    staff: place.staff,
    mayManage: true,
  });
}

function historyOf({ place, final }: Privates): Card {
  const entry = { at: final.pickedAt, period: 1 } as const;
  return historyCard(
    [
      { ...entry, kind: "spend", id: "1", amount: credits(4), person: place.mia, memo: "takes" },
      { ...entry, kind: "grant", id: "2", amount: credits(200), person: place.noor, memo: "spring launch" },
      { ...entry, kind: "allowance", id: "3", amount: credits(500), person: place.noor, memo: "per month" },
    ],
    "Europe/Madrid",
  );
}

function recipesOf({ rounds, final, models }: Privates): readonly NamedCard[] {
  const [round] = rounds;
  if (round === undefined) throw new Error("a final is of a round");
  const made: Recipe = {
    ...recipeOf(models.final, round, final.seed),
    guide: { asset: final.take as string as AssetId, strength: 0.85 },
  };
  return [
    ...rounds.map((each) => {
      const taken = each.takes.map((take) => assetOf(recipeOf(models.draft, each, take.seed), take));
      return named(
        `recipe of ${each.takes.length}`,
        roundRecipeCard(each, new Map(taken.map((asset) => [asset.id, asset]))),
      );
    }),
    named("recipe of a final", finalRecipeCard(final, round, assetOf(made, final))),
  ];
}

function recipeOf({ tier, name, id }: ModelSpec, { order }: Round, seed: number): Recipe {
  return {
    tier,
    prompt: order.prompt,
    seed,
    aspect: order.aspect,
    size: tier === "draft" ? "1K" : order.finalSize,
    name,
    model: id,
    modelVersion: `${id.split("/")[1]}-001`,
    guide: undefined,
    references: [],
    requestId: `8f1c9a7e-33b0-4b1e-9d0f-${`${seed}`.padStart(12, "0")}`,
    cost: { usd: tier === "draft" ? 0.0336 : 0.134, basis: "tokens" },
    shortfalls: [],
  };
}

function assetOf(recipe: Recipe, { state }: Pick<Round["takes"][number] | Final, "state">): Asset {
  const id = "asset" in state ? state.asset : ("" as AssetId);
  return { id, kind: "take", mime: "image/png", width: 1024, height: 1024, bytes: 9e5, recipe, parents: [] };
}

function cancelled(): readonly NamedCard[] {
  const results: readonly ChoiceResult[] = [
    { status: "round_cancelled", stopped: 2, underWay: 2, returned: credits(2) },
    { status: "final_cancelled", returned: credits(4) },
    { status: "under_way" },
  ];
  return results.flatMap((result) => {
    const card = choiceCard(result, "UTC");
    return card ? [named(`cancel: ${result.status}`, card)] : [];
  });
}

function denials({ place: { staff, noor }, final }: Privates): readonly NamedCard[] {
  return [
    named(
      "denied, not a director",
      denialCard({ status: "denied", reason: "directors_only", ...staff }, "UTC"),
    ),
    named(
      "denied, out of credits",
      denialCard(
        {
          status: "denied",
          reason: "insufficient",
          available: credits(2),
          needed: credits(4),
          resetsAt: final.pickedAt,
          timeZone: "Europe/Madrid",
          managers: staff.managers,
        },
        "UTC",
      ),
    ),
    named(
      "denied, frozen",
      denialCard({ status: "denied", reason: "frozen", by: noor, managers: [] }, "UTC"),
    ),
  ];
}
