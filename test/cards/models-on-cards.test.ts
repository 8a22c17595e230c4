import { describe, expect, it } from "vitest";
import type { ModelSpec } from "../../src/core/model.ts";
import type { InsteadOf, Round } from "../../src/core/round.ts";
import { specOf } from "../support/models.ts";
import { inWords } from "../support/story-desk.ts";
import { DELIVERED, finalOf, GRID, made, roundOf, show, showFinal } from "./views.ts";

const { abilities } = specOf("final");
const SMALL: ModelSpec = specOf("final", {
  name: "gpt-image-flare",
  abilities: { ...abilities, sizes: ["1K"], aspects: ["1:1", "3:2"], guide: false },
});
const CHOOSING = { status: "choosing", grid: GRID } as const;
const instead: InsteadOf = { model: "test", because: "overloaded" };

/** A round whose takes of these numbers another model has. */
function passed(round: Round, ...numbers: readonly number[]): Round {
  const pass = (take: Round["takes"][number]) =>
    numbers.includes(take.number) ? { ...take, model: "flux-flash", insteadOf: instead } : take;
  return { ...round, takes: round.takes.map(pass) };
}

describe("a grid", () => {
  it("says who made it", () => {
    const note = (round: Round) => show(round).note;
    expect(note(roundOf(CHOOSING))).toMatch(/ · test · AI-generated$/);
    expect(note(passed(roundOf(CHOOSING), 2, 3))).toMatch(/ · test, flux-flash · AI-generated$/);
    expect(note(passed(roundOf(CHOOSING), 1, 2, 3, 4))).toMatch(/ · flux-flash · AI-generated$/);
  });

  it("says which takes another model made, and why", () => {
    expect(inWords(show(passed(roundOf(CHOOSING), 2, 3)))).toContain(
      "\nTakes 2, 3 are by flux-flash, because test is overloaded.\n",
    );
  });

  it("at work says which takes another model has now", () => {
    const round = roundOf(
      { status: "rendering", trouble: undefined },
      [1, 2].map(() => ({ status: "queued" })),
    );
    expect(inWords(show(passed(round, 2)))).toMatch(
      /\nflux-flash makes take 2 now, because test is overloaded\.$/,
    );
    expect(inWords(show(round))).not.toMatch(/now/);
  });

  it("says what its takes are not, by whose inability, and that they have no seed", () => {
    const shortfalls = [{ kind: "seed" }, { kind: "aspect", asked: "21:9", got: "3:2" }] as const;
    const card = show(roundOf(CHOOSING), { shortfalls });
    expect(inWords(card)).toContain("\ntest makes no 21:9: made in 3:2, the nearest.\n");
    expect(card.note).toBe("4 credits · 42 left · no seed · test · AI-generated");
    const mixed = show(passed(roundOf(CHOOSING), 1), { shortfalls });
    expect(inWords(mixed)).toContain("\nOne of the models makes no 21:9: ");
  });

  it("says beforehand what its final will not be, and at which price", () => {
    const words = inWords(show(roundOf(CHOOSING), { finalModel: SMALL }));
    expect(words).toMatch(
      /Final: 4 credits\. By gpt-image-flare it will be 1K instead of 4K, drawn from the words alone, without the take\.$/,
    );
    expect(inWords(show(roundOf(CHOOSING)))).toMatch(/Final: 7 credits\.$/);
  });

  it("that is picked leaves that to its final", () => {
    const final = finalOf({ status: "rendering" });
    const picked = { final, message: undefined, isInThread: false };
    const round = roundOf({ status: "closed", grid: GRID, final: final.id });
    expect(inWords(show(round, { finalModel: SMALL, picked }))).not.toMatch(/gpt-image-flare|credits/);
  });

  it("without its takes' model any more is shown all the same", () => {
    expect(inWords(show(roundOf({ status: "queued" }), { model: undefined }))).toContain("4 takes in 1:1");
    const takes = [made(1), { status: "failed", failure: "no_model" } as const];
    expect(inWords(show(roundOf(CHOOSING, takes), { model: undefined }))).toContain(
      "Take 2 is missing: The provider does not have this image model (any more).",
    );
  });
});

describe("a final", () => {
  const other = (state: Parameters<typeof finalOf>[0]) => ({
    ...finalOf(state),
    model: SMALL.name,
    insteadOf: instead,
  });

  it("at work says that another model has it now, and what that one makes", () => {
    const state = { status: "rendering" } as const;
    const card = showFinal(state, { final: other(state), model: SMALL });
    expect(inWords(card).split("\n").slice(1)).toEqual([
      "Finishing it in 1K…",
      "gpt-image-flare makes it now, because test is overloaded.",
    ]);
    expect(card.summary).toMatch(/^Finishing take 2 in 1K: /);
    expect(inWords(showFinal(state)).split("\n").slice(1)).toEqual(["Finishing it in 4K…"]);
    expect(inWords(showFinal(state, { model: undefined }))).toContain("Finishing it in 4K…");
  });

  it("says who made it and what it is not, once", () => {
    const state = { status: "delivered", ...DELIVERED } as const;
    const card = showFinal(state, {
      final: other(state),
      model: SMALL,
      shortfalls: [{ kind: "size", asked: "4K", got: "1K" }, { kind: "seed" }, { kind: "guide" }],
    });
    expect(inWords(card).split("\n").slice(1, -1)).toEqual([
      "Made by gpt-image-flare, because test is overloaded.",
      "gpt-image-flare makes no 4K: made in 1K.",
      "gpt-image-flare follows no image: drawn from the words alone.",
    ]);
    expect(card.note).toBe("7 credits · 42 left · 1K · no seed · gpt-image-flare · AI-generated");
  });

  it("says how large it is by what came, whatever its model is said to make today", () => {
    const state = { status: "delivered", ...DELIVERED } as const;
    expect(showFinal(state, { model: SMALL }).note).toContain(" · 4K · ");
    expect(showFinal(state, { model: undefined }).note).toContain(" · 4K · ");
  });
});
