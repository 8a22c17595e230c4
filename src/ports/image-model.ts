import type { Cost } from "../core/cost.ts";
import type { FailureKind } from "../core/failure.ts";
import type { Aspect, Dimensions, Size, Tier } from "../core/recipe.ts";

/** Something that makes images. */
export interface ImageModel {
  /**
   * Makes one image. Never retries by itself: one call is at most one charge.
   *
   * @throws ModelError for everything that can go wrong at the provider. Aborting `call.signal` rejects.
   */
  generate(request: ImageRequest, call: ModelCall): Promise<ModelImage>;
  /** Whether it could be asked now, without making or paying for anything. Never rejects. */
  check(signal: AbortSignal): Promise<Reachability>;
}

export type Reachability =
  /** `how`: what was looked at, such as "the provider knows the model". */
  | { readonly status: "reachable"; readonly how: string }
  /** The key is missing or not accepted. */
  | { readonly status: "refused"; readonly why: string }
  | { readonly status: "no_model"; readonly why: string }
  | { readonly status: "unreachable"; readonly why: string };

/** What a model is asked for: nothing that it cannot honour. No optional keys: a model decides about each one. */
export interface ImageRequest {
  readonly tier: Tier;
  readonly prompt: string;
  /** Undefined: the model has no seeds. */
  readonly seed: number | undefined;
  readonly aspect: Aspect;
  readonly size: Size;
  /** The pixels wanted for `aspect` at `size`. */
  readonly dimensions: Dimensions;
  readonly guide: Guide | undefined;
  /** Pictures to go by, in the order in which they were sent: PNG, JPEG or WebP bytes. */
  readonly references: readonly Reference[];
}

/** An image to follow: PNG, JPEG or WebP bytes; strength 0 ignores it, 1 copies it. */
export interface Guide {
  readonly bytes: Uint8Array;
  readonly strength: number;
}

/** A picture that shows what is wanted: its colours, its style, a thing in it. */
export interface Reference {
  readonly bytes: Uint8Array;
}

export interface ModelCall {
  readonly signal: AbortSignal;
  /** The same for each try of the same image, so that a provider that can will not charge twice. */
  readonly idempotencyKey: string;
}

export interface ModelImage {
  /** Untrusted: whatever the provider sent. */
  readonly bytes: Uint8Array;
  /** The exact version the provider reported. */
  readonly modelVersion: string | undefined;
  /** The seed that it says it used; undefined when it says nothing. */
  readonly seed: number | undefined;
  /** The provider's name for the call, to ask it about. */
  readonly requestId: string | undefined;
  /** What the provider charges, when its answer tells; undefined: the price list is all there is. */
  readonly cost: Cost | undefined;
}

export type Billed = "yes" | "no" | "unknown";

export type ModelFailureKind = Exclude<FailureKind, "bad_image" | "storage" | "interrupted" | "cancelled">;

/**
 * A provider's failure, born with its meaning. Its message is our own words and the provider's codes: never
 * a key, a prompt, or what else a provider may repeat of a request.
 */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly kind: ModelFailureKind;
  readonly retryable: boolean;
  /** How long to wait before the next try, in milliseconds; undefined leaves it to the queue's ladder. */
  readonly retryAfterMs: number | undefined;
  /** Whether the provider charges for the failed call. */
  readonly billed: Billed;
  /** What the failed call cost, when the answer tells. */
  readonly cost: Cost | undefined;
  readonly requestId: string | undefined;

  constructor(kind: ModelFailureKind, message: string, details: ModelErrorDetails) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.retryable = details.retryable;
    this.retryAfterMs = details.retryAfterMs;
    this.billed = details.billed;
    this.cost = details.cost;
    this.requestId = details.requestId;
  }
}

export interface ModelErrorDetails {
  readonly retryable: boolean;
  readonly billed: Billed;
  readonly retryAfterMs?: number | undefined;
  readonly cost?: Cost | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}
