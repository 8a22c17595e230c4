import { describe, expect, it } from "vitest";
import { becauseWords, fallbackWords, passedWords } from "../../src/cards/fallback-words.ts";
import { FAILURE_KINDS } from "../../src/core/failure.ts";
import type { AssetId, RoundId, TakeId } from "../../src/core/ids.ts";
import type { InsteadOf, Take, TakeState } from "../../src/core/round.ts";

const LITE = "nano-banana-lite";
const OVERLOADED: InsteadOf = { model: LITE, because: "overloaded" };
const MADE: TakeState = { status: "made", asset: "A" as AssetId };
const WAITING: TakeState = { status: "queued" };

function takesOf(state: TakeState, ...by: readonly (readonly [string, InsteadOf | undefined])[]): Take[] {
  return by.map(([model, insteadOf], index) => ({
    id: `T${index}` as TakeId,
    round: "R" as RoundId,
    number: index + 1,
    seed: index,
    turn: index,
    model,
    insteadOf,
    state,
  }));
}

const ASKED = [LITE, undefined] as const;
const FLARE = ["gpt-image-flare", OVERLOADED] as const;
const FLUX = ["flux-flash", OVERLOADED] as const;

describe("takes that another model has made", () => {
  it("are said together", () => {
    expect(fallbackWords(takesOf(MADE, ASKED, ASKED))).toEqual([]);
    expect(fallbackWords(takesOf(MADE, FLARE, FLARE))).toEqual([
      "Made by gpt-image-flare, because nano-banana-lite is overloaded.",
    ]);
    expect(fallbackWords(takesOf(MADE, ASKED, FLARE, ASKED, FLARE, FLUX))).toEqual([
      "Takes 2, 4 are by gpt-image-flare, because nano-banana-lite is overloaded.",
      "Take 5 is by flux-flash, because nano-banana-lite is overloaded.",
    ]);
  });

  it("are those that are there", () => {
    const takes = [
      ...takesOf({ status: "failed", failure: "overloaded" }, FLARE),
      ...takesOf(MADE, FLARE).map((take) => ({ ...take, number: 2 })),
    ];
    expect(fallbackWords(takes)).toEqual([
      "Made by gpt-image-flare, because nano-banana-lite is overloaded.",
    ]);
  });

  it("have one reason, the first, so that each model is a line", () => {
    const late = ["gpt-image-flare", { model: LITE, because: "timeout" }] as const;
    expect(fallbackWords(takesOf(MADE, FLARE, late))).toHaveLength(1);
  });
});

describe("takes that another model is making", () => {
  it("are said before they are there", () => {
    expect(passedWords(takesOf(WAITING, ASKED, FLARE, ASKED))).toEqual([
      "gpt-image-flare makes take 2 now, because nano-banana-lite is overloaded.",
    ]);
    expect(passedWords(takesOf(WAITING, FLARE, FLARE))).toEqual([
      "gpt-image-flare makes them now, because nano-banana-lite is overloaded.",
    ]);
    expect(passedWords(takesOf(WAITING, FLARE))).toEqual([
      "gpt-image-flare makes it now, because nano-banana-lite is overloaded.",
    ]);
    expect(passedWords(takesOf({ status: "failed", failure: "timeout" }, FLARE))).toEqual([]);
  });
});

it("has a reason of its own for every failure", () => {
  const reasons = FAILURE_KINDS.map((because) => becauseWords({ model: LITE, because }));
  expect(new Set(reasons).size).toBe(FAILURE_KINDS.length);
  for (const reason of reasons) expect(reason).toMatch(/^because .*nano-banana-lite/);
});
