import { describe, expect, it } from "vitest";
import type { Final } from "../../src/core/final.ts";
import type { AssetId, FinalId, MessageRef, RoundId, TakeId } from "../../src/core/ids.ts";
import type { TakeState } from "../../src/core/round.ts";
import { T0 } from "../support/make-records.ts";
import { specOf } from "../support/models.ts";
import { ADA, inWords, MIA, NOOR } from "../support/story-desk.ts";
import { DELIVERED, finalOf, GRID, labels, made, roundOf, show } from "./views.ts";

const showPicked = (state: Final["state"], more: { message?: MessageRef; isInThread?: boolean } = {}) =>
  show(roundOf({ status: "closed", grid: GRID, final: "FINAL" as FinalId }), {
    picked: { final: finalOf(state), message: undefined, isInThread: false, ...more },
  });

describe("the card of a round", () => {
  it("at work says what is held, and can be cancelled", () => {
    for (const state of [{ status: "queued" }, { status: "rendering", trouble: undefined }] as const) {
      const card = show(roundOf(state));
      expect(card).toMatchObject({
        tone: "busy",
        picture: undefined,
        actions: [{ id: "cancel_round.ROUND", label: "Cancel", style: "plain" }],
        reactions: [],
        note: "4 credits held · 42 left",
      });
      expect(inWords(card)).toContain("@studio:mia drafts a red fox");
    }
  });

  it("at work without some of its takes says which are coming", () => {
    const cancelled: TakeState = { status: "failed", failure: "cancelled" };
    const takes: TakeState[] = [{ status: "rendering" }, cancelled, made(3), cancelled];
    const card = show(roundOf({ status: "rendering", trouble: undefined }, takes));
    expect(inWords(card)).toMatch(
      /\nDrafting 2 takes in 1:1…\nTakes 2, 4 were cancelled\. Credits returned\.$/,
    );
    expect(card.note).toBe("2 credits held · 42 left");
    expect(card.summary).toBe("Drafting 2 takes of: a red fox");
  });

  it("all of whose takes are missing stays at what was ordered, until its end is told", () => {
    const refused: TakeState = { status: "failed", failure: "blocked" };
    const card = show(roundOf({ status: "rendering", trouble: undefined }, [refused, refused]));
    expect(inWords(card)).toContain("\nDrafting 2 takes in 1:1…\nTakes 1, 2 are missing");
    expect(card.note).toBe("0 credits held · 42 left");
  });

  it("at work says in which aspect its model makes it", () => {
    const { order, ...round } = roundOf({ status: "queued" });
    const { abilities } = specOf("draft");
    const model = specOf("draft", { abilities: { ...abilities, aspects: ["1:1", "3:2"] } });
    const card = show({ ...round, order: { ...order, aspect: "21:9" } }, { model });
    expect(inWords(card)).toContain("4 takes in 3:2, in line…");
  });

  it("whose takes are made has nothing to cancel", () => {
    expect(labels(show(roundOf({ status: "rendering", trouble: "storage" })))).toEqual([]);
  });

  it.each([
    [1, "@studio:mia drafts a red fox with 1 reference"],
    [3, "@studio:mia drafts a red fox with 3 references"],
  ])("says that it goes by %i", (count, headline) => {
    const round = roundOf({ status: "choosing", grid: GRID });
    const references = Array.from({ length: count }, (_, index) => `R${index}` as AssetId);
    const card = show({ ...round, order: { ...round.order, references } });
    expect(inWords(card).split("\n")[0]).toBe(headline);
  });

  it("offers its grid: numbers, reactions in order, price, seed and that it is made by a machine", () => {
    const card = show(roundOf({ status: "choosing", grid: GRID }), {
      votes: [
        { person: NOOR, number: 2 },
        { person: MIA, number: 2 },
      ],
    });
    expect(card.reactions).toEqual(["n1", "n2", "n3", "n4", "reroll", "approve"]);
    expect(labels(card)).toEqual(["1", "2", "3", "4", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
    expect(card.note).toBe("4 credits · 42 left · seed 7 · test · AI-generated");
    expect(inWords(card)).toContain("Votes: take 2 @studio:noor, @studio:mia");
    expect(inWords(card)).toContain("Final: 7 credits.");
    expect(card.picture?.alt).toContain("4 takes for: a red fox");
    expect(card.picture?.name).toBe("a-red-fox-grid.jpg");
  });

  it("leaves missing takes out, says why, and charges nothing for them", () => {
    const takes: TakeState[] = [
      made(1),
      { status: "failed", failure: "blocked" },
      made(3),
      { status: "failed", failure: "blocked" },
    ];
    const card = show(roundOf({ status: "choosing", grid: GRID }, takes));
    expect(card.reactions).toEqual(["n1", "n3", "reroll", "approve"]);
    expect(labels(card)).toEqual(["1", "3", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);
    expect(card.note).toMatch(/^2 credits ·/);
    expect(inWords(card)).toContain(
      "Takes 2, 4 are missing: The image model refused this prompt. Credits returned.",
    );
  });

  it("of more than nine takes has numbers as buttons only", () => {
    const card = show(
      roundOf(
        { status: "choosing", grid: GRID },
        Array.from({ length: 16 }, (_, index) => made(index + 1)),
      ),
    );
    expect(card.reactions).toEqual(["reroll", "approve"]);
    expect(labels(card)).toHaveLength(21);
  });

  it("that is picked has no numbers any more", () => {
    const card = showPicked({ status: "rendering" });
    expect(labels(card)).toEqual(["Reroll", "Edit…", "Vary…", "Recipe"]);
    expect(inWords(card)).toContain("✅ @studio:ada picked 2. The final is on its way.");
    expect(card.summary).toMatch(/Take 2 is picked. Its final is on its way\.$/);
  });

  it("leads to its final, or says where it is", () => {
    const approved = { status: "approved", by: ADA, at: T0, ...DELIVERED } as const;
    const message = "studio:local:x:2" as MessageRef;
    for (const [state, called, words] of [
      [{ status: "rendering" }, "The final", "The final is on its way."],
      [{ status: "delivered", ...DELIVERED }, "The final", "The final is there."],
      [approved, "the final", "@studio:ada approved the final."],
    ] as const) {
      const card = showPicked(state, { message });
      expect(card.body.flat()).toContainEqual({ type: "message", message, text: called });
      expect(inWords(card)).toContain(`picked 2. ${words}`);
    }
    const delivered = { status: "delivered", ...DELIVERED } as const;
    expect(inWords(showPicked(delivered))).toContain("picked 2. The final is in the thread.");
    const below = showPicked(delivered, { isInThread: true });
    expect(inWords(below), "it stands in one itself").toContain("picked 2. The final is below.");
  });

  it.each([
    [{ kind: "reroll", of: "FORMER" as RoundId }, "a red fox", "rerolls a red fox"],
    [{ kind: "reroll", of: "FORMER" as RoundId }, "a red hare", "tries other words: a red fox"],
    [{ kind: "vary", of: "TAKE" as TakeId, number: 3 }, "a red hare", "varies take 3: a red fox"],
    [{ kind: "like", of: "TAKE" as AssetId }, "a red hare", "drafts like an earlier image: a red fox"],
  ] as const)("that comes from another says how: %j from %s", (origin, prompt, words) => {
    const round = { ...roundOf({ status: "queued" }), origin };
    const message = "studio:local:x:1" as MessageRef;
    const card = show(round, { former: { prompt, message } });
    expect(inWords(card).split("\n")[0]).toBe(`@studio:mia ${words}`);
    const links = card.body.flat().filter((span) => span.type === "message");
    const called = { reroll: undefined, vary: "take 3", like: "an earlier image" }[origin.kind];
    expect(links, "where it comes from").toEqual(called ? [{ type: "message", message, text: called }] : []);
    const { body } = show(round);
    expect(inWords({ body }), "its words are not kept").toMatch(
      / (rerolls|varies take 3:|drafts like an earlier image:) a red fox/,
    );
  });
});
