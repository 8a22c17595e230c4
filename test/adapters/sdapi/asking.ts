import { expect } from "vitest";
import { dimensionsOf } from "../../../src/core/recipe.ts";
import type { ImageModel, ImageRequest, ModelError } from "../../../src/ports/image-model.ts";

export const PROMPT = "a glass bottle refracting afternoon sun";

export function requestOf(changes: Partial<ImageRequest> = {}): ImageRequest {
  const { aspect = "1:1", size = "1K" } = changes;
  return {
    tier: "draft",
    prompt: PROMPT,
    seed: 7,
    aspect,
    size,
    dimensions: dimensionsOf(aspect, size),
    guide: undefined,
    references: [],
    ...changes,
  };
}

export function generate(model: ImageModel, request: ImageRequest) {
  return model.generate(request, { signal: new AbortController().signal, idempotencyKey: "take-1" });
}

export async function failureOf(model: ImageModel): Promise<ModelError> {
  const ending = await generate(model, requestOf()).catch((error: unknown) => error);
  expect(ending).toMatchObject({ name: "ModelError" });
  return ending as ModelError;
}
