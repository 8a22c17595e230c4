import { z } from "zod";

/** What each image model takes: https://ai.google.dev/gemini-api/docs/image-generation and its page under https://ai.google.dev/gemini-api/docs/models. */
export interface GoogleModel {
  /** Besides being left alone. */
  readonly sizes: readonly string[];
  readonly extremeAspects: boolean;
  readonly thinking: readonly string[];
}

export const GOOGLE_MODELS: Readonly<Record<string, GoogleModel>> = {
  "gemini-3.1-flash-lite-image": { sizes: [], extremeAspects: true, thinking: ["minimal", "high"] },
  "gemini-nano-banana-2.1": {
    sizes: ["1K", "2K", "4K"],
    extremeAspects: true,
    thinking: ["minimal", "medium", "high"],
  },
  "gemini-3-pro-image": { sizes: ["1K", "2K", "4K"], extremeAspects: false, thinking: [] },
};

/** Pixels at 1K; 2K and 4K are twice and four times that. */
const PIXELS: Readonly<Record<string, readonly [width: number, height: number]>> = {
  "1:1": [1024, 1024],
  "2:3": [848, 1264],
  "3:2": [1264, 848],
  "3:4": [896, 1200],
  "4:3": [1200, 896],
  "4:5": [928, 1152],
  "5:4": [1152, 928],
  "9:16": [768, 1376],
  "16:9": [1376, 768],
  "21:9": [1584, 672],
};
const EXTREME = ["1:4", "4:1", "1:8", "8:1"];

export function pixelsOf(aspect: string, size: string): { readonly width: number; readonly height: number } {
  const [width, height] = PIXELS[aspect] ?? [1024, 1024];
  const times = size === "4K" ? 4 : size === "2K" ? 2 : 1;
  return { width: width * times, height: height * times };
}

/** https://ai.google.dev/gemini-api/docs/pricing: tokens of one image by its size. */
export const IMAGE_TOKENS: Readonly<Record<string, number>> = { "1K": 1120, "2K": 1680, "4K": 3780 };
export const PICTURES_MAX = 14;

const INT32 = 2 ** 31;

/** The request, as strict as the API: it knows no other names. https://ai.google.dev/api/generate-content */
export const REQUEST = z.strictObject({
  contents: z.tuple([
    z.strictObject({
      role: z.literal("user"),
      parts: z
        .array(
          z.union([
            z.strictObject({ text: z.string().min(1) }),
            z.strictObject({
              inlineData: z.strictObject({
                mimeType: z.enum(["image/png", "image/jpeg", "image/webp", "image/heic", "image/heif"]),
                data: z.base64().min(4),
              }),
            }),
          ]),
        )
        .min(1),
    }),
  ]),
  generationConfig: z.strictObject({
    seed: z
      .int()
      .min(-INT32)
      .max(INT32 - 1)
      .optional(),
    responseModalities: z.array(z.enum(["TEXT", "IMAGE"])).min(1),
    thinkingConfig: z
      .strictObject({
        thinkingLevel: z.enum(["minimal", "low", "medium", "high"]).optional(),
        includeThoughts: z.boolean().optional(),
      })
      .optional(),
    imageConfig: z
      .strictObject({
        aspectRatio: z.enum([...Object.keys(PIXELS), ...EXTREME]).optional(),
        imageSize: z.enum(["512", "1K", "2K", "4K"]).optional(),
      })
      .optional(),
  }),
  safetySettings: z
    .array(
      z.strictObject({
        category: z.string().startsWith("HARM_CATEGORY_"),
        threshold: z.enum([
          "BLOCK_LOW_AND_ABOVE",
          "BLOCK_MEDIUM_AND_ABOVE",
          "BLOCK_ONLY_HIGH",
          "BLOCK_NONE",
          "OFF",
        ]),
      }),
    )
    .optional(),
  serviceTier: z.enum(["standard", "flex", "priority"]).optional(),
});
export type GoogleRequest = z.output<typeof REQUEST>;

/** What a model does not take of a request that is well formed; undefined: it takes all of it. */
export function wrongFor(
  model: GoogleModel,
  { contents, generationConfig }: GoogleRequest,
): string | undefined {
  const { imageConfig, thinkingConfig } = generationConfig;
  const { imageSize, aspectRatio } = imageConfig ?? {};
  const level = thinkingConfig?.thinkingLevel;
  const pictures = contents[0].parts.filter((each) => "inlineData" in each).length;
  if (imageSize !== undefined && !model.sizes.includes(imageSize)) return "Image size is not supported.";
  if (aspectRatio !== undefined && EXTREME.includes(aspectRatio) && !model.extremeAspects) {
    return "Aspect ratio is not supported.";
  }
  if (level !== undefined && !model.thinking.includes(level)) return "Thinking level is not supported.";
  return pictures > PICTURES_MAX ? "Too many images." : undefined;
}
