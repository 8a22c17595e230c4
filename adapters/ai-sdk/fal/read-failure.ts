import { z } from "zod";
import { type Billed, ModelError, type ModelFailureKind } from "../../../src/ports/image-model.ts";
import { readHttpFailure } from "../read-http-failure.ts";
import type { Exchange, Wire } from "../wire.ts";
import { requestIdOf } from "./request-id.ts";

const WORD = z.string().regex(/^[a-z0-9_]{1,64}$/);
/** A model's errors are a list, those of the queue one word: https://fal.ai/docs/documentation/model-apis/errors.md and …/request-errors.md. */
const ANSWER = z.object({
  detail: z.union([z.string(), z.array(z.object({ type: z.string() }))]).catch(""),
  error_type: z.string().optional().catch(undefined),
});

interface Meaning {
  readonly kind: ModelFailureKind;
  /** Unless `X-Fal-Retryable` says otherwise. */
  readonly retryable: boolean;
}

const BUSY: Meaning = { kind: "overloaded", retryable: true };
const LATE: Meaning = { kind: "timeout", retryable: true };
const INVALID: Meaning = { kind: "invalid", retryable: false };
/** Every other type of a 4xx is of a request that cannot be done. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ["content_policy_violation", { kind: "blocked", retryable: false }],
  ["no_media_generated", { kind: "no_image", retryable: true }],
  ["generation_timeout", LATE],
  ["request_timeout", LATE],
  ["startup_timeout", LATE],
  ["downstream_service_error", BUSY],
  ["downstream_service_unavailable", BUSY],
  ["internal_server_error", BUSY],
  ["internal_error", BUSY],
  // Of somebody at fal's own desk.
  ["client_cancelled", BUSY],
  ["client_disconnected", BUSY],
  ["runner_scheduling_failure", BUSY],
  ["runner_connection_timeout", BUSY],
  ["runner_connection_refused", BUSY],
  ["runner_connection_error", BUSY],
  ["runner_disconnected", BUSY],
  ["runner_incomplete_response", BUSY],
  ["runner_server_error", BUSY],
]);

/** An account without money is locked. There is no code for that, only these words: https://github.com/fal-ai/fal/issues/1147. */
const LOCKED = /^User is locked\b/;

export function readFailure(_error: unknown, wire: Wire): ModelError | undefined {
  const last = wire.exchanges.at(-1);
  if (last === undefined) return undefined;
  const requestId = requestIdOf(wire);
  if (wire.exchanges.some(isResult)) {
    const what = "fal made an image that cannot be fetched";
    return new ModelError("no_image", what, { retryable: true, billed: "yes", requestId });
  }
  // Looks at the queue that broke, and were repeated, say nothing of how it ended.
  const plain = readHttpFailure("fal", { ...wire, exchanges: [last], asked: 1 });
  const { type, isOfModel, isLocked } = toldBy(last);
  if (isLocked) return new ModelError("quota", plain.message, { retryable: false, billed: "no", requestId });
  const other = last.status < 500 ? INVALID : BUSY;
  const meaning = MEANINGS.get(type ?? "") ?? (isOfModel ? other : undefined);
  return new ModelError(meaning?.kind ?? plain.kind, [plain.message, type].filter(Boolean).join(" "), {
    retryable: isRetryable(last.headers) ?? meaning?.retryable ?? plain.retryable,
    billed: meaning === undefined ? plain.billed : billedBy(last.status),
    retryAfterMs: plain.retryAfterMs,
    requestId,
  });
}

/** Whether the exchange names a picture: from then on it is paid for. */
function isResult({ status, json }: Exchange): boolean {
  return status === 200 && RESULT.safeParse(json).success;
}
const PICTURE = z.object({ url: z.string() });
const RESULT = z.union([z.object({ images: z.array(PICTURE).min(1) }), z.object({ image: PICTURE })]);

interface Told {
  /** Undefined: none that is a word. */
  readonly type: string | undefined;
  readonly isOfModel: boolean;
  readonly isLocked: boolean;
}

function toldBy({ json, headers }: Exchange): Told {
  const { detail = "", error_type } = ANSWER.safeParse(json).data ?? {};
  const isOfModel = typeof detail !== "string" && detail.length > 0;
  const types = isOfModel ? detail.map((each) => each.type) : [error_type ?? headers.get("x-fal-error-type")];
  const named = types.find((each) => MEANINGS.has(each ?? "")) ?? types[0];
  return {
    type: WORD.safeParse(named).data,
    isOfModel,
    isLocked: typeof detail === "string" && LOCKED.test(detail),
  };
}

/** `X-Fal-Needs-Retry` is its older name. */
function isRetryable(headers: Headers): boolean | undefined {
  const said = headers.get("x-fal-retryable") ?? headers.get("x-fal-needs-retry");
  return said === null ? undefined : said === "true" || said === "1";
}

/** A 5xx is never charged, a 422 may be: https://fal.ai/docs/documentation/model-apis/faq.md. */
function billedBy(status: number): Billed {
  return status >= 500 ? "no" : "unknown";
}
