import type { JSONObject } from "@ai-sdk/provider";
import type { ImageRequest } from "../../../src/ports/image-model.ts";
import { filesOf } from "../files-of.ts";
import { promptFor } from "../hand-off.ts";
import type { HostedModel, VendorCall } from "../vendor.ts";
import { toPictures } from "./to-pictures.ts";

/**
 * The answer to a creation names the prediction, and so makes it one that can be canceled: a second (the least
 * that `Prefer: wait` takes) is long enough for the fastest models. Then it is asked for until the call's own
 * time is over: https://replicate.com/docs/topics/predictions/create-a-prediction.
 */
const WAITING = {
  maxWaitTimeInSeconds: 1,
  pollIntervalMillis: 500,
  maxPollAttempts: Number.MAX_SAFE_INTEGER,
} as const;

/** The id to ask. */
export function idFor(model: Pick<HostedModel, "id" | "editId">, hasPictures: boolean): string {
  return (hasPictures ? model.editId : undefined) ?? model.id;
}

/**
 * Every model has a schema of its own (https://replicate.com/{owner}/{name}/api/schema), and what is not in it is
 * refused, or dropped without a word. All goes in by the options, which the package hands on as they are: what it
 * would send by itself fits few of them.
 */
export function toCall(model: HostedModel, request: ImageRequest): VendorCall {
  const files = filesOf(request);
  const id = idFor(model, files !== undefined);
  const input: JSONObject = {
    // The package always asks for one. Models make one unless told otherwise, and not all of them can be told.
    num_outputs: undefined,
    ...shapeFor(id, model, request),
    ...(files === undefined ? {} : toPictures(id, model.family, files)),
    ...(model.family === "diffusion" && request.guide ? { prompt_strength: pull(request.guide) } : {}),
  };
  return {
    prompt: promptFor(model.family, request),
    size: undefined,
    aspectRatio: takesPixels(id) ? undefined : request.aspect,
    // Gemini's schemas have no seed.
    seed: model.family === "gemini" ? undefined : request.seed,
    files,
    providerOptions: { replicate: { ...WAITING, ...input, ...model.options } },
  };
}

/** How large, and in which format: PNG where it can be had, since a final is to lose nothing. */
function shapeFor(id: string, { family }: HostedModel, { size, dimensions }: ImageRequest): JSONObject {
  if (takesPixels(id)) return { width: dimensions.width, height: dimensions.height };
  if (family === "diffusion") return {};
  const output_format = "png";
  // Megapixels are those of the sizes' squares, and 4 are the most.
  const megapixels = size === "1K" ? "1" : "4";
  if (/\/flux-2-(?:pro|max|flex)\b/.test(id)) return { output_format, resolution: `${megapixels} MP` };
  if (/\/flux-2-klein\b/.test(id)) return { output_format, output_megapixels: megapixels };
  // The first of them has one size.
  if (family === "gemini" && !/\/nano-banana(?::|$)/.test(id)) return { output_format, resolution: size };
  return { output_format };
}

/** Stable Diffusion XL and what was made of it: https://replicate.com/stability-ai/sdxl/api/schema. */
function takesPixels(id: string): boolean {
  return /\bsdxl\b/.test(id);
}

/** Of the prompt, away from the picture: 1 destroys all that is in it. */
function pull({ strength }: { readonly strength: number }): number {
  return Number((1 - strength).toFixed(4));
}
