import sharp from "sharp";
import { createSketchModel } from "../../../adapters/sketch/sketch-model.ts";
import { type Aspect, dimensionsOf, type Size, type Tier } from "../../../src/core/recipe.ts";
import type { Guide, Reference } from "../../../src/ports/image-model.ts";

/** The prompt of the tests that need none in particular. */
export const BOTTLE = "a glass bottle refracting afternoon sun on a limestone table";
export const model = createSketchModel({ delayMs: 0 });

interface Ask {
  readonly prompt?: string;
  readonly seed?: number;
  readonly tier?: Tier;
  readonly aspect?: Aspect;
  readonly size?: Size;
  readonly guide?: Guide;
  readonly references?: readonly Reference[];
}

/** One picture of the sketch, of 1K and square where nothing else is asked. */
export async function sketch({
  prompt = BOTTLE,
  seed = 7,
  tier = "draft",
  aspect = "1:1",
  size = "1K",
  guide,
  references = [],
}: Ask) {
  const dimensions = dimensionsOf(aspect, size);
  const request = { tier, prompt, seed, aspect, size, dimensions, guide, references };
  const image = await model.generate(request, {
    signal: new AbortController().signal,
    idempotencyKey: "test",
  });
  return image.bytes;
}

async function thumbnail(bytes: Uint8Array): Promise<Uint8Array> {
  return await sharp(bytes).removeAlpha().resize(32, 32, { fit: "fill" }).raw().toBuffer();
}

/** Mean difference a channel, of 255. */
export async function distance(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [one, other] = [await thumbnail(a), await thumbnail(b)];
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

/** Pearson correlation of 64 × 64 grey thumbnails: 1 is the same picture up to brightness and contrast. */
export async function likeness(a: Uint8Array, b: Uint8Array): Promise<number> {
  const grey = async (bytes: Uint8Array) => {
    const values = await sharp(bytes).resize(64, 64, { fit: "fill" }).greyscale().raw().toBuffer();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [...values].map((value) => value - mean);
  };
  const [one, other] = [await grey(a), await grey(b)];
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}
