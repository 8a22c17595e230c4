import type { ModelSpec } from "../core/model.ts";
import type { Secret } from "../core/secret.ts";

export const PROVIDERS = ["sketch", "google", "openai", "fal", "replicate", "bfl", "sdapi"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** A model as the settings describe it: what is known of it, and how it is reached. */
export interface ModelSetting {
  readonly spec: ModelSpec;
  readonly provider: Provider;
  /** The provider's own id. */
  readonly modelId: string;
  /** The id to ask where pictures go along, at providers that have two; undefined: the same. */
  readonly editId: string | undefined;
  /** How it is told to follow a picture. */
  readonly family: "gemini" | "gpt-image" | "flux" | "diffusion";
  /** The environment variable that the key comes from; undefined: it needs none. */
  readonly keyName: string | undefined;
  /** Undefined: none was set, or none is needed. */
  readonly key: Secret | undefined;
  /** Undefined: the provider's own. */
  readonly baseUrl: URL | undefined;
  /** In the provider's own words. */
  readonly options: Readonly<Record<string, Json>>;
  /** US dollars for a million tokens; undefined: it is not priced by tokens. */
  readonly tokenPrices:
    | {
        readonly textIn: number;
        readonly imageIn: number;
        readonly textOut: number;
        readonly imageOut: number;
      }
    | undefined;
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };
