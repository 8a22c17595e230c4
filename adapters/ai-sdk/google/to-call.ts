import { type ImageRequest, ModelError } from "../../../src/ports/image-model.ts";
import { filesOf } from "../files-of.ts";
import { promptFor } from "../hand-off.ts";
import type { HostedModel, VendorCall } from "../vendor.ts";

/** Google's seeds are signed 32-bit integers: https://ai.google.dev/api/generate-content#generationconfig. Neighbours stay apart. */
const SEEDS = 2 ** 31;

/** @throws ModelError `invalid` for an id that the package has no way to ask: it makes images with Gemini alone. */
export function toCall(model: HostedModel, request: ImageRequest): VendorCall {
  if (!isGemini(model.id)) {
    throw new ModelError("invalid", "google makes images only with models named gemini-…", {
      retryable: false,
      billed: "no",
    });
  }
  const { aspect, size, seed } = request;
  const own = model.options.imageConfig;
  const imageConfig = {
    aspectRatio: aspect,
    // Small is what every model makes unasked, and those that make nothing else refuse to be asked.
    ...(size === "1K" ? {} : { imageSize: size }),
    ...(typeof own === "object" ? own : {}),
  };
  return {
    prompt: promptFor(model.family, request),
    size: undefined,
    // In `imageConfig`, where the model's own options can win: the package lets this one win over them.
    aspectRatio: undefined,
    seed: seed === undefined ? undefined : seed % SEEDS,
    files: filesOf(request),
    providerOptions: { google: { ...model.options, imageConfig } },
  };
}

/** Others are refused by the package, with no code. */
export function isGemini(id: string): boolean {
  return id.startsWith("gemini-");
}
