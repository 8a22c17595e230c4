import { inspect } from "node:util";
import sharp from "sharp";
import { expect } from "vitest";
import { ASPECTS, type Aspect, dimensionsOf, ratioOf } from "../../src/core/recipe.ts";
import { inspectImage } from "../../src/images/inspect-image.ts";
import { type ImageRequest, ModelError } from "../../src/ports/image-model.ts";
import type { LocalProvider } from "../support/providers/local-provider.ts";

/** Words that a package or a server may want to escape. */
export const PROMPT = `a "glass" bottle,\n$&  refracting 100% <sun> 🍾 on lime\\stone; sürreal`;

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

export function generate(
  provider: LocalProvider,
  request: ImageRequest,
  signal = new AbortController().signal,
) {
  return provider.model().generate(request, callOf(signal));
}

export function callOf(signal = new AbortController().signal) {
  return { signal, idempotencyKey: "image-1" };
}

export async function failureOf(provider: LocalProvider): Promise<ModelError> {
  const ending = await generate(provider, requestOf()).catch((error: unknown) => error);
  expect(ending).toBeInstanceOf(ModelError);
  return ending as ModelError;
}

/** Providers round: an aspect is right when no other is nearer. */
export async function expectImage(bytes: Uint8Array, aspect: Aspect): Promise<void> {
  const check = await inspectImage(bytes);
  if (check.status !== "ok") throw new Error(`not an image: ${check.reason}`);
  const far = (each: Aspect) => Math.abs(Math.log(ratioOf(each) / (check.width / check.height)));
  expect(ASPECTS.toSorted((a, b) => far(a) - far(b))[0]).toBe(aspect);
}

/** Neither the key nor the prompt, wherever an error may be printed. */
export function expectNothingTold(provider: LocalProvider, error: ModelError): void {
  const seen = [
    error.message,
    error.stack,
    String(error),
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    inspect(error, { depth: 9, showHidden: true }),
  ].join("\n");
  expect(provider.keys.size).toBeGreaterThan(0);
  for (const secret of [...provider.keys, "glass", "refracting", "sürreal"]) {
    expect(seen).not.toContain(secret);
  }
}

export function picture(color: string, format: "png" | "jpeg" | "webp"): Promise<Uint8Array> {
  return sharp({ create: { width: 64, height: 64, channels: 3, background: color } })
    .toFormat(format)
    .toBuffer();
}

export const toReference = (bytes: Uint8Array) => ({ bytes });
export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
