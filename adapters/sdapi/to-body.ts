import type { Tier } from "../../src/core/recipe.ts";
import type { ImageRequest } from "../../src/ports/image-model.ts";
import { isLoaded } from "./checkpoint.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/**
 * What most checkpoints need to show an idea, and to finish one. Of a guided picture, the server does the
 * share that `denoising_strength` is. Distilled checkpoints want 4 to 8: the options say so.
 */
const STEPS: Readonly<Record<Tier, number>> = { draft: 20, final: 40 };

/** Less than that, and a small take made larger stays a small take: blurred. */
export const DENOISING_MIN = 0.2;

interface Order {
  readonly request: ImageRequest;
  readonly checkpoint: string;
  readonly options: Readonly<Record<string, Json>>;
  /** What the server is to call the work. */
  readonly task: string;
}

/** Where to ask, and for what. Fields of the options win; within `override_settings` too. */
export function toBody({ request, checkpoint, options, task }: Order) {
  const { tier, prompt, seed, dimensions, guide, references } = request;
  const { override_settings: settings, ...others } = options;
  const body = {
    prompt: withoutExtraArguments(prompt),
    seed: seed ?? -1,
    ...dimensions,
    steps: STEPS[tier],
    batch_size: 1,
    force_task_id: task,
    ...(guide && {
      init_images: [toBase64(guide.bytes)],
      denoising_strength: denoisingOf(guide.strength),
      // Crop and resize, where its aspect is another.
      resize_mode: 1,
    }),
    // Only stable-diffusion.cpp takes pictures to go by.
    ...(references.length > 0 && { extra_images: references.map(({ bytes }) => toBase64(bytes)) }),
    override_settings: {
      ...(isLoaded(checkpoint) ? {} : { sd_model_checkpoint: checkpoint }),
      ...(isObject(settings) ? settings : {}),
    },
    override_settings_restore_afterwards: true,
    ...others,
  };
  return { path: guide === undefined ? "sdapi/v1/txt2img" : "sdapi/v1/img2img", body };
}

/**
 * How much of the guide is painted anew, 0–1: all of it at strength 0, and `DENOISING_MIN` at strength 1.
 * So a final that is to stay close (0.85) gets 0.32, and a loose one (0.6) gets 0.52.
 */
export function denoisingOf(strength: number): number {
  return Math.round((1 - strength * (1 - DENOISING_MIN)) * 1000) / 1000;
}

/** stable-diffusion.cpp takes any of its settings out of a prompt that has this tag. People's words set nothing. */
function withoutExtraArguments(prompt: string): string {
  return prompt.replaceAll("<sd_cpp_extra_args>", "< sd_cpp_extra_args>");
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

function isObject(value: Json | undefined): value is { [key: string]: Json | undefined } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
