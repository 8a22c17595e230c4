import { describe, expect, it } from "vitest";
import { hearFailure } from "./asking-google.ts";

/** `google.rpc.Status` in JSON, https://google.aip.dev/193, with the details that the Gemini API is known to add. */
const fails = (code: number, status: string, message: string, details?: readonly object[]) =>
  hearFailure({ status: code, body: { error: { code, message, status, ...(details && { details }) } } });

const info = (reason: string, metadata: object = {}) => ({
  "@type": "type.googleapis.com/google.rpc.ErrorInfo",
  reason,
  domain: "googleapis.com",
  metadata: { service: "generativelanguage.googleapis.com", ...metadata },
});
const retry = (retryDelay: string) => ({ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay });
const quota = (...violations: object[]) => ({
  "@type": "type.googleapis.com/google.rpc.QuotaFailure",
  violations,
});
const PER_MINUTE = {
  quotaMetric: "generativelanguage.googleapis.com/generate_content_paid_tier_requests",
  quotaId: "GenerateRequestsPerMinutePerProjectPerModel-PaidTier",
};

describe("a failure of Google", () => {
  it.each([
    [400, "INVALID_ARGUMENT", "invalid", false, "no"],
    [401, "UNAUTHENTICATED", "auth", false, "no"],
    [403, "PERMISSION_DENIED", "auth", false, "no"],
    [404, "NOT_FOUND", "no_model", false, "no"],
    [429, "RESOURCE_EXHAUSTED", "rate_limited", true, "no"],
    [500, "INTERNAL", "overloaded", true, "no"],
    [503, "UNAVAILABLE", "overloaded", true, "no"],
    [504, "DEADLINE_EXCEEDED", "timeout", true, "unknown"],
  ] as const)("of %i %s", async (code, status, kind, retryable, billed) => {
    const error = await fails(code, status, "In Google's words.");
    expect(error).toMatchObject({ kind, retryable, billed, retryAfterMs: undefined, cause: undefined });
    expect(error.message).toBe(`google answered ${code} ${status}`);
  });

  it("takes a bad key for what it is, though Google calls it a bad request", async () => {
    const error = await fails(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", [
      info("API_KEY_INVALID"),
      {
        "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
        locale: "en-US",
        message: "API key not valid.",
      },
    ]);
    expect(error).toMatchObject({ kind: "auth", retryable: false, billed: "no" });
  });

  it.each([
    ["59s", 59_000],
    ["59.951s", 59_951],
    ["0.0004s", 1],
  ])("waits as long as the answer asks: %s", async (delay, ms) => {
    const error = await fails(429, "RESOURCE_EXHAUSTED", "Please retry in a while.", [
      quota({ ...PER_MINUTE, quotaValue: "10" }),
      retry(delay),
    ]);
    expect(error).toMatchObject({ kind: "rate_limited", retryable: true, retryAfterMs: ms });
  });

  it("waits as long as the header asks, when the body says nothing", async () => {
    const body = { error: { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" } };
    const headers = { "retry-after": "7" };
    expect(await hearFailure({ status: 503, body, headers })).toMatchObject({ retryAfterMs: 7_000 });
    const garbled = { error: { ...body.error, details: [retry("soon")] } };
    expect(await hearFailure({ status: 503, body: garbled, headers })).toMatchObject({ retryAfterMs: 7_000 });
  });

  it.each([
    [
      "a limit of nothing, in words",
      "Quota exceeded for metric: generate_content_free_tier_requests, limit: 0, model: gemini-3-pro-image\nPlease retry in 45.5s.",
      [quota(PER_MINUTE), retry("45s")],
    ],
    [
      "a limit of nothing, in numbers",
      "Quota exceeded.",
      [info("RATE_LIMIT_EXCEEDED", { quota_limit_value: "0" })],
    ],
    ["a violated quota of nothing", "Quota exceeded.", [quota({ ...PER_MINUTE, quotaValue: "0" })]],
    [
      "nothing left today",
      "Quota exceeded.",
      [quota({ quotaId: "GenerateRequestsPerDayPerProjectPerModel", quotaValue: "100" }), retry("30s")],
    ],
  ])("is out of quota: %s", async (_, message, details) => {
    const error = await fails(429, "RESOURCE_EXHAUSTED", message, details);
    expect(error).toMatchObject({ kind: "quota", retryable: false, billed: "no", retryAfterMs: undefined });
  });

  it("has a limit left that only begins with a nought", async () => {
    const error = await fails(429, "RESOURCE_EXHAUSTED", "Quota exceeded, limit: 0.5 a second");
    expect(error).toMatchObject({ kind: "rate_limited", retryable: true });
  });

  it.each([
    ["in a country without the free tier", 400, "FAILED_PRECONDITION", []],
    ["with billing turned off", 403, "PERMISSION_DENIED", [info("BILLING_DISABLED")]],
  ])("is out of money %s", async (_, code, status, details) => {
    expect(await fails(code, status, "Please enable billing.", details)).toMatchObject({
      kind: "quota",
      retryable: false,
    });
  });

  it.each([
    ["no object", "Service Unavailable"],
    ["no error", { fault: true }],
    ["an error of another shape", { error: "overloaded" }],
    ["a null", null],
  ])("is told by its HTTP status when its body is %s", async (_, body) => {
    expect(await hearFailure({ status: 503, body })).toMatchObject({
      kind: "overloaded",
      message: "google answered 503",
    });
  });

  it("repeats nothing of Google's but codes", async () => {
    const body = {
      error: { code: 400, message: "glass", status: "NOT A CODE: glass", details: ["glass", null] },
    };
    const error = await hearFailure({ status: 400, body });
    expect(error).toMatchObject({ kind: "invalid", message: "google answered 400 UNKNOWN" });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("glass");
  });
});
