import { describe, expect, it } from "vitest";
import { denialCard } from "../../src/cards/denial-card.ts";
import type { FinalId } from "../../src/core/ids.ts";
import { T0 } from "../support/make-records.ts";
import { ADA, inWords } from "../support/story-desk.ts";
import { DELIVERED, GRID, labels, roundOf, show, showFinal } from "./views.ts";

describe("the card of a final", () => {
  it("says what is held, then what it cost and who decided", () => {
    const queued = showFinal({ status: "queued" });
    expect(queued.note).toBe("7 credits held · 42 left");
    expect(queued.actions).toEqual([{ id: "cancel_final.FINAL", label: "Cancel", style: "plain" }]);
    const delivered = showFinal({ status: "delivered", ...DELIVERED });
    expect(labels(delivered)).toEqual(["Approve", "Send back…", "Redo", "Recipe"]);
    expect(delivered.reactions).toEqual(["approve", "reject"]);
    expect(delivered.picture).toMatchObject({ asset: "P", full: "F" });
    expect(delivered.note).toBe("7 credits · 42 left · 4K · seed 8 · test · AI-generated");
    const approved = showFinal({ status: "approved", by: ADA, at: T0, ...DELIVERED });
    expect(labels(approved)).toEqual(["Recipe"]);
    expect(inWords(approved)).toContain(`Approved by @${ADA}.`);
  });

  it("that failed says of what, and for whom", () => {
    const [first] = inWords(showFinal({ status: "failed", failure: "timeout" })).split("\n");
    expect(first).toBe("The final of take 2 for @studio:mia: a red fox could not be made.");
  });

  it("that was cancelled is nobody's failure", () => {
    const card = showFinal({ status: "failed", failure: "cancelled" });
    expect(inWords(card).split("\n")).toEqual([
      "The final of take 2 for @studio:mia: a red fox is not made.",
      "Cancelled.",
      "Nothing was charged, and the grid is open again. Start it again whenever you like.",
    ]);
  });

  it("has the beginning of a long prompt, and the whole in its picture's text", () => {
    const prompt = "a long corridor of doors ".repeat(40).trim();
    const round = roundOf({ status: "choosing", grid: GRID });
    const card = showFinal(
      { status: "delivered", ...DELIVERED },
      { round: { ...round, order: { ...round.order, prompt } } },
    );
    const words = card.body[0]?.find((span) => span.type === "bold")?.text;
    expect(words).toMatch(/^a long corridor .*…$/);
    expect(words?.length).toBeLessThanOrEqual(200);
    expect(card.picture?.alt).toContain(prompt);
  });

  it("sent back can be redone while its grid is open", () => {
    const state = { status: "sent_back", because: undefined, by: ADA, at: T0, ...DELIVERED } as const;
    const open = showFinal(state);
    expect(labels(open)).toEqual(["Redo", "Recipe"]);
    expect(inWords(open)).toContain(`Sent back by @${ADA}. The grid is open again: redo this one`);
    const closed = showFinal(state, {
      round: roundOf({ status: "closed", grid: GRID, final: "NEXT" as FinalId }),
    });
    expect(labels(closed)).toEqual(["Recipe"]);
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
