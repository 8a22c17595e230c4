import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostedModel } from "../../../../adapters/ai-sdk/vendor.ts";
import { ModelError } from "../../../../src/ports/image-model.ts";
import { type LocalFal, openLocalFal } from "../../../support/providers/local-fal.ts";
import { failure } from "../../../support/providers/local-fal-answers.ts";
import type { Answered } from "../../../support/providers/provider-server.ts";
import { FLUX, generate, requestOf } from "./asking.ts";

let provider: LocalFal;
beforeEach(async () => {
  provider = await openLocalFal();
});
afterEach(() => provider.close());

const outage = (status: number, error_type: string): Answered => ({
  status,
  headers: { "x-fal-error-type": error_type },
  body: { detail: "a glass bottle", error_type },
});

describe("a failure of fal", () => {
  it.each<readonly [what: string, result: Answered, meaning: object]>([
    [
      "refused by a content checker",
      failure(422, "content_policy_violation", "false"),
      { kind: "blocked", retryable: false, billed: "unknown" },
    ],
    [
      "without an image",
      failure(422, "no_media_generated", "false"),
      { kind: "no_image", retryable: false, billed: "unknown" },
    ],
    [
      "with an empty list of images",
      { status: 200, body: { images: [], description: "no" } },
      { kind: "no_image", retryable: true, billed: "unknown" },
    ],
    [
      "of a request that cannot be done",
      failure(422, "image_too_small"),
      { kind: "invalid", retryable: false, billed: "unknown" },
    ],
    [
      "that nobody has heard of",
      failure(422, "brand_new_error"),
      { kind: "invalid", retryable: false, billed: "unknown" },
    ],
    [
      "that nobody has heard of, at fal's side",
      failure(500, "brand_new_error"),
      { kind: "overloaded", retryable: true, billed: "no" },
    ],
    [
      "of a partner",
      failure(400, "downstream_service_error"),
      { kind: "overloaded", retryable: true, billed: "unknown" },
    ],
    [
      "of a partner who will not come back",
      failure(500, "downstream_service_unavailable", "false"),
      { kind: "overloaded", retryable: false, billed: "no" },
    ],
    [
      "that took too long",
      failure(504, "generation_timeout", "true"),
      { kind: "timeout", retryable: true, billed: "no" },
    ],
    [
      "that found no runner in time",
      outage(504, "startup_timeout"),
      { kind: "timeout", retryable: true, billed: "no" },
    ],
    [
      "of a runner",
      outage(503, "runner_disconnected"),
      { kind: "overloaded", retryable: true, billed: "no" },
    ],
    [
      "cancelled at fal's desk",
      outage(499, "client_cancelled"),
      { kind: "overloaded", retryable: true, billed: "unknown" },
    ],
    [
      "of a path that the app has not",
      { status: 404, body: { detail: "Path /edits not found" } },
      { kind: "no_model", retryable: false, billed: "no" },
    ],
  ])("%s", async (_, result, meaning) => {
    provider.result(result);
    expect(await failureOf()).toMatchObject({
      ...meaning,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it("names the status and the type, and nothing else that was said", async () => {
    provider.result(failure(422, "content_policy_violation"));
    expect((await failureOf()).message).toBe("fal answered 422 content_policy_violation");
    provider.result(failure(422, "a glass BOTTLE"));
    expect((await failureOf()).message).toBe("fal answered 422");
  });

  it("is a black image that its safety checker flagged, and that is paid for", async () => {
    provider.next("withheld");
    expect(await failureOf(FLUX)).toMatchObject({ kind: "withheld", retryable: false, billed: "yes" });
  });

  it("is invalid where fal's own rules are broken, and nothing is made", async () => {
    expect(await failureOf({ options: { resolution: "8K" } })).toMatchObject({
      kind: "invalid",
      message: "fal answered 422 one_of",
    });
    expect(provider.paid).toEqual([]);
  });

  it("is no model that fal does not know", async () => {
    expect(await failureOf({ id: "fal-ai/nano-banana-0" })).toMatchObject({ kind: "no_model", billed: "no" });
  });
});

describe("fal is checked", () => {
  it("for the model and for that of edits", async () => {
    const check = (changes: Partial<HostedModel>) =>
      provider.model(changes).check(AbortSignal.timeout(5_000));
    expect(await check({})).toEqual({
      status: "reachable",
      how: "fal accepts the key and has a price for the model",
    });
    expect(await check({ id: "fal-ai/nano-banana-0" })).toMatchObject({ status: "no_model" });
    expect(await check({ editId: "fal-ai/nano-banana-0/edit" })).toMatchObject({ status: "no_model" });
  });
});

async function failureOf(changes: Partial<HostedModel> = {}): Promise<ModelError> {
  const ending = await generate(provider, requestOf(), changes).catch((error: unknown) => error);
  expect(ending).toBeInstanceOf(ModelError);
  return ending as ModelError;
}
