import type { ImageModelV4Result } from "@ai-sdk/provider";
import { ModelError, type ModelImage } from "../../../src/ports/image-model.ts";
import type { HostedModel } from "../vendor.ts";
import type { Wire } from "../wire.ts";
import { costOf } from "./cost.ts";

/** It names no version. The package drops how many of the tokens that came out are words, so they are read off the wire. */
export function readAnswer(model: HostedModel, { images }: ImageModelV4Result, wire: Wire): ModelImage {
  const answer = wire.exchanges.at(-1);
  const requestId = answer?.headers.get("x-request-id") ?? undefined;
  const cost = costOf(answer?.json, model.tokenPrices);
  const [image] = images;
  if (image === undefined || image.length === 0) {
    const billed = cost === undefined ? "unknown" : "yes";
    throw new ModelError("no_image", "openai sent no image", { retryable: true, billed, cost, requestId });
  }
  const bytes = typeof image === "string" ? Buffer.from(image, "base64") : image;
  return { bytes, modelVersion: undefined, seed: undefined, requestId, cost };
}
