import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRetryAfterMs } from "../../../adapters/ai-sdk/retry-after.ts";

const NOW = Date.parse("2026-11-20T10:00:00Z");
const read = (headers: Record<string, string>) => readRetryAfterMs(new Headers(headers), NOW);

describe("readRetryAfterMs", () => {
  it.each([
    ["7", 7_000],
    ["0", 0],
    ["1.5", 1_500],
    ["Fri, 20 Nov 2026 10:00:30 GMT", 30_000],
    ["Fri, 20 Nov 2026 09:00:00 GMT", 0],
  ])("reads %s", (after, ms) => {
    expect(read({ "retry-after": after })).toBe(ms);
  });

  it.each([
    "",
    "-1",
    "soon",
    "7 seconds",
    "0x10",
    "1e9",
    "Infinity",
    "tomorrow GMT",
    "May 2026",
    "9999999999999",
  ])("knows nothing of %j", (after) => {
    expect(read({ "retry-after": after })).toBeUndefined();
    expect(read({ "retry-after-ms": after })).toBeUndefined();
  });

  it("knows nothing without either header", () => {
    expect(read({})).toBeUndefined();
  });

  it("prefers milliseconds", () => {
    expect(read({ "retry-after-ms": "1250", "retry-after": "7" })).toBe(1_250);
    expect(read({ "retry-after-ms": "soon", "retry-after": "7" })).toBe(7_000);
  });

  it("never asks for a time that is no time", () => {
    const header = fc.string({ unit: fc.constantFrom(..."0123456789.-+eE GMTFri,Nov:") });
    fc.assert(
      fc.property(header, (after) => {
        const ms = read({ "retry-after": after });
        return ms === undefined || (Number.isFinite(ms) && ms >= 0);
      }),
    );
  });
});
