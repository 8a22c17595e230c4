import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPrompt, PROMPT_LENGTH_MAX, shorten } from "../../src/core/prompt.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      ..."ae1\u0301\u200b\u200d\u202e\u2066\ud83d\ude00\u0000\n\u2028 \ufeff\u00a0\u{e0041}",
      ..."\u00ad\u034f\u115f\u1160\u1161\u180e\u2800\u3164\ufe0f\ufff9\u{e0100}\u20e3❤🏽👧",
      "\ud83d",
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
    ["a\u00adb\u034fc\u180ed\ufff9e\ufffaf\ufffbg", "abcdefg"],
    ["f\u{e0100}o\u{e01ef}x\ufe00\u{1d173}", "fox"],
    ["\u200da\u200d\u200db c\u200d", "ab c"],
    ["🦊\u200d fox \u200d🦊 🦊\u200d\u200d🦊", "🦊 fox 🦊 🦊🦊"],
    ["a\ufe0f\ufe0fb 🦊\ufe0f\ufe0f", "ab 🦊\ufe0f"],
    ["a\u2800\u3164\u115f\u1160\uffa0b", "a b"],
    [
      "@everyone <!channel> <@U123> *bold* `code` [a](http://b)",
      "@everyone <!channel> <@U123> *bold* `code` [a](http://b)",
    ],
  ])("%j becomes %j", (typed, prompt) => {
    expect(checkPrompt(typed)).toEqual({ status: "ok", prompt });
  });

  // What people write is left as it is.
  it.each([
    "👩‍👩‍👧 in 🏳️‍🌈 light",
    "👨‍👩‍👧‍👦 👩🏽‍🚀 🧑🏻‍❤️‍💋‍🧑🏿 🐻‍❄️ 👁️‍🗨️ 🏴‍☠️",
    "❤️‍🔥 ❤️ ☀️ ☝🏽 👍🏿 🇪🇸 🇯🇵 1️⃣ #️⃣ *️⃣ ©️",
    "ثعلب أحمر في الثلج، مُشَكَّل",
    "बर्फ़ में लाल लोमड़ी",
    "สุนัขจิ้งจอกแดงในหิมะ",
    "눈 속의 붉은 여우",
    "雪の中の赤い狐、がぎぐ",
    "tuyết trắng, Straße, Ωμέγα, שועל אדום",
  ])("%s stays", (typed) => {
    expect(checkPrompt(typed)).toEqual({ status: "ok", prompt: typed.normalize("NFC") });
  });

  it("puts a Korean word together that was typed by letters", () => {
    expect(checkPrompt("여우".normalize("NFD"))).toEqual({ status: "ok", prompt: "여우" });
  });

  it.each([
    [""],
    ["   \n\t"],
    ["\u200b\u200d\ufeff"],
    ["\u0000"],
    ["\u0301\ufe0f"],
    ["\u3164"],
    ["\u115f\u1160"],
    ["\u2800 \u2800"],
    ["\uffa0"],
    ["\u00ad"],
    ["\u20e3"],
    ["\u{e0101}\u{e0041}"],
  ])("%j is empty", (typed) => {
    expect(checkPrompt(typed)).toEqual({ status: "empty" });
  });

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
          /\u034f|[\u180b-\u180f]|[\ufe00-\ufe0e]|[\p{Cc}\u00ad\u115f\u1160\u2028\u2029\u202a-\u202e\u2060-\u206f\u200b\u200c\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u,
        );
        // What is left of joiners and marks belongs to an emoji.
        expect(check.prompt).not.toMatch(
          /^[\u200d\ufe0f]|[ \p{L}\u200d][\u200d\ufe0f]|\u200d(?:$|[ \p{L}])/u,
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
