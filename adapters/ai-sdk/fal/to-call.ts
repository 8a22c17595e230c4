import type { ImageRequest } from "../../../src/ports/image-model.ts";
import { filesOf } from "../files-of.ts";
import { promptFor } from "../hand-off.ts";
import type { HostedModel, VendorCall } from "../vendor.ts";

/** The least that image-to-image endpoints take: https://fal.ai/models/fal-ai/flux/dev/image-to-image/llms.txt. */
const STRENGTH_MIN = 0.01;

type FalCall = Pick<VendorCall, "size" | "files"> & {
  readonly fields: Readonly<Record<string, string | number | boolean>>;
};

/**
 * What an endpoint takes goes by its family, not by its host: those of Gemini say shape and size in words, the
 * others in pixels; image-to-image has one image and a number, the others many and words. `useMultipleImages` is
 * the package's own, and makes it send `image_urls` rather than `image_url`.
 */
export function toCall(model: HostedModel, request: ImageRequest): VendorCall {
  const { size, files, fields } = toFalCall(model, request);
  return {
    prompt: promptFor(model.family, request),
    size,
    aspectRatio: undefined,
    seed: request.seed,
    files,
    providerOptions: { fal: fields },
  };
}

function toFalCall({ family }: HostedModel, request: ImageRequest): FalCall {
  const { aspect, dimensions, guide } = request;
  const size = `${dimensions.width}x${dimensions.height}` as const;
  if (family === "gemini") {
    const fields = { aspect_ratio: aspect, resolution: request.size, useMultipleImages: true };
    return { size: undefined, files: filesOf(request), fields };
  }
  if (family !== "diffusion") return { size, files: filesOf(request), fields: { useMultipleImages: true } };
  if (guide === undefined) return { size, files: undefined, fields: {} };
  // The result is as large as the guide, and pictures to go by have no place.
  const files = filesOf({ ...request, references: [] });
  return { size: undefined, files, fields: { strength: noiseFor(guide.strength) } };
}

/**
 * fal's `strength` is how much noise is laid over the image before it is drawn anew, as in diffusers: 1 ignores
 * the image, 0.01 nearly copies it. (Its page calls it “the strength of the initial image”, which is not so.) That
 * is the opposite of a guide's strength. Rounded, since 1 - 0.95 is not 0.05 to a computer.
 */
function noiseFor(strength: number): number {
  return Math.max(STRENGTH_MIN, Math.round((1 - strength) * 1000) / 1000);
}
