import type { Dimensions } from "../../../src/core/recipe.ts";
import type { HostedModel } from "../vendor.ts";

/** How a model is told what to make. */
export interface ModelShape {
  /** Undefined: it is told an aspect, and has one size. */
  readonly pixels: PixelRules | undefined;
  /** `input_image`, `input_image_2`, … and what to do with them is said in words; or one, and a number. */
  readonly pictures: "input_image" | "image_prompt";
}

export interface PixelRules {
  /** Both sides are multiples of it. */
  readonly step: number;
  readonly sideMax: number;
  readonly areaMax: number;
}

/** https://docs.bfl.ai/flux_2/flux2_overview: four megapixels, as of 2048 × 2048. */
const FLUX_2: PixelRules = { step: 16, sideMax: Number.POSITIVE_INFINITY, areaMax: 2048 * 2048 };
/** https://docs.bfl.ai/api-reference/models/generate-an-image-with-flux11-[pro] */
const FLUX_1: PixelRules = { step: 32, sideMax: 1440, areaMax: Number.POSITIVE_INFINITY };

/** By what the id begins with. What is newer than we are is taken to be like FLUX.2. */
export function shapeOf(id: string): ModelShape {
  // https://docs.bfl.ai/api-reference/models/edit-or-create-an-image-with-flux1-kontext-[pro]
  if (id.startsWith("flux-kontext")) return { pixels: undefined, pictures: "input_image" };
  // https://docs.bfl.ai/api-reference/models/generate-an-image-with-flux11-[pro]-ultra-mode
  if (id.startsWith("flux-pro-1.1-ultra")) return { pixels: undefined, pictures: "image_prompt" };
  if (id.startsWith("flux-pro") || id === "flux-dev") return { pixels: FLUX_1, pictures: "image_prompt" };
  return { pixels: FLUX_2, pictures: "input_image" };
}

/** The nearest that a model makes, with no side longer than it was asked for. */
export function fitPixels({ width, height }: Dimensions, { step, sideMax, areaMax }: PixelRules): Dimensions {
  const scale = Math.min(1, sideMax / Math.max(width, height), Math.sqrt(areaMax / (width * height)));
  const toSteps = (side: number) => Math.floor((side * scale) / step) * step;
  return { width: toSteps(width), height: toSteps(height) };
}

/** The id to ask. */
export function idFor(model: Pick<HostedModel, "id" | "editId">, hasPictures: boolean): string {
  return (hasPictures ? model.editId : undefined) ?? model.id;
}
