import { createBlackForestLabs } from "@ai-sdk/black-forest-labs";
import type { ImageModelV4 } from "@ai-sdk/provider";
import { ModelError } from "../../../src/ports/image-model.ts";
import { unlessAborted } from "../unless-aborted.ts";
import type { HostedModel, Vendor } from "../vendor.ts";
import type { Fetch } from "../wire.ts";
import { amend } from "./amend.ts";
import { checkCredits } from "./check.ts";
import { idFor } from "./model-shape.ts";
import { failureOf, readFailure } from "./read-failure.ts";
import { findTask, toResult } from "./task.ts";
import { toCall } from "./to-call.ts";

const BASE_URL = new URL("https://api.bfl.ai/v1");
const POLL_INTERVAL_MS = 500;

/** Black Forest Labs: https://docs.bfl.ai/quick_start/generating_images. */
export const bfl: Vendor = {
  name: "bfl",
  baseUrl: BASE_URL,
  resultHosts: [
    // The polling address is at the cluster that has the task (api.eu1.bfl.ai, …), and its picture beside it
    // (delivery-eu1.bfl.ai, …): https://docs.bfl.ai/api_integration/integration_guidelines.
    "bfl.ai",
    // Where pictures have been besides: https://github.com/black-forest-labs/skills, endpoints.md.
    "bfldeliveryprod.blob.core.windows.net",
    "bfldeliverysc.blob.core.windows.net",
    "bfldeliveryscus.blob.core.windows.net",
  ],
  open,
  toCall,
  onExchange({ json }) {
    const result = toResult(json);
    const failure = result && failureOf(result);
    if (failure !== undefined) throw failure;
  },
  readAnswer(_, { images: [bytes] }, wire) {
    const task = findTask(wire);
    const paid = { requestId: task?.id, cost: task?.cost };
    if (!(bytes instanceof Uint8Array) || bytes.byteLength === 0) {
      throw new ModelError("no_image", "bfl sent no image", { retryable: true, billed: "yes", ...paid });
    }
    return { bytes, modelVersion: undefined, seed: task?.result?.result?.seed, ...paid };
  },
  readFailure: (_, wire) => readFailure(wire),
  async check(model, fetch, signal) {
    return await checkCredits(baseOf(model), fetch, { headers: { "x-key": keyOf(model) }, signal });
  },
};

/** The package's model, which by itself sleeps on between two looks when its call is cut off. */
function open(model: HostedModel, fetch: Fetch): ImageModelV4 {
  return {
    specificationVersion: "v4",
    provider: "bfl",
    modelId: model.id,
    maxImagesPerCall: 1,
    async doGenerate(options) {
      const { files = [], providerOptions } = options;
      const { pollIntervalMillis, ...words } = providerOptions.bfl ?? {};
      const id = idFor(model, options.files !== undefined);
      const image = createBlackForestLabs({
        apiKey: keyOf(model),
        baseURL: baseOf(model),
        fetch: amend(fetch, id, files, words),
        pollIntervalMillis: typeof pollIntervalMillis === "number" ? pollIntervalMillis : POLL_INTERVAL_MS,
        // The call's own time ends the waiting, not the package's minute.
        pollTimeoutMillis: Number.MAX_SAFE_INTEGER,
      }).image(id);
      const work = image.doGenerate({ ...options, files: undefined, mask: undefined, providerOptions: {} });
      return await unlessAborted(work, options.abortSignal);
    },
  };
}

function baseOf(model: HostedModel): string {
  return (model.baseUrl ?? BASE_URL).href.replace(/\/$/, "");
}

/** Never undefined: then the package would look for one in the environment. */
function keyOf(model: HostedModel): string {
  return model.key?.reveal() ?? "";
}
