import type { HostedModel } from "../../../adapters/ai-sdk/vendor.ts";
import type { ImageModel } from "../../../src/ports/image-model.ts";

/** What a call of a provider comes to. Each is what its documentation says it looks like on the wire. */
export const OUTCOMES = [
  "made",
  /** More images than were asked for. */
  "several",
  /** Interim images beside the final one. */
  "thoughts",
  /** The prompt was refused, whatever the HTTP status of that is there. */
  "blocked",
  /** An image was made, and held back. */
  "withheld",
  /** A good answer without an image. */
  "no_image",
  /** Asked too often: come again in `RETRY_SECONDS`. */
  "rate_limited",
  /** Asked too often, and no word about when to come again. */
  "rate_limited_plain",
  "overloaded",
  /** The account has no money or no quota at all. */
  "quota",
  "auth",
  "no_model",
  /** The request is not a good one. */
  "invalid",
  /** No answer before the test ends or the call is cut off. */
  "slow",
  /** The connection ends in the middle of the answer. */
  "cut",
  /** Something else where the image should be. */
  "wrong_type",
  /** An image of more bytes than anybody wants. */
  "huge",
  "invalid_json",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a `rate_limited` answer asks for. */
export const RETRY_SECONDS = 7;

/** A provider's cloud on this machine: it enforces the documented rules and fails on what it does not know. */
export interface LocalProvider {
  readonly name: string;
  readonly url: URL;
  /** The outcomes that this provider has. */
  readonly outcomes: readonly Outcome[];
  /** A model of it, through the real package, as a good set-up has it. */
  model(changes?: Partial<HostedModel>): ImageModel;
  /** What becomes of the next calls, in order. After those, images are made. */
  next(...outcomes: readonly Outcome[]): void;
  /** Every call that would be paid for, the earliest first: one a generation, however it ended after it was accepted. */
  readonly paid: readonly PaidCall[];
  /** What was asked that no documentation knows: a test fails on any. */
  readonly unknown: readonly string[];
  /** The keys that are accepted; a test takes one away. */
  readonly keys: Set<string>;
  close(): Promise<void>;
}

/** A generation as the provider understood it. */
export interface PaidCall {
  readonly model: string;
  readonly prompt: string;
  readonly seed: number | undefined;
  /** As it was said: "16:9", "1024x1024", … */
  readonly aspect: string | undefined;
  readonly size: string | undefined;
  readonly strength: number | undefined;
  /** Bytes of the pictures that came along, in their order. */
  readonly pictures: readonly Uint8Array[];
  /** The request's body as it came, for what only this provider has. */
  readonly body: unknown;
}
