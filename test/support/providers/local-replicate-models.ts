import { z } from "zod";

// Input schemas as the models' pages show them, with the fields that are of any use to us. What a schema does not
// have is refused here, although Replicate's validation may let it pass: it would be dropped without a word.

const ASPECTS = ["1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16"] as const;
const prompt = z.string().min(1);
const seed = z.int().optional();
const uri = z.string().regex(/^(?:https:\/\/|data:image\/(?:png|jpeg|webp|gif);base64,)/, "must be a URI");
const uris = (max: number) => z.array(uri).max(max).optional();
const outputs = z.int().min(1).max(4).default(1);
const format = (...formats: readonly string[]) => z.enum(formats).default(formats[0] ?? "webp");
const quality = z.int().min(0).max(100).optional();
const aspect = (...others: readonly string[]) => z.enum([...ASPECTS, ...others]).default("1:1");
const strength = z.number().min(0).max(1).optional();

export interface ReplicateModel {
  readonly name: string;
  /** Official ones are asked by their name, the others by a version alone. */
  readonly version: string | undefined;
  readonly input: z.ZodType<ReplicateInput>;
  /** Whether the output is a list of addresses or one. */
  readonly hasList: boolean;
}

export type ReplicateInput = Readonly<Record<string, unknown>>;

const official = (name: string, hasList: boolean, input: z.ZodType<ReplicateInput>): ReplicateModel => ({
  name,
  version: undefined,
  hasList,
  input,
});

export const SDXL_VERSION = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";

export const REPLICATE_MODELS: readonly ReplicateModel[] = [
  // https://replicate.com/google/nano-banana-pro/api/schema
  official(
    "google/nano-banana-pro",
    false,
    z.strictObject({
      prompt,
      image_input: uris(14),
      aspect_ratio: aspect("match_input_image"),
      resolution: z.enum(["1K", "2K", "4K"]).default("2K"),
      output_format: format("jpg", "png"),
      safety_filter_level: z
        .enum(["block_low_and_above", "block_medium_and_above", "block_only_high"])
        .optional(),
    }),
  ),
  // https://replicate.com/google/nano-banana/api/schema
  official(
    "google/nano-banana",
    false,
    z.strictObject({
      prompt,
      image_input: uris(14),
      aspect_ratio: aspect("match_input_image"),
      output_format: format("jpg", "png"),
    }),
  ),
  // https://replicate.com/black-forest-labs/flux-schnell/api/schema
  official(
    "black-forest-labs/flux-schnell",
    true,
    z.strictObject({
      prompt,
      aspect_ratio: aspect("9:21"),
      num_outputs: outputs,
      num_inference_steps: z.int().min(1).max(4).optional(),
      seed,
      output_format: format("webp", "jpg", "png"),
      output_quality: quality,
      megapixels: z.enum(["1", "0.25"]).optional(),
      go_fast: z.boolean().optional(),
      disable_safety_checker: z.boolean().optional(),
    }),
  ),
  // https://replicate.com/black-forest-labs/flux-dev/api/schema
  official(
    "black-forest-labs/flux-dev",
    true,
    z.strictObject({
      prompt,
      image: uri.optional(),
      prompt_strength: strength,
      aspect_ratio: aspect("9:21"),
      num_outputs: outputs,
      guidance: z.number().min(0).max(10).optional(),
      seed,
      output_format: format("webp", "jpg", "png"),
      output_quality: quality,
      megapixels: z.enum(["1", "0.25"]).optional(),
    }),
  ),
  // https://replicate.com/black-forest-labs/flux-2-pro/api/schema
  official(
    "black-forest-labs/flux-2-pro",
    false,
    z.strictObject({
      prompt,
      input_images: uris(8),
      aspect_ratio: aspect("match_input_image", "custom"),
      resolution: z.enum(["match_input_image", "0.5 MP", "1 MP", "2 MP", "4 MP"]).default("1 MP"),
      width: z.int().min(256).max(2048).optional(),
      height: z.int().min(256).max(2048).optional(),
      safety_tolerance: z.int().min(1).max(5).optional(),
      seed,
      output_format: format("webp", "jpg", "png"),
      output_quality: quality,
    }),
  ),
  // https://replicate.com/black-forest-labs/flux-2-klein-4b/api/schema
  official(
    "black-forest-labs/flux-2-klein-4b",
    true,
    z.strictObject({
      prompt,
      images: uris(5),
      aspect_ratio: aspect("match_input_image"),
      output_megapixels: z.enum(["0.25", "0.5", "1", "2", "4"]).default("1"),
      seed,
      go_fast: z.boolean().optional(),
      output_format: format("jpg", "webp", "png"),
      output_quality: quality,
    }),
  ),
  // https://replicate.com/black-forest-labs/flux-kontext-pro/api/schema
  official(
    "black-forest-labs/flux-kontext-pro",
    false,
    z.strictObject({
      prompt,
      input_image: uri.optional(),
      aspect_ratio: aspect("match_input_image", "9:21", "2:1", "1:2"),
      seed,
      output_format: format("png", "jpg"),
      safety_tolerance: z.int().min(0).max(6).optional(),
      prompt_upsampling: z.boolean().optional(),
    }),
  ),
  // https://replicate.com/stability-ai/sdxl/api/schema
  {
    name: "stability-ai/sdxl",
    version: SDXL_VERSION,
    hasList: true,
    input: z.strictObject({
      prompt,
      negative_prompt: z.string().optional(),
      image: uri.optional(),
      prompt_strength: strength,
      width: z.int().default(1024),
      height: z.int().default(1024),
      num_outputs: outputs,
      seed,
    }),
  },
];
