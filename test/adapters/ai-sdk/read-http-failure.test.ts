import { describe, expect, it } from "vitest";
import { readHttpFailure } from "../../../adapters/ai-sdk/read-http-failure.ts";
import type { Exchange, Wire } from "../../../adapters/ai-sdk/wire.ts";

function exchange(status: number, headers: Record<string, string> = {}): Exchange {
  const url = new URL("https://api.example/v1/images");
  return { method: "POST", url, status, headers: new Headers(headers), json: undefined };
}

function wire(exchanges: readonly Exchange[], asked = exchanges.length): Wire {
  return { exchanges, asked, refusal: undefined };
}

describe("readHttpFailure", () => {
  it.each([
    [200, "no_image", true, "unknown"],
    [304, "no_image", true, "unknown"],
    [400, "invalid", false, "no"],
    [401, "auth", false, "no"],
    [402, "quota", false, "no"],
    [403, "auth", false, "no"],
    [404, "no_model", false, "no"],
    [408, "timeout", true, "no"],
    [410, "no_model", false, "no"],
    [413, "invalid", false, "no"],
    [422, "invalid", false, "no"],
    [429, "rate_limited", true, "no"],
    [500, "overloaded", true, "no"],
    [502, "overloaded", true, "no"],
    [503, "overloaded", true, "no"],
    [504, "timeout", true, "unknown"],
    [529, "overloaded", true, "no"],
  ] as const)("takes %i for %s", (status, kind, retryable, billed) => {
    const error = readHttpFailure("google", wire([exchange(status, { "retry-after": "7" })]));
    expect(error).toMatchObject({ name: "ModelError", kind, retryable, billed });
    expect(error.message).toBe(`google answered ${status}`);
    // To wait is for those who may come again, and were told so.
    expect(error.retryAfterMs).toBe(retryable && status >= 400 ? 7_000 : undefined);
  });

  it("goes by the last answer", () => {
    expect(readHttpFailure("bfl", wire([exchange(200), exchange(402)]))).toMatchObject({ kind: "quota" });
  });

  it("does not know what became of what was not answered, whatever came before", () => {
    for (const exchanges of [[], [exchange(200)]]) {
      expect(readHttpFailure("bfl", wire(exchanges, exchanges.length + 1))).toMatchObject({
        kind: "overloaded",
        retryable: true,
        billed: "unknown",
        message: "no answer from bfl",
      });
    }
  });

  it("takes what never went out for a request that is no good", () => {
    expect(readHttpFailure("fal", wire([]))).toMatchObject({
      kind: "invalid",
      retryable: false,
      billed: "no",
    });
  });
});
