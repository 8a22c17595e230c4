import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAiSdkModel } from "../../../adapters/ai-sdk/ai-sdk-model.ts";
import { bfl } from "../../../adapters/ai-sdk/bfl/bfl.ts";
import { createFal } from "../../../adapters/ai-sdk/fal/fal.ts";
import { google } from "../../../adapters/ai-sdk/google/google.ts";
import { openai } from "../../../adapters/ai-sdk/openai/openai.ts";
import { replicate } from "../../../adapters/ai-sdk/replicate/replicate.ts";
import type { HostedModel } from "../../../adapters/ai-sdk/vendor.ts";
import { VENDORS } from "../../../adapters/ai-sdk/vendors.ts";
import { Secret } from "../../../src/core/secret.ts";
import { ModelError } from "../../../src/ports/image-model.ts";
import { callOf, requestOf } from "../../contracts/image-model-bench.ts";

const HOSTED: HostedModel = {
  id: "gemini-or/another",
  editId: undefined,
  family: "gemini",
  key: new Secret("key-of-nobody"),
  // No name is looked up.
  baseUrl: new URL("http://127.0.0.1:9/"),
  // Where a provider is to be looked at again and again.
  options: { pollIntervalMillis: 1 },
  tokenPrices: { textIn: 1, imageIn: 1, textOut: 1, imageOut: 1 },
};

/** Names that some provider gives to something, so that nonsense gets further than the first look. */
const NAMES = [
  ...["candidates", "content", "parts", "inlineData", "finishReason", "promptFeedback", "usageMetadata"],
  ...["data", "b64_json", "usage", "images", "url", "detail", "type", "id", "status", "output", "result"],
  ...["error", "code", "message", "details", "violations", "reason", "sample", "polling_url", "urls"],
];

const nonsense = fc.oneof(
  fc.jsonValue(),
  fc.object({
    key: fc.constantFrom(...NAMES),
    maxDepth: 4,
    values: [
      fc.constantFrom("STOP", "failed", "Ready", "429", ""),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ],
  }),
);
const answer = fc.record({
  status: fc.constantFrom(200, 201, 202, 400, 401, 404, 422, 429, 500, 503),
  body: nonsense.map((each) => JSON.stringify(each)),
  type: fc.constantFrom("application/json", "text/html", "image/png"),
});

describe("whatever a provider answers", () => {
  const vendors = [google, openai, createFal({ pollMs: 1 }), replicate, bfl];

  it("is tried with every provider that there is", () => {
    expect(vendors.map((each) => each.name)).toEqual(Object.keys(VENDORS));
  });

  it.each(vendors)("$name ends in an image or by the port's word", async (vendor) => {
    const endings = { image: 0, failure: 0 };
    await fc.assert(
      fc.asyncProperty(answer, async ({ status, body, type }) => {
        const fetch = async () => new Response(body, { status, headers: { "content-type": type } });
        const model = createAiSdkModel({ vendor, model: HOSTED, fetch });
        const ending = await model.generate(requestOf(), callOf(AbortSignal.timeout(20_000))).then(
          (image) => image.bytes,
          (error: unknown) => error,
        );
        endings[ending instanceof ModelError ? "failure" : "image"] += 1;
        if (!(ending instanceof Uint8Array)) expect(ending).toBeInstanceOf(ModelError);
        const { status: said } = await model.check(AbortSignal.timeout(20_000));
        expect(["reachable", "refused", "no_model", "unreachable"]).toContain(said);
      }),
      { numRuns: 150 },
    );
    expect(endings.failure).toBeGreaterThan(100);
  });
});
