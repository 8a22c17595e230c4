import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostedModel } from "../../../../adapters/ai-sdk/vendor.ts";
import { dimensionsOf } from "../../../../src/core/recipe.ts";
import { ModelError } from "../../../../src/ports/image-model.ts";
import {
  type LocalOpenai,
  type OpenaiError,
  openLocalOpenai,
} from "../../../support/providers/local-openai.ts";

let provider: LocalOpenai;
beforeEach(async () => {
  provider = await openLocalOpenai();
});
afterEach(() => provider.close());

const SAFETY = "image_generation_user_error";
const INVALID = "invalid_request_error";
const stage = (moderation_stage: string) => ({
  moderation_details: { moderation_stage, categories: ["hate"] },
});

describe("a failure of OpenAI", () => {
  it.each<readonly [what: string, error: OpenaiError, meaning: object]>([
    [
      "refused at the words",
      { status: 400, type: SAFETY, code: "moderation_blocked", ...stage("input") },
      { kind: "blocked", retryable: false, billed: "no" },
    ],
    [
      "refused, and nothing told about when",
      { status: 400, type: SAFETY, code: "moderation_blocked" },
      { kind: "blocked", retryable: false, billed: "unknown" },
    ],
    [
      "refused in the older way",
      { status: 400, type: INVALID, code: "content_policy_violation" },
      { kind: "blocked", retryable: false, billed: "unknown" },
    ],
    [
      "held back when it was made",
      { status: 400, type: SAFETY, code: "moderation_blocked", ...stage("output") },
      { kind: "withheld", retryable: false, billed: "unknown" },
    ],
    ...[
      "insufficient_quota",
      "billing_hard_limit_reached",
      "credit_balance_exhausted",
      "project_spend_limit_exceeded",
    ].map(
      (code) =>
        [
          `out of money: ${code}`,
          { status: 429, type: "insufficient_quota", code },
          { kind: "quota", retryable: false, billed: "no", retryAfterMs: undefined },
        ] as const,
    ),
    [
      "out of money as a bad request",
      { status: 400, type: SAFETY, code: "billing_hard_limit_reached" },
      { kind: "quota", retryable: false, billed: "no" },
    ],
    [
      "a project that may not use the model",
      { status: 403, type: INVALID, code: "model_not_found" },
      { kind: "no_model", retryable: false, billed: "no" },
    ],
    [
      "an organization that is not verified",
      { status: 403, type: INVALID, code: null },
      { kind: "auth", retryable: false, billed: "no" },
    ],
    [
      "a name that is none",
      { status: 400, type: INVALID, code: "invalid_value", param: "model" },
      { kind: "no_model", retryable: false, billed: "no" },
    ],
    [
      "a field that is none",
      { status: 400, type: INVALID, code: "unknown_parameter", param: "seed" },
      { kind: "invalid", retryable: false, billed: "no" },
    ],
    [
      "their own fault",
      { status: 500, type: "server_error", code: null },
      { kind: "overloaded", retryable: true, billed: "no" },
    ],
  ])("%s", async (_, error, meaning) => {
    expect(await failureOf(error)).toMatchObject({ ...meaning, requestId: expect.stringMatching(/^req_/) });
    expect(provider.paid).toEqual([]);
  });

  const LIMITED = { status: 429, type: "requests", code: "rate_limit_exceeded" };
  it.each<
    readonly [what: string, headers: Readonly<Record<string, string>>, retryAfterMs: number | undefined]
  >([
    ["that it says", { "retry-after": "20" }, 20_000],
    ["to the millisecond", { "retry-after-ms": "1500", "retry-after": "2" }, 1500],
    [
      "until the last limit that is used up is renewed",
      {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "1m30.5s",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-tokens": "120ms",
        "x-ratelimit-remaining-images": "3",
        "x-ratelimit-reset-images": "6h0m0s",
      },
      90_500,
    ],
    ["that nobody knows", {}, undefined],
    [
      "that is no time",
      { "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "soon" },
      undefined,
    ],
  ])("is over after the time %s", async (_, headers, retryAfterMs) => {
    const error = await failureOf({ ...LIMITED, headers });
    expect(error).toMatchObject({ kind: "rate_limited", retryable: true, billed: "no" });
    expect(error.retryAfterMs).toBe(retryAfterMs);
  });

  it("says the status and the code, and nothing else that was said", async () => {
    const error = await failureOf({ status: 400, type: SAFETY, code: "moderation_blocked" });
    expect(error.message).toBe("openai answered 400 moderation_blocked");
    const shouted = await failureOf({ status: 400, type: SAFETY, code: "a glass BOTTLE" });
    expect(shouted.message).toBe("openai answered 400");
  });

  it("that sent no image was paid for as its tokens say", async () => {
    provider.next("no_image", "no_image");
    const tokenPrices = { textIn: 5, imageIn: 8, textOut: 10, imageOut: 30 };
    expect(await ask({ tokenPrices })).toMatchObject({
      kind: "no_image",
      billed: "yes",
      cost: { basis: "tokens", usd: (3 * 5 + 272 * 30) / 1_000_000 },
    });
    expect(await ask()).toMatchObject({ kind: "no_image", billed: "unknown", cost: undefined });
  });
});

describe("OpenAI is checked", () => {
  it("for the model and for that of edits", async () => {
    const check = (changes: Partial<HostedModel>) =>
      provider.model(changes).check(AbortSignal.timeout(5_000));
    expect(await check({ id: "dall-e-3" })).toEqual({
      status: "no_model",
      why: "OpenAI does not know dall-e-3",
    });
    expect(await check({ editId: "dall-e-2" })).toMatchObject({ status: "no_model" });
    expect(await check({ editId: "gpt-image-2.5-sunburst" })).toMatchObject({ status: "reachable" });
  });
});

async function failureOf(error: OpenaiError): Promise<ModelError> {
  provider.fail(error);
  return await ask();
}

async function ask(changes: Partial<HostedModel> = {}): Promise<ModelError> {
  const request = {
    tier: "draft",
    prompt: "a glass bottle",
    seed: undefined,
    aspect: "1:1",
    size: "1K",
    dimensions: dimensionsOf("1:1", "1K"),
    guide: undefined,
    references: [],
  } as const;
  const call = { signal: new AbortController().signal, idempotencyKey: "image-1" };
  const ending = await provider
    .model(changes)
    .generate(request, call)
    .catch((error: unknown) => error);
  expect(ending).toBeInstanceOf(ModelError);
  return ending as ModelError;
}
