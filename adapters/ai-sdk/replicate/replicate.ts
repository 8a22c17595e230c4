import type { ImageModelV4 } from "@ai-sdk/provider";
import { createReplicate } from "@ai-sdk/replicate";
import { ModelError } from "../../../src/ports/image-model.ts";
import { unlessAborted } from "../unless-aborted.ts";
import type { HostedModel, Vendor } from "../vendor.ts";
import type { Fetch } from "../wire.ts";
import { checkModel } from "./check.ts";
import { lastPrediction, seedOf, toPrediction, versionOf } from "./prediction.ts";
import { failureOf, readFailure } from "./read-failure.ts";
import { idFor, toCall } from "./to-call.ts";
import { trackPrediction } from "./track-prediction.ts";

const BASE_URL = new URL("https://api.replicate.com/v1");

/** Replicate: https://replicate.com/docs/reference/http. */
export const replicate: Vendor = {
  name: "replicate",
  baseUrl: BASE_URL,
  // https://replicate.com/docs/reference/http#predictions.get: it and what is below it.
  resultHosts: ["replicate.delivery"],
  open,
  toCall,
  onExchange({ json }) {
    const prediction = toPrediction(json);
    if (prediction === undefined) return;
    // What was sent comes back with every look, pictures and all. The answers of a call are kept until it ends.
    Reflect.deleteProperty(Object(json), "input");
    const failure = failureOf(prediction);
    if (failure !== undefined) throw failure;
  },
  readAnswer(_, { images: [bytes] }, wire) {
    const prediction = lastPrediction(wire);
    const requestId = prediction?.id;
    if (!(bytes instanceof Uint8Array) || bytes.byteLength === 0) {
      throw new ModelError("no_image", "replicate sent no image", {
        retryable: true,
        billed: "unknown",
        requestId,
      });
    }
    return {
      bytes,
      modelVersion: prediction && versionOf(prediction),
      seed: prediction && seedOf(prediction),
      requestId,
      // Seconds are all that it reports.
      cost: undefined,
    };
  },
  readFailure: (_, wire) => readFailure(wire),
  async check(model, fetch, signal) {
    const headers = { authorization: authorizationOf(model) };
    return await checkModel({ base: baseOf(model), id: model.id }, fetch, { headers, signal });
  },
};

/** The package's model, whose predictions are canceled when the call ends before they do. */
function open(model: HostedModel, fetch: Fetch): ImageModelV4 {
  const base = baseOf(model);
  return {
    specificationVersion: "v4",
    provider: "replicate",
    modelId: model.id,
    maxImagesPerCall: 1,
    async doGenerate(options) {
      const tracked = trackPrediction(fetch, base, authorizationOf(model));
      const image = createReplicate({
        apiToken: keyOf(model),
        baseURL: base,
        fetch: tracked.fetch,
      }).image(idFor(model, options.files !== undefined));
      try {
        // The pictures are where the model wants them already.
        const work = image.doGenerate({ ...options, files: undefined });
        return await unlessAborted(work, options.abortSignal);
      } catch (error) {
        // Nobody waits for that.
        void tracked.cancel();
        throw error;
      }
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

function authorizationOf(model: HostedModel): string {
  return `Bearer ${keyOf(model)}`;
}
