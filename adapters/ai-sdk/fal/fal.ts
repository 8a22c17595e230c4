import { createFal as createProvider } from "@ai-sdk/fal";
import { byFiles } from "../by-files.ts";
import type { Vendor } from "../vendor.ts";
import { checkModel } from "./check-model.ts";
import { createQueueFetch } from "./queue-fetch.ts";
import { readAnswer } from "./read-answer.ts";
import { readFailure } from "./read-failure.ts";
import { toCall } from "./to-call.ts";

const BASE_URL = new URL("https://queue.fal.run/");
const PLATFORM_URL = new URL("https://api.fal.ai/");

/** fal through its queue. A base URL of its own stands for the queue and for the platform's API. */
export const fal: Vendor = createFal({ pollMs: 500 });

export interface FalParts {
  /** Between two looks at a request, in milliseconds. */
  readonly pollMs: number;
}

export function createFal({ pollMs }: FalParts): Vendor {
  return {
    name: "fal",
    baseUrl: BASE_URL,
    /** Images are on fal's own CDN, such as `v3.fal.media`: https://fal.ai/docs/documentation/model-apis/faq.md. */
    resultHosts: ["fal.media"],
    apiHosts: [PLATFORM_URL.hostname],
    open(model, fetch) {
      const provider = createProvider({
        apiKey: model.key?.reveal() ?? "",
        baseURL: `${model.baseUrl ?? BASE_URL}`,
        fetch: createQueueFetch({ fetch, options: model.options, pollMs }),
      });
      return byFiles(model, (id) => provider.image(id));
    },
    toCall,
    onExchange() {},
    readAnswer,
    readFailure,
    check: (model, fetch, signal) => checkModel(model, model.baseUrl ?? PLATFORM_URL, fetch, signal),
  };
}
