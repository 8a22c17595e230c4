import { z } from "zod";

// What each model takes: https://docs.bfl.ai/api-reference. Whatever is not there is refused here, although the API
// may let it pass: it would be dropped without a word.

/** Base64 as it is, or a URL; not a data URL. */
const picture = z.union([z.base64().min(1), z.url({ protocol: /^https$/ })]).optional();
const seed = z.int().nonnegative().optional();
const aspect = z
  .string()
  .regex(/^\d{1,2}:\d{1,2}$/)
  .optional();
const common = {
  prompt: z.string(),
  seed,
  output_format: z.enum(["jpeg", "png"]).default("jpeg"),
  webhook_url: z.url().optional(),
  webhook_secret: z.string().optional(),
};
/** `input_image`, `input_image_2`, … */
const pictures = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [at === 0 ? "input_image" : `input_image_${at + 1}`, picture]),
  );
const side = (min: number, max: number, step: number) =>
  z.int().min(min).max(max).multipleOf(step).optional();

const flux2 = (count: number, more: z.ZodRawShape = {}): z.ZodType<BflInput> =>
  z
    .strictObject({
      ...common,
      ...pictures(count),
      width: side(64, 4096, 16),
      height: side(64, 4096, 16),
      safety_tolerance: z.int().min(0).max(5).default(2),
      ...more,
    })
    .refine(({ width = 1024, height = 1024 }) => Number(width) * Number(height) <= 2048 * 2048, {
      message: "more than 4 megapixels",
      path: ["width"],
    });

export type BflInput = Readonly<Record<string, unknown>>;

/** Credits: what the first megapixel costs, and each other one of what comes or goes along. */
export interface BflModel {
  readonly input: z.ZodType<BflInput>;
  readonly credits: readonly [first: number, other: number];
}

/** Prices: https://docs.bfl.ai/quick_start/pricing. */
export const BFL_MODELS: Readonly<Record<string, BflModel>> = {
  // https://docs.bfl.ai/api-reference/models/generate-or-edit-an-image-with-flux2-[pro]
  "flux-2-pro": { input: flux2(8), credits: [3, 1.5] },
  "flux-2-klein-4b": { input: flux2(4), credits: [1.4, 0.1] },
  "flux-2-flex": {
    input: flux2(8, {
      steps: z.int().min(1).max(50).optional(),
      guidance: z.number().min(1.5).max(10).optional(),
      prompt_upsampling: z.boolean().optional(),
    }),
    credits: [5, 5],
  },
  // https://docs.bfl.ai/api-reference/models/edit-or-create-an-image-with-flux1-kontext-[pro]
  "flux-kontext-pro": {
    input: z.strictObject({
      ...common,
      ...pictures(4),
      aspect_ratio: aspect,
      prompt_upsampling: z.boolean().optional(),
      safety_tolerance: z.int().min(0).max(6).default(2),
    }),
    credits: [4, 0],
  },
  // https://docs.bfl.ai/api-reference/models/generate-an-image-with-flux11-[pro]-ultra-mode
  "flux-pro-1.1-ultra": {
    input: z.strictObject({
      ...common,
      aspect_ratio: aspect,
      raw: z.boolean().optional(),
      image_prompt: picture,
      image_prompt_strength: z.number().min(0).max(1).default(0.1),
      prompt_upsampling: z.boolean().optional(),
      safety_tolerance: z.int().min(0).max(6).default(2),
    }),
    credits: [6, 0],
  },
  // https://docs.bfl.ai/api-reference/models/generate-an-image-with-flux11-[pro]
  "flux-pro-1.1": {
    input: z.strictObject({
      ...common,
      image_prompt: picture,
      image_prompt_strength: z.number().min(0).max(1).optional(),
      width: side(256, 1440, 32),
      height: side(256, 1440, 32),
      prompt_upsampling: z.boolean().optional(),
      safety_tolerance: z.int().min(0).max(6).default(2),
    }),
    credits: [4, 0],
  },
};
