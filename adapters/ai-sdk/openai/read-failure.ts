import { z } from "zod";
import { type Billed, ModelError, type ModelFailureKind } from "../../../src/ports/image-model.ts";
import { readHttpFailure } from "../read-http-failure.ts";
import type { Wire } from "../wire.ts";
import { readResetMs } from "./reset-after.ts";

const WORD = z
  .string()
  .regex(/^[a-z0-9_]{1,64}$/)
  .nullish()
  .catch(undefined);
const ANSWER = z.object({
  error: z.object({
    code: WORD,
    type: WORD,
    param: WORD,
    /** Where the safety system stepped in: before the image was made (`input`) or after (`output`). */
    moderation_details: z.object({ moderation_stage: WORD }).nullish().catch(undefined),
  }),
});
type Told = z.output<typeof ANSWER>["error"];

/** No money or no more of it allowed: https://developers.openai.com/docs/guides/error-codes. */
const QUOTA = new Set([
  "insufficient_quota",
  "billing_hard_limit_reached",
  "billing_not_active",
  "credit_balance_exhausted",
  "organization_spend_limit_exceeded",
  "organization_usage_limit_exceeded",
  "project_spend_limit_exceeded",
]);
const BLOCKED = new Set(["moderation_blocked", "content_policy_violation"]);

/** By the code of an error; what has none of these means what its HTTP status says. */
export function readFailure(_error: unknown, wire: Wire): ModelError | undefined {
  const last = wire.exchanges.at(-1);
  if (last === undefined) return undefined;
  const told = ANSWER.safeParse(last.json).data?.error;
  const plain = readHttpFailure("openai", wire);
  const meaning = told === undefined ? undefined : meaningOf(told);
  const { kind, retryable, billed } = meaning ?? plain;
  return new ModelError(kind, [plain.message, told?.code].filter(Boolean).join(" "), {
    retryable,
    billed,
    retryAfterMs:
      kind === "rate_limited" ? (plain.retryAfterMs ?? readResetMs(last.headers)) : plain.retryAfterMs,
    requestId: last.headers.get("x-request-id") ?? undefined,
  });
}

interface Meaning {
  readonly kind: ModelFailureKind;
  readonly retryable: boolean;
  readonly billed: Billed;
}

function meaningOf({ code, type, param, moderation_details }: Told): Meaning | undefined {
  if (code && BLOCKED.has(code)) return meaningOfBlock(moderation_details?.moderation_stage);
  // All that is about money shares this type; the code tells which.
  if (type === "insufficient_quota" || (code && QUOTA.has(code))) {
    return { kind: "quota", retryable: false, billed: "no" };
  }
  if (code === "model_not_found" || (code === "invalid_value" && param === "model")) {
    return { kind: "no_model", retryable: false, billed: "no" };
  }
  return undefined;
}

/** Whether an image is charged for that was made and then held back, nobody says. */
function meaningOfBlock(stage: string | null | undefined): Meaning {
  if (stage === "output") return { kind: "withheld", retryable: false, billed: "unknown" };
  return { kind: "blocked", retryable: false, billed: stage === "input" ? "no" : "unknown" };
}
