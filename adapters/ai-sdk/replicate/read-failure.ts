import { z } from "zod";
import { type Billed, ModelError, type ModelFailureKind } from "../../../src/ports/image-model.ts";
import { readRetryAfterMs } from "../retry-after.ts";
import type { Exchange, Wire } from "../wire.ts";
import { lastPrediction, type Prediction, toPrediction } from "./prediction.ts";

interface Meaning {
  readonly kind: ModelFailureKind;
  readonly retryable: boolean;
}

const OVERLOADED: Meaning = { kind: "overloaded", retryable: true };
const BLOCKED: Meaning = { kind: "blocked", retryable: false };
const INVALID: Meaning = { kind: "invalid", retryable: false };
const TIMEOUT: Meaning = { kind: "timeout", retryable: true };

/**
 * Four digits are Replicate's own (https://replicate.com/docs/reference/error-codes); with three, official
 * models say what came of asking their makers. E005 is "the input or output was flagged": which one, nobody says.
 */
const BY_CODE: Readonly<Record<string, Meaning>> = {
  E003: OVERLOADED,
  E004: OVERLOADED,
  E005: BLOCKED,
  E006: INVALID,
  E1000: OVERLOADED,
  // Out of memory: the same request would be again.
  E1001: INVALID,
  E6716: TIMEOUT,
};

/** For errors without a code: there is nothing to go by but what models are known to write. */
const BY_WORDS: readonly (readonly [words: RegExp, meaning: Meaning])[] = [
  // Checkers of what was made: https://replicate.com/docs/topics/predictions/safety-checking.
  [/\bnsfw\b/i, { kind: "withheld", retryable: false }],
  [/queue is full|^director:|interrupted/i, OVERLOADED],
  [/\btimed? ?out\b/i, TIMEOUT],
  [/\bflagged\b|\bsafety\b|moderat|prohibited|content policy/i, BLOCKED],
];

/** How a prediction ended badly; undefined: it did not, or not yet. */
export function failureOf({ id, status, error }: Prediction): ModelError | undefined {
  switch (status) {
    case "failed": {
      const code = /\bE\d{3,4}\b/.exec(error ?? "")?.[0];
      const told = code === undefined ? "" : ` (${code})`;
      return end(id, `replicate: the prediction failed${told}`, meaningOf(error ?? "", code), "unknown");
    }
    // Not by us: who gives up does not look any more. What has run so far may be charged for, what was aborted
    // never ran (https://replicate.com/changelog/2025-10-16-prediction-deadlines).
    case "canceled":
      return end(id, "replicate: the prediction was canceled there", OVERLOADED, "unknown");
    case "aborted":
      return end(id, "replicate: the prediction did not start in time", OVERLOADED, "no");
    default:
      return undefined;
  }
}

/** What a call came to whose last answer was no prediction's end; undefined: what its HTTP status says. */
export function readFailure(wire: Wire): ModelError | undefined {
  const last = wire.exchanges.at(-1);
  const prediction = lastPrediction(wire);
  if (last === undefined) return undefined;
  if (prediction === undefined) return last.status === 429 ? throttled(last) : undefined;
  const { id, status, output } = prediction;
  if (status === "succeeded") {
    const isMade = output !== null && output !== undefined;
    const message = isMade ? "replicate's picture could not be fetched" : "replicate made no picture";
    return end(id, message, NO_IMAGE, isMade ? "yes" : "unknown");
  }
  if (last.status < 400 && toPrediction(last.json) === undefined) {
    return end(id, "replicate answered what cannot be read", NO_IMAGE, "unknown");
  }
  const answered = last.status < 400 ? "" : ` (${last.status})`;
  return end(id, `replicate was not heard to the end${answered}`, OVERLOADED, "unknown");
}

const NO_IMAGE: Meaning = { kind: "no_image", retryable: true };

function meaningOf(error: string, code: string | undefined): Meaning {
  const known = code === undefined ? undefined : BY_CODE[code];
  return known ?? BY_WORDS.find(([words]) => words.test(error))?.[1] ?? NO_IMAGE;
}

function end(requestId: string, message: string, { kind, retryable }: Meaning, billed: Billed): ModelError {
  return new ModelError(kind, message, { retryable, billed, requestId });
}

const THROTTLED = z.object({
  retry_after: z.number().nonnegative().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
});

/** When to come again stands in the text: https://replicate.com/docs/topics/predictions/rate-limits. */
function throttled({ headers, json }: Exchange): ModelError {
  const { retry_after, detail } = THROTTLED.safeParse(json).data ?? {};
  const told = retry_after ?? /resets in ~?(\d{1,6})s/.exec(detail ?? "")?.[1];
  return new ModelError("rate_limited", "replicate answered 429", {
    retryable: true,
    billed: "no",
    retryAfterMs: readRetryAfterMs(headers) ?? (told === undefined ? undefined : Number(told) * 1000),
  });
}
