import type { ImageModelV4, ImageModelV4CallOptions, ImageModelV4Result } from "@ai-sdk/provider";
import type { Secret } from "../../src/core/secret.ts";
import type { ImageRequest, ModelError, ModelImage, Reachability } from "../../src/ports/image-model.ts";
import type { Exchange, Fetch, Wire } from "./wire.ts";

/** A provider of images whose AI SDK package we use: what the package leaves to us, or maps poorly. */
export interface Vendor {
  /** As in `ModelSpec.id`, before the slash. */
  readonly name: string;
  /** Where its API is, unless the settings say otherwise. */
  readonly baseUrl: URL;
  /** Where its pictures may be fetched from besides the API's own origin: these hosts and those below them. */
  readonly resultHosts: readonly string[];
  /** Other hosts of its API, which are told the key as the base URL's own is. Default: none. */
  readonly apiHosts?: readonly string[];
  /** The package's model, speaking through `fetch`. One for each call. */
  open(model: HostedModel, fetch: Fetch): ImageModelV4;
  /** What to ask it for: nothing that its package would drop, and the guide first among the files. */
  toCall(model: HostedModel, request: ImageRequest): VendorCall;
  /**
   * Sees every answer of the provider before the package does.
   *
   * @throws ModelError for one that the package would not understand, or would wait on for ever.
   */
  onExchange(exchange: Exchange): void;
  /** @throws ModelError when the answer holds no image to use. */
  readAnswer(model: HostedModel, answer: ImageModelV4Result, wire: Wire): ModelImage;
  /** What the provider means by an answer that it did not give; undefined: no more than its HTTP status says. */
  readFailure(error: unknown, wire: Wire): ModelError | undefined;
  /** Without making or paying for anything. May reject: that is `unreachable`. */
  check(model: HostedModel, fetch: Fetch, signal: AbortSignal): Promise<Reachability>;
}

export type VendorCall = Pick<
  ImageModelV4CallOptions,
  "prompt" | "size" | "aspectRatio" | "seed" | "files" | "providerOptions"
>;

/** One model of a provider, as it is set up. */
export interface HostedModel {
  /** The provider's id. */
  readonly id: string;
  /** The id to ask where pictures go along, at providers that have two; undefined: the same. */
  readonly editId: string | undefined;
  readonly family: Family;
  /** Undefined: none was set. */
  readonly key: Secret | undefined;
  /** Undefined: the vendor's own. */
  readonly baseUrl: URL | undefined;
  /** Added to each call, in the provider's own words: they win over ours. */
  readonly options: Readonly<Record<string, Json>>;
  readonly tokenPrices: TokenPrices | undefined;
}

/** How a model is told to follow a picture; see `hand-off.ts`. */
export type Family = "gemini" | "gpt-image" | "flux" | "diffusion";

/** US dollars for a million tokens. */
export interface TokenPrices {
  readonly textIn: number;
  readonly imageIn: number;
  /** Also what it thinks. */
  readonly textOut: number;
  readonly imageOut: number;
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };
