import type { ImageModelV4Result } from "@ai-sdk/provider";
import { z } from "zod";
import { ModelError, type ModelImage } from "../../../src/ports/image-model.ts";
import type { HostedModel } from "../vendor.ts";
import type { Wire } from "../wire.ts";
import { requestIdOf } from "./request-id.ts";

/** As the package hands it on: `nsfw` of each image is from `has_nsfw_concepts`, by their order. */
const METADATA = z.object({
  seed: z.int().nonnegative().optional().catch(undefined),
  images: z.array(z.object({ nsfw: z.boolean().optional() })).catch([]),
});

/** It names neither a version nor what it charges. What its safety checker flags is a black image, and is paid for. */
export function readAnswer(_model: HostedModel, answer: ImageModelV4Result, wire: Wire): ModelImage {
  const requestId = requestIdOf(wire);
  const metadata = METADATA.safeParse(answer.providerMetadata?.fal).data;
  const [bytes] = answer.images;
  if (metadata?.images[0]?.nsfw === true) {
    throw new ModelError("withheld", "fal's safety checker flagged the image", {
      retryable: false,
      billed: "yes",
      requestId,
    });
  }
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) {
    throw new ModelError("no_image", "fal sent no image", { retryable: true, billed: "unknown", requestId });
  }
  return { bytes, modelVersion: undefined, seed: metadata?.seed, requestId, cost: undefined };
}
