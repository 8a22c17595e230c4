import { describe, expect, it } from "vitest";
import { denialCard } from "../../src/cards/denial-card.ts";
import { finalCard } from "../../src/cards/final-card.ts";
import { roundCard } from "../../src/cards/round-card.ts";
import type { Card } from "../../src/core/card.ts";
import { credits } from "../../src/core/credits.ts";
import { FAILURE_KINDS } from "../../src/core/failure.ts";
import type { Final } from "../../src/core/final.ts";
import type { AssetId, ChannelRef, ConceptId, FinalId, PostId, RoundId, TakeId } from "../../src/core/ids.ts";
import type { Round, RoundState, TakeState } from "../../src/core/round.ts";
import { T0 } from "../support/make-records.ts";
import { PRICES } from "../support/open-story.ts";
import { ADA, inWords, MIA, NOOR } from "../support/story-desk.ts";

const GRID = "GRID" as AssetId;
const made = (number: number): TakeState => ({ status: "made", asset: `A${number}` as AssetId });

function roundOf(state: RoundState, takes: readonly TakeState[] = [1, 2, 3, 4].map(made)): Round {
  const id = "ROUND" as RoundId;
  return {
    id,
    concept: {
      id: "CONCEPT" as ConceptId,
      channel: "studio:local:x" as ChannelRef,
      requester: MIA,
      rootPost: "POST" as PostId,
    },
    number: 1,
    requester: MIA,
    order: {
      prompt: "a red fox",
      seed: 7,
      aspect: "1:1",
      count: takes.length,
      finalSize: "4K",
      references: [],
    },
    origin: { kind: "draft" },
    model: "sketch/1",
    takePrice: credits(1),
    post: "POST" as PostId,
    createdAt: T0,
    takes: takes.map((each, index) => ({
      id: `T${index}` as TakeId,
      round: id,
      number: index + 1,
      seed: 7 + index,
      turn: index,
      state: each,
    })),
    state,
  };
}

const show = (round: Round, more: Partial<Parameters<typeof roundCard>[0]> = {}) =>
  roundCard({
    round,
    votes: [],
    picked: undefined,
    approval: "director",
    prices: PRICES,
    available: credits(42),
    ...more,
  });

const finalOf = (state: Final["state"]): Final => ({
  id: "FINAL" as FinalId,
  round: "ROUND" as RoundId,
  take: "T1" as TakeId,
  number: 2,
  seed: 8,
  size: "4K",
  model: "sketch/1",
  price: credits(7),
  pickedBy: ADA,
  pickedAt: T0,
  post: "P2" as PostId,
  state,
});
const DELIVERED = { asset: "F" as AssetId, preview: "P" as AssetId };

const showFinal = (state: Final["state"], round: RoundState = { status: "choosing", grid: GRID }) =>
  finalCard({
    final: finalOf(state),
    round: roundOf(round),
    approval: "director",
    available: credits(42),
  });

const labels = (card: Card) => card.actions.map((each) => each.label);

describe("the card of a round", () => {
  it("at work says what is held", () => {
    for (const state of [{ status: "queued" }, { status: "rendering", trouble: undefined }] as const) {
      const card = show(roundOf(state));
      expect(card).toMatchObject({
        tone: "busy",
        picture: undefined,
        actions: [],
        reactions: [],
        note: "4 credits held · 42 left",
      });
      expect(inWords(card)).toContain("@studio:mia drafts a red fox");
    }
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
    expect(labels(card)).toEqual(["1", "2", "3", "4", "Reroll", "Vary…", "Approve"]);
    expect(card.note).toBe("4 credits · 42 left · seed 7 · sketch/1 · AI-generated");
    expect(inWords(card)).toContain("Votes: take 2 @studio:noor, @studio:mia");
    expect(inWords(card)).toContain("The final costs 7 credits.");
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
    expect(labels(card)).toEqual(["1", "3", "Reroll", "Vary…", "Approve"]);
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
    expect(labels(card)).toHaveLength(19);
  });

  it("that is picked has no numbers any more", () => {
    const state: RoundState = { status: "closed", grid: GRID, final: "FINAL" as FinalId };
    const card = show(roundOf(state), { picked: finalOf({ status: "rendering" }) });
    expect(labels(card)).toEqual(["Reroll", "Vary…"]);
    expect(inWords(card)).toContain("✅ @studio:ada picked 2. The final is on its way, in the thread.");
    expect(card.summary).toMatch(/Take 2 is picked. Its final is on its way, in the thread\.$/);
  });

  it.each(FAILURE_KINDS)(
    "that failed by %s says what happened, that nothing was charged, and what to do",
    (failure) => {
      for (const card of [
        show(roundOf({ status: "failed", failure })),
        showFinal({ status: "failed", failure }),
      ]) {
        const words = inWords(card);
        expect(card.tone).toBe("error");
        expect(words).toMatch(/Nothing was charged/);
        expect(words).toMatch(/(Try|Whoever runs)/);
        expect(labels(card)).toEqual(["Retry"]);
        expect(card.note).toBe("0 credits · 42 left");
      }
    },
  );
});

describe("the card of a final", () => {
  it("says what is held, then what it cost and who decided", () => {
    expect(showFinal({ status: "queued" }).note).toBe("7 credits held · 42 left");
    const delivered = showFinal({ status: "delivered", ...DELIVERED });
    expect(labels(delivered)).toEqual(["Approve", "Send back", "Redo"]);
    expect(delivered.reactions).toEqual(["approve", "reject"]);
    expect(delivered.picture).toMatchObject({ asset: "P", full: "F" });
    expect(delivered.note).toBe("7 credits · 42 left · 4K · sketch/1 · AI-generated");
    const approved = showFinal({ status: "approved", by: ADA, at: T0, ...DELIVERED });
    expect(approved.actions).toEqual([]);
    expect(inWords(approved)).toContain(`Approved by @${ADA}.`);
  });

  it("sent back can be redone while its grid is open", () => {
    const state = { status: "sent_back", by: ADA, at: T0, ...DELIVERED } as const;
    const open = showFinal(state);
    expect(labels(open)).toEqual(["Redo"]);
    expect(inWords(open)).toContain(`Sent back by @${ADA}. The grid is open again: redo this one`);
    const closed = showFinal(state, { status: "closed", grid: GRID, final: "NEXT" as FinalId });
    expect(closed.actions).toEqual([]);
    expect(inWords(closed)).toContain(`Sent back by @${ADA}. Another final is in the thread.`);
  });
});

describe("every card", () => {
  it("has a sentence for those who cannot see it, and short action ids", () => {
    const cards = [
      show(roundOf({ status: "queued" })),
      show(roundOf({ status: "choosing", grid: GRID })),
      showFinal({ status: "delivered", ...DELIVERED }),
      denialCard({ status: "denied", reason: "managers_only", managers: [] }, "UTC"),
    ];
    for (const card of cards) {
      expect(card.summary.length).toBeGreaterThan(10);
      for (const action of card.actions) expect(action.id.length).toBeLessThanOrEqual(100);
    }
  });
});
