import { type ImageModel, ModelError } from "../../src/ports/image-model.ts";
import { type CountedCall, IMAGES_PATH } from "./counting-model-server.ts";

/** A model behind a counting server: every `generate` is one request to it. */
export function createCountingModel(url: string): ImageModel {
  return {
    check: async () => ({ status: "reachable", how: "it counts" }),
    async generate({ tier, prompt, seed }, { signal, idempotencyKey }) {
      const call: CountedCall = { key: idempotencyKey, tier, prompt, seed: seed ?? 0 };
      const response = await fetch(new URL(IMAGES_PATH, url), {
        method: "POST",
        body: JSON.stringify(call),
        signal,
      });
      if (!response.ok) {
        throw new ModelError("invalid", `answered ${response.status}`, { retryable: false, billed: "no" });
      }
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { bytes, modelVersion: undefined, seed, requestId: undefined, cost: undefined };
    },
  };
}
