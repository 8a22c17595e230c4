import type { FailureKind } from "../core/failure.ts";
import type { Aspect, Dimensions, Size, Tier } from "../core/recipe.ts";

/** Something that makes images. */
export interface ImageModel {
  /** `{provider}/{model}`, for recipes and logs. */
  readonly id: string;
  /**
   * Makes one image. Never retries by itself: one call is at most one charge.
   *
   * @throws ModelError for everything that can go wrong at the provider. Aborting `call.signal` rejects.
   */
  generate(request: ImageRequest, call: ModelCall): Promise<ModelImage>;
}

/** No optional keys: a model decides about each one. */
export interface ImageRequest {
  readonly tier: Tier;
  readonly prompt: string;
  readonly seed: number;
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
}

export type ModelFailureKind = Exclude<FailureKind, "bad_image" | "storage" | "interrupted">;

/** A provider's failure, born with its meaning. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly kind: ModelFailureKind;
  readonly retryable: boolean;
  /** How long to wait before the next try, in milliseconds; undefined leaves it to the queue's ladder. */
  readonly retryAfterMs: number | undefined;
  /** Whether the provider charges for the failed call. */
  readonly billed: "yes" | "no" | "unknown";

  constructor(kind: ModelFailureKind, message: string, details: ModelErrorDetails) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.retryable = details.retryable;
    this.retryAfterMs = details.retryAfterMs;
    this.billed = details.billed;
  }
}

export interface ModelErrorDetails {
  readonly retryable: boolean;
  readonly billed: "yes" | "no" | "unknown";
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}
