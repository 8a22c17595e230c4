import type { ImageModelV4File, JSONObject } from "@ai-sdk/provider";
import type { Family } from "../vendor.ts";

/**
 * Where a model's schema has its pictures. The package knows `image`, and for FLUX.2 `input_image`,
 * `input_image_2`, …, which is how Black Forest Labs' own API has it, not Replicate's. Models with room for one
 * get the first.
 */
export function toPictures(id: string, family: Family, files: readonly ImageModelV4File[]): JSONObject {
  const uris = files.map(toUri);
  const [first] = uris;
  // https://replicate.com/google/nano-banana-pro/api/schema: up to 14.
  if (family === "gemini") return { image_input: uris };
  // https://replicate.com/stability-ai/stable-diffusion-3.5-large/api/schema
  if (family === "diffusion") return { image: first };
  // https://replicate.com/black-forest-labs/flux-kontext-pro/api/schema
  if (/\/flux-kontext-/.test(id)) return { input_image: first };
  // https://replicate.com/black-forest-labs/flux-1.1-pro/api/schema
  if (/\/flux-1\.1-pro\b/.test(id)) return { image_prompt: first };
  // https://replicate.com/black-forest-labs/flux-2-klein-4b/api/schema: up to 5.
  if (/\/flux-2-klein\b/.test(id)) return { images: uris };
  // https://replicate.com/black-forest-labs/flux-2-pro/api/schema: up to 8.
  return { input_images: uris };
}

function toUri(file: ImageModelV4File): string {
  if (file.type === "url") return file.url;
  const { data, mediaType } = file;
  return `data:${mediaType};base64,${typeof data === "string" ? data : Buffer.from(data).toString("base64")}`;
}
