import type { Billed, ModelFailureKind } from "../../src/ports/image-model.ts";
import { type Outcome, RETRY_SECONDS } from "../support/providers/local-provider.ts";

export interface Ending {
  readonly kind: ModelFailureKind;
  /** Undefined: providers differ. */
  readonly retryable: boolean | undefined;
  /** Providers differ in what they charge for: any of these. */
  readonly billed: readonly Billed[];
  readonly retryAfterMs?: number;
}

const RETRY_MS = RETRY_SECONDS * 1000;

/** How each outcome ends that is no image. */
export const ENDINGS: ReadonlyMap<Outcome, Ending> = new Map<Outcome, Ending>([
  ["blocked", { kind: "blocked", retryable: false, billed: ["no", "unknown"] }],
  ["withheld", { kind: "withheld", retryable: false, billed: ["yes", "no", "unknown"] }],
  ["no_image", { kind: "no_image", retryable: true, billed: ["yes", "no", "unknown"] }],
  ["rate_limited", { kind: "rate_limited", retryable: true, billed: ["no"], retryAfterMs: RETRY_MS }],
  ["rate_limited_plain", { kind: "rate_limited", retryable: true, billed: ["no"] }],
  ["overloaded", { kind: "overloaded", retryable: true, billed: ["no", "unknown"] }],
  ["quota", { kind: "quota", retryable: false, billed: ["no"] }],
  ["auth", { kind: "auth", retryable: false, billed: ["no"] }],
  ["no_model", { kind: "no_model", retryable: false, billed: ["no"] }],
  // Some look at a request only when they have begun to work on it.
  ["invalid", { kind: "invalid", retryable: false, billed: ["no", "unknown"] }],
  ["cut", { kind: "overloaded", retryable: true, billed: ["unknown"] }],
  ["huge", { kind: "no_image", retryable: undefined, billed: ["yes", "unknown"] }],
  ["invalid_json", { kind: "no_image", retryable: true, billed: ["unknown"] }],
]);
