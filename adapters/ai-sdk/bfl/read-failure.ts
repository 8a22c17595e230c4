import { z } from "zod";
import { type Billed, ModelError, type ModelErrorDetails } from "../../../src/ports/image-model.ts";
import { readRetryAfterMs } from "../retry-after.ts";
import type { Exchange, Wire } from "../wire.ts";
import { findTask, type Result, toCost, toResult } from "./task.ts";

/**
 * How a task ended badly; undefined: it did not, or not yet. The package would wait on for ever when the prompt
 * was moderated, and takes the words that it does not know for broken answers: https://docs.bfl.ai/api_integration/errors.
 */
export function failureOf({ id, status, cost }: Result): ModelError | undefined {
  const paid = { requestId: id, cost: toCost(cost), billed: billedBy(cost) };
  switch (status) {
    case "Request Moderated":
      return new ModelError("blocked", "bfl: the request was moderated", { retryable: false, ...paid });
    case "Content Moderated":
      return new ModelError("withheld", "bfl: the content was moderated", { retryable: false, ...paid });
    case "Error":
    case "Failed":
      return new ModelError("no_image", "bfl: the task failed", { retryable: true, ...paid });
    case "Task not found":
      return new ModelError("overloaded", "bfl: the task was lost", { retryable: true, ...paid });
    default:
      return undefined;
  }
}

/** What a call came to whose last answer was no task's end; undefined: what its HTTP status says. */
export function readFailure(wire: Wire): ModelError | undefined {
  const last = wire.exchanges.at(-1);
  if (last === undefined) return undefined;
  const task = findTask(wire);
  if (task === undefined) return last.status === 429 ? tooMany(last) : undefined;
  const { id: requestId, result, cost } = task;
  const again = { retryable: true, requestId } satisfies Partial<ModelErrorDetails>;
  if (result?.status === "Ready") {
    const details = { ...again, cost, billed: "yes" } as const;
    return new ModelError("no_image", "bfl's picture could not be fetched", details);
  }
  // The first answer was good, and every other has to be a result.
  if (wire.exchanges.length > 1 && last.status < 400 && toResult(last.json) === undefined) {
    const details = { ...again, billed: "unknown" } as const;
    return new ModelError("no_image", "bfl answered what cannot be read", details);
  }
  const details = { ...again, billed: "unknown" } as const;
  const answered = last.status < 400 ? "" : ` (${last.status})`;
  return new ModelError("overloaded", `bfl was not heard to the end${answered}`, details);
}

function billedBy(credits: number | null | undefined): Billed {
  if (credits === null || credits === undefined) return "unknown";
  return credits > 0 ? "yes" : "no";
}

/** https://github.com/black-forest-labs/skills: rate-limiting.md. */
const TOO_MANY = z.object({ retry_after: z.number().nonnegative() });

/** More tasks than may be active, 24 of most models: https://docs.bfl.ml/quick_start/generating_images. */
function tooMany({ headers, json }: Exchange): ModelError {
  const seconds = TOO_MANY.safeParse(json).data?.retry_after;
  return new ModelError("rate_limited", "bfl answered 429", {
    retryable: true,
    billed: "no",
    retryAfterMs: readRetryAfterMs(headers) ?? (seconds === undefined ? undefined : seconds * 1000),
  });
}
