import { createGoogle } from "@ai-sdk/google";
import { byFiles } from "../by-files.ts";
import type { Vendor } from "../vendor.ts";
import { checkGoogle } from "./check.ts";
import { readAnswer, refuseParts } from "./read-answer.ts";
import { readFailure } from "./read-failure.ts";
import { toCall } from "./to-call.ts";

const BASE_URL = new URL("https://generativelanguage.googleapis.com/v1beta");

/** The Gemini image models, through the Gemini Developer API: https://ai.google.dev/gemini-api/docs/image-generation. */
export const google: Vendor = {
  name: "google",
  baseUrl: BASE_URL,
  // Images come inside the answers.
  resultHosts: [],
  open(model, fetch) {
    const { key, baseUrl = BASE_URL } = model;
    const provider = createGoogle({ baseURL: baseUrl.href, apiKey: key?.reveal() ?? "", fetch });
    return byFiles(model, (id) => provider.image(id));
  },
  toCall,
  onExchange: refuseParts,
  readAnswer: (model, _answer, wire) => readAnswer(model, wire),
  readFailure: (_error, wire) => readFailure(wire),
  check: (model, fetch, signal) => checkGoogle({ model, url: model.baseUrl ?? BASE_URL, fetch, signal }),
};
