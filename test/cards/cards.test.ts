import { describe, expect, it } from "vitest";
import { denialCard } from "../../src/cards/denial-card.ts";
import { finalCard } from "../../src/cards/final-card.ts";
import { roundCard } from "../../src/cards/round-card.ts";
import type { Card } from "../../src/core/card.ts";
import { credits } from "../../src/core/credits.ts";
import { FAILURE_KINDS } from "../../src/core/failure.ts";
import type { Final } from "../../src/core/final.ts";
import type {
  AssetId,
  ChannelRef,
  ConceptId,
  FinalId,
  MessageRef,
  PostId,
  RoundId,
  TakeId,
} from "../../src/core/ids.ts";
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
    former: undefined,
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

const showPicked = (state: Final["state"], more: { message?: MessageRef; isInThread?: boolean } = {}) =>
  show(roundOf({ status: "closed", grid: GRID, final: "FINAL" as FinalId }), {
    picked: { final: finalOf(state), message: undefined, isInThread: false, ...more },
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
    expect(labels(card)).toEqual(["1", "2", "3", "4", "Reroll", "Edit…", "Vary…", "Approve"]);
    expect(card.note).toBe("4 credits · 42 left · seed 7 · sketch/1 · AI-generated");
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
    expect(labels(card)).toEqual(["1", "3", "Reroll", "Edit…", "Vary…", "Approve"]);
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
    expect(labels(card)).toHaveLength(20);
  });

  it("that is picked has no numbers any more", () => {
    const card = showPicked({ status: "rendering" });
    expect(labels(card)).toEqual(["Reroll", "Edit…", "Vary…"]);
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
  ] as const)("that comes from another says how: %j from %s", (origin, prompt, words) => {
    const round = { ...roundOf({ status: "queued" }), origin };
    const message = "studio:local:x:1" as MessageRef;
    const card = show(round, { former: { prompt, message } });
    expect(inWords(card).split("\n")[0]).toBe(`@studio:mia ${words}`);
    const links = card.body.flat().filter((span) => span.type === "message");
    expect(links, "whose take it is").toEqual(
      origin.kind === "vary" ? [{ type: "message", message, text: "take 3" }] : [],
    );
    const { body } = show(round);
    expect(inWords({ body }), "its words are not kept").toMatch(/ (rerolls|varies take 3:) a red fox/);
  });

  it.each(FAILURE_KINDS)(
    "that failed by %s says what happened, that nothing was charged, and what to do",
    (failure) => {
      const round = show(roundOf({ status: "failed", failure }));
      const final = showFinal({ status: "failed", failure });
      for (const card of [round, final]) {
        const words = inWords(card);
        expect(card.tone).toBe("error");
        expect(words).toMatch(/Nothing was charged/);
        expect(words).toMatch(/(Try|Whoever runs)/);
        expect(card.note).toBe("0 credits · 42 left");
      }
      const styles = (card: Card) => card.actions.map(({ label, style }) => [label, style]);
      const isRefused = /other (words|size)|another size/.test(inWords(round));
      expect(styles(round)).toEqual(
        isRefused
          ? [
              ["Edit…", "primary"],
              ["Retry", "plain"],
            ]
          : [["Retry", "primary"]],
      );
      expect(styles(final)).toEqual([["Retry", "primary"]]);
    },
  );
});

describe("the card of a final", () => {
  it("says what is held, then what it cost and who decided", () => {
    expect(showFinal({ status: "queued" }).note).toBe("7 credits held · 42 left");
    const delivered = showFinal({ status: "delivered", ...DELIVERED });
    expect(labels(delivered)).toEqual(["Approve", "Send back…", "Redo"]);
    expect(delivered.reactions).toEqual(["approve", "reject"]);
    expect(delivered.picture).toMatchObject({ asset: "P", full: "F" });
    expect(delivered.note).toBe("7 credits · 42 left · 4K · sketch/1 · AI-generated");
    const approved = showFinal({ status: "approved", by: ADA, at: T0, ...DELIVERED });
    expect(approved.actions).toEqual([]);
    expect(inWords(approved)).toContain(`Approved by @${ADA}.`);
  });

  it("that failed says of what, and for whom", () => {
    const [first] = inWords(showFinal({ status: "failed", failure: "timeout" })).split("\n");
    expect(first).toBe("The final of take 2 for @studio:mia: a red fox could not be made.");
  });

  it("has the beginning of a long prompt, and the whole in its picture's text", () => {
    const prompt = "a long corridor of doors ".repeat(40).trim();
    const round = roundOf({ status: "choosing", grid: GRID });
    const card = finalCard({
      final: finalOf({ status: "delivered", ...DELIVERED }),
      round: { ...round, order: { ...round.order, prompt } },
      approval: "director",
      available: credits(42),
    });
    const words = card.body[0]?.find((span) => span.type === "bold")?.text;
    expect(words).toMatch(/^a long corridor .*…$/);
    expect(words?.length).toBeLessThanOrEqual(200);
    expect(card.picture?.alt).toContain(prompt);
  });

  it("sent back can be redone while its grid is open", () => {
    const state = { status: "sent_back", because: undefined, by: ADA, at: T0, ...DELIVERED } as const;
    const open = showFinal(state);
    expect(labels(open)).toEqual(["Redo"]);
    expect(inWords(open)).toContain(`Sent back by @${ADA}. The grid is open again: redo this one`);
    const closed = showFinal(state, { status: "closed", grid: GRID, final: "NEXT" as FinalId });
    expect(closed.actions).toEqual([]);
    expect(inWords(closed)).toContain(`Sent back by @${ADA}. Another final is in the thread.`);
  });

  it.each([
    ["too dark", "too dark."],
    ["too dark!", "too dark!"],
    ["*bold* <!channel> @everyone", "*bold* <!channel> @everyone."],
  ])("sent back says why, word for word: %s", (because, words) => {
    const card = showFinal({ status: "sent_back", because, by: ADA, at: T0, ...DELIVERED });
    expect(inWords(card)).toContain(`❌ Sent back by @${ADA}: ${words} The grid is open again`);
    expect(card.body.flat().filter((span) => span.type === "text" && span.text.includes(words))).toHaveLength(
      1,
    );
    expect(card.summary).toContain(`Sent back: ${words} The grid is open again.`);
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
