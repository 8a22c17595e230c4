import { z } from "zod";
import { SEED_MAX } from "../../src/core/recipe.ts";
import { ModelError, type ModelImage } from "../../src/ports/image-model.ts";
import { isLoaded, isNamed } from "./checkpoint.ts";

const made = z.object({
  /** Base64, by some servers as a data URL. More than one when scripts of the server's add theirs: the first is ours. */
  images: z.array(z.string()).nullish(),
  /** JSON as text; empty from older servers of stable-diffusion.cpp. */
  info: z.string().catch(""),
});

const told = z.object({
  seed: z.number().int().min(0).max(SEED_MAX).optional().catch(undefined),
  sd_model_name: z.string().max(200).nullish().catch(undefined),
  sd_model_hash: z.string().max(64).nullish().catch(undefined),
});

/** @throws ModelError when there is no image, or when another checkpoint has made it. */
export function readImage(json: unknown, checkpoint: string): ModelImage {
  const answer = made.safeParse(json).data;
  const image = answer?.images?.[0];
  const bytes = Buffer.from(image?.replace(/^data:[^,]{0,100},/, "") ?? "", "base64");
  if (answer === undefined || bytes.byteLength === 0) throw failure("no_image", "sent no image", true);
  const { seed, sd_model_name: name, sd_model_hash: hash } = toldBy(answer.info);
  // Web UIs take no notice of a checkpoint that they do not have, and go on with the one that they have loaded.
  if (!isLoaded(checkpoint) && name && !isNamed(checkpoint, [name, hash])) {
    throw failure("no_model", "used another checkpoint", false);
  }
  const modelVersion = name ? name + (hash ? ` [${hash}]` : "") : undefined;
  return { bytes, modelVersion, seed, requestId: undefined, cost: undefined };
}

function toldBy(info: string): z.infer<typeof told> {
  try {
    return told.safeParse(JSON.parse(info)).data ?? {};
  } catch {
    return {};
  }
}

function failure(kind: "no_image" | "no_model", what: string, retryable: boolean): ModelError {
  return new ModelError(kind, `the sdapi server ${what}`, { retryable, billed: "no" });
}
