import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ModelError } from "../../../../src/ports/image-model.ts";
import { callOf, expectNothingTold, requestOf } from "../../../contracts/image-model-bench.ts";
import { type LocalReplicate, openLocalReplicate } from "../../../support/providers/local-replicate.ts";

let replicate: LocalReplicate;
beforeEach(async () => {
  replicate = await openLocalReplicate();
});
afterEach(async () => {
  expect(replicate.unknown).toEqual([]);
  await replicate.close();
});

async function fail(): Promise<ModelError> {
  const ending = await replicate
    .model()
    .generate(requestOf(), callOf())
    .catch((error: unknown) => error);
  if (!(ending instanceof ModelError)) throw new Error("not a failure of the model", { cause: ending });
  return ending;
}

const JSON_TYPE = { "content-type": "application/json" };

describe("a prediction that failed", () => {
  it.each([
    ["Service is currently unavailable due to high demand. (E003)", "overloaded", true],
    ["Service is temporarily unavailable. Please try again later. (E004)", "overloaded", true],
    ["The input or output was flagged as sensitive. (E005) (x7Jk)", "blocked", false],
    ["The input was invalid. (E006)", "invalid", false],
    ["E1000: Unknown error", "overloaded", true],
    ["E1001: out of memory", "invalid", false],
    ["E6716: timeout starting prediction", "timeout", true],
    ["NSFW content detected. Try running it again, or try a different prompt.", "withheld", false],
    ["All generated images contained NSFW content.", "withheld", false],
    ["Queue is full. Please wait and try again", "overloaded", true],
    ["Director: unexpected error handling prediction (E1000)", "overloaded", true],
    ["Director: no worker", "overloaded", true],
    ["Prediction interrupted; please retry (code: PA)", "overloaded", true],
    ["The request timed out", "timeout", true],
    ["Content was flagged by the safety system", "blocked", false],
    ["The request was prohibited", "blocked", false],
    ["division by zero", "no_image", true],
    [null, "no_image", true],
  ] as const)("by %j is %s", async (error, kind, retryable) => {
    replicate.ends.push({ status: "failed", error });
    const told = await fail();
    expectNothingTold(replicate, told);
    expect(told).toMatchObject({ kind, retryable, billed: "unknown", requestId: "prediction1" });
    expect(told.retryAfterMs).toBeUndefined();
    // Nothing of their words but the code.
    const code = /E\d{3,4}/.exec(error ?? "")?.[0];
    expect(told.message).toBe(`replicate: the prediction failed${code === undefined ? "" : ` (${code})`}`);
    expect(replicate.paid).toHaveLength(1);
  });

  it.each([0, 1, 5])("is known after %d looks", async (looks) => {
    replicate.pace.looks = looks;
    replicate.ends.push({ status: "failed", error: "no (E005)" });
    expect(await fail()).toMatchObject({ kind: "blocked", requestId: "prediction1" });
  });

  it("by somebody's cancelling it there may be charged for, and is worth another try", async () => {
    replicate.ends.push({ status: "canceled", error: null });
    expect(await fail()).toMatchObject({ kind: "overloaded", retryable: true, billed: "unknown" });
  });

  it("by never having begun is not charged for", async () => {
    replicate.ends.push({ status: "aborted", error: null });
    expect(await fail()).toMatchObject({ kind: "overloaded", retryable: true, billed: "no" });
  });
});

describe("an answer that is no prediction's end", () => {
  it.each([
    [400, "invalid"],
    [401, "auth"],
    [402, "quota"],
    [403, "auth"],
    [404, "no_model"],
    [422, "invalid"],
    [500, "overloaded"],
    [503, "overloaded"],
  ])("instead of a prediction: %d is %s, and free", async (status, kind) => {
    replicate.refusals.push({
      status,
      body: { title: "No", detail: "- input.prompt: a glass bottle", status },
    });
    const told = await fail();
    expect(told).toMatchObject({ kind, retryable: kind === "overloaded", billed: "no" });
    expectNothingTold(replicate, told);
    expect(replicate.paid).toEqual([]);
  });

  it.each([
    [{ "retry-after": "9" }, { retry_after: 5 }, 9_000],
    [{}, { retry_after: 5, detail: "Your rate limit resets in ~30s." }, 5_000],
    [{}, { detail: "Request was throttled. Your rate limit resets in ~30s." }, 30_000],
    [{}, { retry_after: "soon", detail: 7 }, undefined],
  ])("when there are too many predictions: %j, %j", async (headers, body, retryAfterMs) => {
    replicate.refusals.push({ status: 429, headers, body });
    const told = await fail();
    expect(told).toMatchObject({ kind: "rate_limited", retryable: true, billed: "no" });
    expect(told.retryAfterMs).toBe(retryAfterMs);
  });

  it.each([
    ["a lost connection", "cut"],
    ["a server's error", { status: 500, body: { detail: "Internal error" } }],
    ["no such prediction", { status: 404, body: { detail: "Not found" } }],
    ["too many looks", { status: 429, body: { detail: "Request was throttled." } }],
    ["a key that is none any more", { status: 401, body: { detail: "Unauthenticated" } }],
  ] as const)("while one is waited for, %s: it may be paid for", async (_, look) => {
    replicate.looks.push("look", look);
    const wanted = { kind: "overloaded", retryable: true, billed: "unknown", requestId: "prediction1" };
    expect(await fail()).toMatchObject(wanted);
  });

  it.each([
    ["is cut off", { status: 200, headers: JSON_TYPE, body: '{"id":' }],
    ["is something else", { status: 200, body: { hello: "there" } }],
    ["has a status that nobody knows", { status: 200, body: { id: "prediction1", status: "dreaming" } }],
  ])("and %s: it may be paid for", async (_, look) => {
    replicate.looks.push(look);
    expect(await fail()).toMatchObject({ kind: "no_image", retryable: true, billed: "unknown" });
  });

  it("with no output in the end", async () => {
    const body = { id: "prediction1", status: "succeeded", output: null, urls: { get: replicate.url } };
    replicate.looks.push({ status: 200, body });
    expect(await fail()).toMatchObject({ kind: "no_image", retryable: true, billed: "unknown" });
    replicate.looks.push({ status: 200, body: { ...body, output: [] } });
    expect(await fail()).toMatchObject({ kind: "no_image", retryable: true, billed: "unknown" });
  });

  it.each([
    ["is lost", { status: 404, body: { detail: "Not found" } }],
    ["cannot be had now", { status: 503, headers: { "content-type": "text/html" }, body: "later" }],
    ["is cut off", "cut"],
  ] as const)("where the picture should be, which %s: that is paid for", async (_, look) => {
    replicate.looks.push("look", "look", look);
    const wanted = { kind: "no_image", retryable: true, billed: "yes", requestId: "prediction1" };
    expect(await fail()).toMatchObject(wanted);
  });

  it("with nothing in it, where the picture should be", async () => {
    replicate.looks.push("look", "look", { status: 200, headers: { "content-type": "image/png" }, body: "" });
    expect(await fail()).toMatchObject({ kind: "no_image", retryable: true, requestId: "prediction1" });
  });
});
