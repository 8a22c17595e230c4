import { expect, it } from "vitest";
import {
  FAILURE_KINDS,
  FAILURE_NEXT_STEPS,
  FAILURE_SENTENCES,
  type FailureKind,
} from "../../src/core/failure.ts";
import { inWords } from "../support/story-desk.ts";
import { roundOf, show, showFinal, styles } from "./views.ts";

const OTHER_WORDS = [
  ["Edit…", "primary"],
  ["Retry", "plain"],
];
/** Others are tried again. */
const WAYS_OUT: Readonly<Partial<Record<FailureKind, string[][]>>> = {
  blocked: OTHER_WORDS,
  withheld: OTHER_WORDS,
  no_image: OTHER_WORDS,
  invalid: OTHER_WORDS,
  quota: [["Retry", "plain"]],
  no_model: [["Retry", "plain"]],
  auth: [["Retry", "plain"]],
  cancelled: [["Start again", "primary"]],
};

it.each(FAILURE_KINDS)(
  "that failed by %s says what happened, that nothing was charged, and what to do",
  (failure) => {
    const round = show(roundOf({ status: "failed", failure }));
    const final = showFinal({ status: "failed", failure });
    for (const card of [round, final]) {
      const words = inWords(card);
      expect(card.tone).toBe(failure === "cancelled" ? "info" : "error");
      expect(words).toContain(FAILURE_SENTENCES[failure]);
      expect(words).toMatch(/Nothing was charged/);
      expect(words).toContain(FAILURE_NEXT_STEPS[failure]);
      expect(card.note).toBe("0 credits · 42 left");
    }
    expect(styles(round)).toEqual(WAYS_OUT[failure] ?? [["Retry", "primary"]]);
    const again = WAYS_OUT[failure]?.at(-1);
    const isForWords = round.actions.length > 1;
    expect(styles(final)).toEqual([isForWords ? ["Retry", "primary"] : (again ?? ["Retry", "primary"])]);
    expect(inWords(final).includes("Edit… on the grid"), "it has no such button").toBe(isForWords);
  },
);
