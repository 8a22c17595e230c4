import sharp from "sharp";
import type { HostedModel } from "../../../../adapters/ai-sdk/vendor.ts";
import { dimensionsOf } from "../../../../src/core/recipe.ts";
import type { ImageRequest, ModelImage } from "../../../../src/ports/image-model.ts";
import type { LocalFal } from "../../../support/providers/local-fal.ts";

/** Endpoints of each family, as a set-up has them. */
export const FLUX = { id: "fal-ai/flux-2", editId: "fal-ai/flux-2/edit", family: "flux" } as const;
export const DIFFUSION = {
  id: "fal-ai/flux/dev",
  editId: "fal-ai/flux/dev/image-to-image",
  family: "diffusion",
} as const;

export function requestOf(changes: Partial<ImageRequest> = {}): ImageRequest {
  const { aspect = "1:1", size = "1K" } = changes;
  return {
    tier: "draft",
    prompt: "a glass bottle",
    seed: 7,
    aspect,
    size,
    dimensions: dimensionsOf(aspect, size),
    guide: undefined,
    references: [],
    ...changes,
  };
}

export function generate(
  provider: LocalFal,
  request = requestOf(),
  changes: Partial<HostedModel> = {},
  signal = new AbortController().signal,
): Promise<ModelImage> {
  return provider.model(changes).generate(request, { signal, idempotencyKey: "image-1" });
}

export function picture(color: string, side = 64): Promise<Uint8Array> {
  return sharp({ create: { width: side, height: side, channels: 3, background: color } })
    .png()
    .toBuffer();
}
