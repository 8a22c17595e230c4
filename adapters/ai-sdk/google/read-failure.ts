import { z } from "zod";
import { ModelError } from "../../../src/ports/image-model.ts";
import { readHttpFailure } from "../read-http-failure.ts";
import { readRetryAfterMs } from "../retry-after.ts";
import type { Exchange, Wire } from "../wire.ts";
import { failureOf, parseAnswer } from "./read-answer.ts";

const text = z.string().default("").catch("");

const detail = z.object({
  /** Of `google.rpc.ErrorInfo`. */
  reason: text,
  metadata: z.object({ quota_limit_value: text }).optional().catch(undefined),
  /** Of `google.rpc.QuotaFailure`. */
  violations: z
    .array(z.object({ quotaId: text, quotaValue: text }))
    .default([])
    .catch([]),
  /** Of `google.rpc.RetryInfo`: seconds, such as `59.9s`. */
  retryDelay: text,
});

/** https://google.aip.dev/193 and https://ai.google.dev/gemini-api/docs/troubleshooting. */
const FAILURE = z.object({
  error: z.object({
    status: z
      .string()
      .regex(/^[A-Z_]{1,40}$/)
      .catch("UNKNOWN"),
    message: text,
    details: z.array(detail).default([]).catch([]),
  }),
});
type Failure = z.output<typeof FAILURE>["error"];

/** What Google means where its HTTP status does not say so. Undefined: it does. */
export function readFailure(wire: Wire): ModelError | undefined {
  const last = wire.exchanges.at(-1);
  if (last === undefined) return undefined;
  // The package could not read it, but perhaps we can.
  if (last.status < 300) return failureOf(parseAnswer(last), undefined);
  const { success, data } = FAILURE.safeParse(last.json);
  if (!success) return undefined;
  const { error } = data;
  const said = `google answered ${last.status} ${error.status}`;
  // A bad key is a bad request here.
  if (error.details.some((each) => each.reason.startsWith("API_KEY_"))) {
    return new ModelError("auth", said, { retryable: false, billed: "no" });
  }
  if (isOutOfQuota(error)) return new ModelError("quota", said, { retryable: false, billed: "no" });
  return withDelay(readHttpFailure("google", wire), said, delayOf(error, last));
}

/** No quota at all, none left today, or no billing: another try in a minute comes to the same. */
function isOutOfQuota({ status, message, details }: Failure): boolean {
  if (details.some((each) => each.reason === "BILLING_DISABLED")) return true;
  if (status === "FAILED_PRECONDITION") return true;
  if (status !== "RESOURCE_EXHAUSTED") return false;
  // A quota of nothing is left out of the violation, as a zero: only the message has it.
  if (/\blimit: 0\b(?!\.)/.test(message)) return true;
  return details.some(
    (each) =>
      each.metadata?.quota_limit_value === "0" ||
      each.violations.some(({ quotaId, quotaValue }) => quotaValue === "0" || quotaId.includes("PerDay")),
  );
}

function delayOf({ details }: Failure, last: Exchange): number | undefined {
  const seconds = details.map((each) => /^(\d{1,9}(?:\.\d+)?)s$/.exec(each.retryDelay)?.[1]).find(Boolean);
  return seconds === undefined ? readRetryAfterMs(last.headers) : Math.ceil(Number(seconds) * 1000);
}

function withDelay(
  { kind, retryable, billed }: ModelError,
  said: string,
  delayMs: number | undefined,
): ModelError {
  return new ModelError(kind, said, { retryable, billed, retryAfterMs: retryable ? delayMs : undefined });
}
