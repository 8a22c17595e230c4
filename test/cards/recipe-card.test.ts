import { describe, expect, it } from "vitest";
import { toMessage as toDiscord } from "../../adapters/discord/components/to-message.ts";
import { toEphemeral } from "../../adapters/slack/blocks/to-message.ts";
import { finalRecipeCard, roundRecipeCard } from "../../src/cards/recipe-card.ts";
import { modelWords } from "../../src/cards/recipe-lines.ts";
import type { Asset, Recipe } from "../../src/core/asset.ts";
import { code } from "../../src/core/card.ts";
import type { AssetId, TakeId } from "../../src/core/ids.ts";
import { PROMPT_LENGTH_MAX } from "../../src/core/prompt.ts";
import { type Round, TAKES_MAX } from "../../src/core/round.ts";
import { inWords } from "../support/story-desk.ts";
import { DELIVERED, finalOf, GRID, made, roundOf } from "./views.ts";

const CHOOSING = { status: "choosing", grid: GRID } as const;

const RECIPE: Recipe = {
  tier: "draft",
  prompt: "a red fox",
  seed: 7,
  aspect: "1:1",
  size: "1K",
  name: "nano-banana-lite",
  model: "google/gemini-3.1-flash-image",
  modelVersion: "gemini-3.1-flash-image-001",
  guide: undefined,
  references: [],
  requestId: "req-1",
  cost: { usd: 0.0336, basis: "tokens" },
  shortfalls: [],
};

function assetOf(id: AssetId, changes: Partial<Recipe> = {}): Asset {
  const recipe = { ...RECIPE, ...changes };
  return { id, kind: "take", mime: "image/png", width: 8, height: 8, bytes: 99, recipe, parents: [] };
}

/** The card of a round whose takes were made so, by number; `undefined`: nothing is kept of it. */
function show(round: Round, changes: readonly (Partial<Recipe> | undefined)[]) {
  const assets = round.takes.flatMap(({ state }, index): [AssetId, Asset][] => {
    const change = changes[index];
    return state.status === "made" && change ? [[state.asset, assetOf(state.asset, change)]] : [];
  });
  return roundRecipeCard(round, new Map(assets));
}

describe("the recipe of a round", () => {
  const two = roundOf(CHOOSING, [made(1), made(2)]);

  it("says once what all takes share, and of each its seed, id and request", () => {
    const card = show(two, [{}, { seed: 8, requestId: undefined }]);
    expect(inWords(card).split("\n")).toEqual([
      "Recipe: a red fox",
      "nano-banana-lite (google/gemini-3.1-flash-image-001)",
      "1:1 · 1K",
      "1 seed 7 · A1 · request req-1",
      "2 seed 8 · A2",
      "To draft like one of them, use its id as the option like of /draft.",
    ]);
    expect(card.body.flat()).toContainEqual(code("A1"));
    expect(card.note).toBe("2 credits · $0.0672 by the tokens it took");
    expect(card.actions).toEqual([]);
    expect(card.summary, "what is heard goes on with the lines").toBe(
      "The recipe of 2 takes, by nano-banana-lite.",
    );
  });

  it.each([
    ["bfl/flux-2-pro", undefined, "x (bfl/flux-2-pro)"],
    ["google/gemini-3-pro-image", "gemini-3-pro-image", "x (google/gemini-3-pro-image)"],
    ["google/gemini-3-pro-image", "gemini-3-pro-image-002", "x (google/gemini-3-pro-image-002)"],
    ["fal/fal-ai/flux-2", "flux-2", "x (fal/fal-ai/flux-2)"],
    ["sdapi/loaded", "juggernautXL [879d]", "x (sdapi/loaded, version juggernautXL [879d])"],
  ])("says which version of %s %s is, and no word twice", (model, modelVersion, words) => {
    expect(modelWords({ name: "x", model, modelVersion })).toBe(words);
  });

  it("says of a take what another model did in its own way", () => {
    const round = {
      ...two,
      takes: two.takes.map((take) =>
        take.number === 2
          ? ({ ...take, model: "flux-flash", insteadOf: { model: "test", because: "timeout" } } as const)
          : take,
      ),
    };
    const flux = { name: "flux-flash", model: "bfl/flux-2-flash", modelVersion: undefined } as const;
    const words = inWords(
      show(round, [{}, { ...flux, seed: undefined, shortfalls: [{ kind: "seed" }, { kind: "guide" }] }]),
    );
    expect(words).toContain("\nTake 2 is by flux-flash, because test took too long.\n");
    expect(words).toContain("\nflux-flash follows no image: drawn from the words alone.\n");
    expect(words).toContain("-001)\nflux-flash (bfl/flux-2-flash)\n1:1 · 1K\n");
    expect(words).toContain("\n1 seed 7 · A1 · nano-banana-lite · request req-1\n");
    expect(words).toContain("\n2 no seed · A2 · flux-flash · request req-1\n");
  });

  it("says what it followed, and how closely", () => {
    const follows = (asset: string, strength: number) => ({
      guide: { asset: asset as AssetId, strength },
      references: ["R1", "R2"] as AssetId[],
    });
    const varied: Round = { ...two, origin: { kind: "vary", of: "T9" as TakeId, number: 3 } };
    expect(inWords(show(varied, [follows("T9", 0.6)]))).toContain(
      "\n1:1 · 1K · follows take 3 loosely (0.6) · 2 references\n",
    );
    const like: Round = { ...two, origin: { kind: "like", of: "T8" as AssetId } };
    expect(inWords(show(like, [follows("T9", 0.95)]))).toContain("follows image T9 exactly (0.95)");
    const blind = { ...follows("T9", 0.6), shortfalls: [{ kind: "guide" }] } as const;
    expect(inWords(show(varied, [blind])), "it did not").not.toContain("follows take");
  });

  it("says what is missing, and of what nothing is kept", () => {
    const takes = [made(1), { status: "failed", failure: "blocked" }, made(3), { status: "queued" }] as const;
    const card = show(roundOf(CHOOSING, takes), [{}, undefined, undefined]);
    expect(inWords(card).split("\n").slice(3, -1)).toEqual([
      "1 seed 7 · A1 · request req-1",
      "2 is missing: The image model refused this prompt.",
      "3 seed 9. Nothing more is kept of it.",
      "4 is not made yet.",
    ]);
    expect(card.note).toBe("2 credits · at least $0.0336 by the tokens it took");
    const purged = show(two, []);
    expect(inWords(purged)).toMatch(/^Recipe: a red fox\nBy test\. Nothing more is kept of it\.\n1 seed 7/);
    expect(inWords(purged), "there is nothing to draft like").not.toContain("To draft like");
    expect(purged.note).toBe("2 credits");
    expect(purged.summary).toBe("The recipe of 2 takes, by test.");
  });

  it("is as sure of the money as the least sure part", () => {
    const noteOf = (...costs: Recipe["cost"][]) =>
      show(
        two,
        costs.map((cost) => ({ cost })),
      ).note;
    const [reported, list] = [
      { usd: 0.04, basis: "reported" },
      { usd: 1.5, basis: "list" },
    ] as const;
    expect(noteOf(reported, reported)).toBe("2 credits · $0.08 as the provider says");
    expect(noteOf(reported, list)).toBe("2 credits · $1.54 by the price list");
    expect(noteOf(undefined, undefined)).toBe("2 credits");
  });

  it("of many takes and a long prompt is whole on every platform", () => {
    const prompt = "a long corridor of doors & lamps ".repeat(60).slice(0, PROMPT_LENGTH_MAX).trim();
    const takes = Array.from({ length: TAKES_MAX }, (_, index) => made(index + 1));
    const round = roundOf(CHOOSING, takes);
    const requestId = "8f1c9a7e-33b0-4b1e-9d0f-000000000000";
    const ids = takes.map((_, index) => `01JCXTAKE${`${index}`.padStart(17, "0")}`);
    const long: Round = {
      ...round,
      order: { ...round.order, prompt },
      takes: round.takes.map((take, index) => ({
        ...take,
        state: { status: "made", asset: ids[index] as AssetId },
      })),
    };
    const card = show(
      long,
      takes.map((_, index) => ({ requestId, seed: 2 ** 32 - 1 - index })),
    );
    for (const message of [toEphemeral(card), toDiscord(card, { mark: 1, shown: undefined })]) {
      const written = JSON.stringify(message);
      for (const id of ids) expect(written).toContain(id);
      expect(written.match(/request 8f1c9a7e/gu)?.length).toBeGreaterThanOrEqual(TAKES_MAX);
      expect(written).not.toContain("…");
    }
  });

  it("of one take speaks of it", () => {
    const one = roundOf(CHOOSING, [made(1)]);
    expect(inWords(show(one, [{}]))).toMatch(
      /\nTo draft like it, use its id as the option like of \/draft\.$/,
    );
  });

  it("shows a request by no more than a line", () => {
    expect(inWords(show(two, [{ requestId: "x".repeat(500) }]))).toMatch(/request x{59}…$/m);
  });
});

describe("the recipe of a final", () => {
  const round = roundOf({ status: "choosing", grid: GRID });
  const final = finalOf({ status: "delivered", ...DELIVERED });
  const changes: Partial<Recipe> = {
    tier: "final",
    size: "4K",
    seed: 8,
    name: "nano-banana-pro",
    model: "google/gemini-3-pro-image",
    modelVersion: "gemini-3-pro-image",
    guide: { asset: "T1" as AssetId, strength: 0.85 },
    cost: { usd: 0.24, basis: "list" },
    shortfalls: [{ kind: "size", asked: "4K", got: "2K" }],
  };

  it("says all that it takes to make it again", () => {
    const card = finalRecipeCard(final, round, assetOf("F" as AssetId, changes));
    expect(inWords(card).split("\n")).toEqual([
      "Recipe: a red fox",
      "nano-banana-pro (google/gemini-3-pro-image)",
      "1:1 · 2K · follows take 2 closely (0.85) · seed 8",
      "nano-banana-pro makes no 4K: made in 2K.",
      "Request: req-1",
      "To draft like it, use this id as the option like of /draft: F",
    ]);
    expect(card.body.flat()).toContainEqual(code("F"));
    expect(card.note).toBe("7 credits · $0.24 by the price list");
  });

  it("says whose work it took over", () => {
    const passed = {
      ...final,
      model: "gpt-image-flare",
      insteadOf: { model: "test", because: "auth" },
    } as const;
    expect(inWords(finalRecipeCard(passed, round, assetOf("F" as AssetId, changes)))).toContain(
      "\nMade by gpt-image-flare, because test did not accept Draftroom's key.\n",
    );
  });

  it("that is not there, or not kept, is no recipe", () => {
    const busy = finalRecipeCard(finalOf({ status: "rendering" }), round, undefined);
    expect(inWords(busy)).toBe("Recipe: a red fox\nIt is not made yet.");
    const asset: Asset = { ...assetOf("F" as AssetId), recipe: undefined };
    for (const kept of [undefined, asset]) {
      const card = finalRecipeCard(final, round, kept);
      expect(inWords(card)).toBe("Recipe: a red fox\nNothing is kept of how it was made.");
    }
  });
});
