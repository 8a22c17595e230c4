import { z } from "zod";
import { Secret } from "../core/secret.ts";
import type { Provider } from "./model-setting.ts";
import { ownUrl, safeUrl, whole } from "./setting-kinds.ts";

/** Keys travel in a header: no spaces, no line breaks, ASCII. */
export const KEY = z
  .string()
  .regex(/^[!-~]{16,}$/, "has at least 16 characters, and no spaces")
  .transform((value) => new Secret(value));

const keyOf = (models: string) => KEY.optional().describe(`A key: ${models}`);
const urlOf = (whose: string) => safeUrl().optional().describe(`${whose} API, or a server that speaks it.`);

/** A part of `SETTINGS`. */
export const MODEL_SETTINGS = {
  DRAFTROOM_MODELS_FILE: z
    .string()
    .min(1)
    .default("models.yaml")
    .describe("Which image models there are, what they cost and what they can do. Read if it is there."),
  DRAFTROOM_PRICE_TAKE: whole(0, 10_000, 1).describe("Credits for a take, unless its model says otherwise."),
  DRAFTROOM_PRICE_FINAL_1K: whole(0, 10_000, 4).describe(
    "Credits for a final in 1K, unless its model says otherwise.",
  ),
  DRAFTROOM_PRICE_FINAL_2K: whole(0, 10_000, 4).describe(
    "Credits for a final in 2K, unless its model says otherwise.",
  ),
  DRAFTROOM_PRICE_FINAL_4K: whole(0, 10_000, 7).describe(
    "Credits for a final in 4K, unless its model says otherwise.",
  ),
  DRAFTROOM_MODEL_TIMEOUT_SECONDS: whole(1, 3600, 300).describe(
    "The longest that one call of an image model may take, unless its model says otherwise.",
  ),
  GEMINI_API_KEY: keyOf("Google's models make images."),
  OPENAI_API_KEY: keyOf("OpenAI's models make images."),
  FAL_KEY: keyOf("fal's models make images."),
  REPLICATE_API_TOKEN: keyOf("Replicate's models make images."),
  BFL_API_KEY: keyOf("Black Forest Labs' models make images."),
  SDAPI_URL: ownUrl()
    .optional()
    .describe("A server of one's own that speaks /sdapi/v1, such as http://127.0.0.1:7860: it makes images."),
  GEMINI_API_URL: urlOf("Google's"),
  OPENAI_API_URL: urlOf("OpenAI's"),
  FAL_API_URL: urlOf("fal's"),
  REPLICATE_API_URL: urlOf("Replicate's"),
  BFL_API_URL: urlOf("Black Forest Labs'"),
} as const;

export type ModelEnvironment = z.output<z.ZodObject<typeof MODEL_SETTINGS>>;
export type UrlName = Extract<keyof ModelEnvironment, `${string}_URL`>;
export type KeyName = Extract<keyof ModelEnvironment, `${string}_${"KEY" | "TOKEN"}`>;

/** Which variable holds a provider's key, and which its address. Undefined: it has none. */
export const ACCESS: Readonly<
  Record<Provider, { readonly key: KeyName | undefined; readonly url: UrlName | undefined }>
> = {
  sketch: { key: undefined, url: undefined },
  sdapi: { key: undefined, url: "SDAPI_URL" },
  google: { key: "GEMINI_API_KEY", url: "GEMINI_API_URL" },
  openai: { key: "OPENAI_API_KEY", url: "OPENAI_API_URL" },
  fal: { key: "FAL_KEY", url: "FAL_API_URL" },
  bfl: { key: "BFL_API_KEY", url: "BFL_API_URL" },
  replicate: { key: "REPLICATE_API_TOKEN", url: "REPLICATE_API_URL" },
};
