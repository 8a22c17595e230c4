import { z } from "zod";
import type { Aspect, Dimensions, Size } from "../../../src/core/recipe.ts";
import type { Answered } from "./provider-server.ts";

/**
 * What a few of fal's endpoints take, by their pages (`https://fal.ai/models/{id}/llms.txt`). Stricter than fal in
 * one thing: a field that is none of theirs is an error.
 */

const ASPECTS = ["21:9", "16:9", "3:2", "4:3", "5:4", "1:1", "4:5", "3:4", "2:3", "9:16"] as const;
const PRESETS = [
  "square_hd",
  "square",
  "portrait_4_3",
  "portrait_16_9",
  "landscape_4_3",
  "landscape_16_9",
] as const;
const SIDE = z.int().min(256).max(4096).multipleOf(8);
const IMAGE_SIZE = z.union([z.enum(PRESETS), z.strictObject({ width: SIDE, height: SIDE })]);
/** A URL, or an image itself as a data URI. */
const IMAGE = z.string().regex(/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/);

const EVERY = {
  prompt: z.string().min(1),
  num_images: z.int().min(1).max(4).default(1),
  seed: z.int().nonnegative().optional(),
  output_format: z.enum(["jpeg", "png", "webp"]).optional(),
  sync_mode: z.literal(false).optional(),
};

const gemini = {
  ...EVERY,
  safety_tolerance: z.enum(["1", "2", "3", "4", "5", "6"]).optional(),
  limit_generations: z.boolean().optional(),
  aspect_ratio: z.enum(["auto", ...ASPECTS]).default("1:1"),
  resolution: z.enum(["1K", "2K", "4K"]).default("1K"),
};
const flux = {
  ...EVERY,
  num_inference_steps: z.int().min(1).max(50).optional(),
  guidance_scale: z.number().min(0).max(20).optional(),
  enable_safety_checker: z.boolean().optional(),
  acceleration: z.enum(["none", "regular", "high"]).optional(),
};

export const FAL_ENDPOINTS = {
  "fal-ai/nano-banana-pro": z.strictObject(gemini),
  "fal-ai/nano-banana-pro/edit": z.strictObject({ ...gemini, image_urls: z.array(IMAGE).min(1).max(14) }),
  "fal-ai/flux-2": z.strictObject({ ...flux, image_size: IMAGE_SIZE.optional() }),
  "fal-ai/flux-2/edit": z.strictObject({
    ...flux,
    image_size: IMAGE_SIZE.optional(),
    image_urls: z.array(IMAGE).min(1).max(4),
  }),
  "fal-ai/flux/dev": z.strictObject({ ...flux, image_size: IMAGE_SIZE.optional() }),
  "fal-ai/flux/dev/image-to-image": z.strictObject({
    ...flux,
    image_url: IMAGE,
    strength: z.number().min(0.01).max(1).default(0.95),
  }),
} as const;
export type FalEndpoint = keyof typeof FAL_ENDPOINTS;

/** What any of them may have been asked. */
export interface FalOrder {
  readonly prompt: string;
  readonly num_images: number;
  readonly seed?: number | undefined;
  readonly aspect_ratio?: Aspect | "auto";
  readonly resolution?: Size;
  readonly image_size?: string | Dimensions | undefined;
  readonly image_url?: string;
  readonly image_urls?: readonly string[];
  readonly strength?: number;
}

export const isFalEndpoint = (id: string): id is FalEndpoint => id in FAL_ENDPOINTS;

const TYPES: Readonly<Record<string, string>> = {
  too_small: "greater_than_equal",
  too_big: "less_than_equal",
  not_multiple_of: "multiple_of",
  invalid_value: "one_of",
  unrecognized_keys: "extra_forbidden",
};

/** The first of what is wrong with an order, in the words of https://fal.ai/docs/documentation/model-apis/errors.md. */
export function wrongWith({ issues: [issue] }: z.ZodError): Answered {
  const loc = ["body", ...(issue?.path.map(String) ?? [])];
  const detail = [{ loc, msg: issue?.message ?? "", type: TYPES[issue?.code ?? ""] ?? "value_error" }];
  return { status: 422, headers: { "x-fal-retryable": "false" }, body: { detail } };
}

/** The pictures of an order, in their order. */
export function picturesOf({ image_url, image_urls = [] }: FalOrder): Buffer[] {
  const uris = image_url === undefined ? image_urls : [image_url];
  return uris.map((uri) => Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64"));
}
