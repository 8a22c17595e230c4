import { createOpenAI } from "@ai-sdk/openai";
import { byFiles } from "../by-files.ts";
import type { Vendor } from "../vendor.ts";
import { checkModel } from "./check-model.ts";
import { readAnswer } from "./read-answer.ts";
import { readFailure } from "./read-failure.ts";
import { toCall } from "./to-call.ts";
import { withOptions } from "./with-options.ts";

const BASE_URL = new URL("https://api.openai.com/v1/");

/** OpenAI's images: generations without pictures, edits with; see https://developers.openai.com/api/reference/resources/images. */
export const openai: Vendor = {
  name: "openai",
  baseUrl: BASE_URL,
  /** Images come in the answer itself. */
  resultHosts: [],
  open(model, fetch) {
    const provider = createOpenAI({
      apiKey: model.key?.reveal() ?? "",
      baseURL: `${model.baseUrl ?? BASE_URL}`,
      fetch: withOptions(fetch, model.options),
    });
    return byFiles(model, (id) => provider.image(id));
  },
  toCall,
  onExchange() {},
  readAnswer,
  readFailure,
  check: (model, fetch, signal) => checkModel(model, model.baseUrl ?? BASE_URL, fetch, signal),
};
