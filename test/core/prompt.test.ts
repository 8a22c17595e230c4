import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPrompt, PROMPT_LENGTH_MAX, shorten } from "../../src/core/prompt.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      ..."ae\u0301\u200b\u200d\u202e\u2066\ud83d\ude00\u0000\n\u2028 \ufeff\u00a0\u{e0041}",
    ),
    maxLength: 30,
  }),
);

describe("checkPrompt", () => {
  it.each([
    ["  a red   fox\n in\tsnow ", "a red fox in snow"],
    ["a\u0000b\u0007c\u009fd", "a b c d"],
    ["safe\u202etxt.exe\u2066\u2069", "safetxt.exe"],
    ["f\u200bo\u200cx\ufeff \u200e\u200f\u2060\u{e0041}\u{e007f}", "fox"],
    ["line\u2028par\u2029end", "line par end"],
    ["half \ud83d a fox", "half a fox"],
    ["e\u0301", "é"],
    ["e\u200b\u0301", "é"],
    ["👩‍👩‍👧 in 🏳️‍🌈 light", "👩‍👩‍👧 in 🏳️‍🌈 light"],
    [
      "@everyone <!channel> <@U123> *bold* `code` [a](http://b)",
      "@everyone <!channel> <@U123> *bold* `code` [a](http://b)",
    ],
  ])("%j becomes %j", (typed, prompt) => {
    expect(checkPrompt(typed)).toEqual({ status: "ok", prompt });
  });

  it.each([[""], ["   \n\t"], ["\u200b\u200d\ufeff"], ["\u0000"], ["\u0301\ufe0f"]])(
    "%j is empty",
    (typed) => {
      expect(checkPrompt(typed)).toEqual({ status: "empty" });
    },
  );

  it("counts characters, not code units", () => {
    expect(checkPrompt("🦊".repeat(PROMPT_LENGTH_MAX))).toMatchObject({ status: "ok" });
    expect(checkPrompt("🦊".repeat(PROMPT_LENGTH_MAX + 1))).toEqual({ status: "too_long", length: 1001 });
    expect(checkPrompt(`${"a".repeat(PROMPT_LENGTH_MAX)}   `)).toMatchObject({ status: "ok" });
  });

  it("makes anything safe, and leaves safe text as it is", () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const check = checkPrompt(typed);
        if (check.status !== "ok") return;
        expect(check.prompt).not.toMatch(
          /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff\u{e0000}-\u{e007f}]/u,
        );
        expect(check.prompt.isWellFormed()).toBe(true);
        expect(check.prompt.normalize("NFC")).toBe(check.prompt);
        expect(check.prompt).toBe(check.prompt.trim());
        expect(checkPrompt(check.prompt)).toEqual(check);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("shorten", () => {
  it("cuts at characters and says so", () => {
    expect(shorten("a red fox", 9)).toBe("a red fox");
    expect(shorten("a red fox", 8)).toBe("a red f…");
    expect(shorten("a red fox", 7)).toBe("a red…");
    expect(shorten("🦊🦊🦊", 2)).toBe("🦊…");
  });
});
