import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseOptions, unquote } from "../../commands/parse-options.ts";
import type { OptionSpec } from "../../src/ports/command-spec.ts";

const SPECS: readonly OptionSpec[] = [
  { name: "count", summary: "", value: { kind: "choice", values: ["4", "6"] } },
  { name: "aspect", summary: "", value: { kind: "choice", values: ["1:1", "16:9"] } },
  { name: "seed", summary: "", value: { kind: "number", min: 0, max: 99 } },
  { name: "size", summary: "", value: { kind: "choice", values: ["1K"] } },
  { name: "dry-run", summary: "", value: { kind: "flag" } },
];

const parse = (typed: string) => {
  const parsed = parseOptions(typed, SPECS);
  return parsed.status === "ok" ? { text: parsed.text, ...parsed.options } : parsed.sentence;
};

describe("parseOptions", () => {
  it.each([
    ["a red fox --count 6", { text: "a red fox", count: "6" }],
    ["--count 6 a red fox", { text: "a red fox", count: "6" }],
    ["a red --count 6 fox", { text: "a red fox", count: "6" }],
    ["fox --count=6 --aspect=16:9", { text: "fox", count: "6", aspect: "16:9" }],
    ["fox --count:6", { text: "fox", count: "6" }],
    ["fox --COUNT 6", { text: "fox", count: "6" }],
    ["fox --dry-run", { text: "fox", "dry-run": "yes" }],
    ["fox --dry-run in snow", { text: "fox in snow", "dry-run": "yes" }],
    ['fox --aspect "16:9"', { text: "fox", aspect: "16:9" }],
    // Phones: long dashes and curly quotes.
    ["fox —count 6", { text: "fox", count: "6" }],
    ["fox –count 6", { text: "fox", count: "6" }],
    ["fox ––count 6", { text: "fox", count: "6" }],
    ["fox —-count 6", { text: "fox", count: "6" }],
    ["fox —dry-run", { text: "fox", "dry-run": "yes" }],
    ["fox --aspect “16:9”", { text: "fox", aspect: "16:9" }],
    ["“a red fox” --count=6", { text: "a red fox", count: "6" }],
    ['"a red fox"', { text: "a red fox" }],
    ["«un renard»", { text: "un renard" }],
  ])("%s", (typed, parsed) => {
    expect(parse(typed)).toEqual(parsed);
  });

  it.each([
    "a fox — running — in snow",
    "a fox —running",
    "well-known -count 4",
    "a fox -- and a hare",
    "“here” and “there”",
    '"one" and "two"',
    '\'90s poster that says "hello"',
    "@everyone <!channel> *bold* `code`",
    "$(reboot) ; drop table rounds",
  ])("leaves %s as it is", (typed) => {
    expect(parse(typed)).toEqual({ text: typed });
  });

  it.each([
    ["fox --cuont 4", "There is no --cuont. Did you mean --count?"],
    ["fox --aspcet 1:1", "There is no --aspcet. Did you mean --aspect?"],
    ["fox --dryrun", "There is no --dryrun. Did you mean --dry-run?"],
    ["fox —cont 4", "There is no --cont. Did you mean --count?"],
    ["fox --wat", "There is no --wat. The options are --count, --aspect, --seed, --size, --dry-run."],
    ["fox --count", "--count needs a value, such as --count 4."],
    ["fox --count=", "--count needs a value, such as --count 4."],
    ["fox --count --seed 7", "--count needs a value, such as --count 4."],
    ["fox --count —seed 7", "--count needs a value, such as --count 4."],
    ["fox --seed", "--seed needs a value, such as --seed 7."],
    ["fox --count 4 --count 6", "--count was given twice. Give it once."],
    ["fox --dry-run --dry-run", "--dry-run was given twice. Give it once."],
  ])("%s: %s", (typed, sentence) => {
    expect(parse(typed)).toBe(sentence);
  });

  it("never throws, and never loses a word of text without options", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(..."-—–= :\"'“”count6x\n") }),
      fc
        .array(
          fc.constantFrom(
            "--count",
            "—seed",
            "--dry-run",
            "--wat",
            "=",
            "6",
            "fox",
            '"',
            "“",
            "--",
            "--=",
            "--count=",
          ),
        )
        .map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(anything, (typed) => {
        const parsed = parseOptions(typed, SPECS);
        if (parsed.status === "bad")
          expect(parsed.sentence).toMatch(/^(There is no --|--[a-z-]+ (needs a value|was given twice))/);
        else
          expect(Object.keys(parsed.options).every((key) => SPECS.some((spec) => spec.name === key))).toBe(
            true,
          );
      }),
      { numRuns: 2000 },
    );
    const word = fc.string({ minLength: 1 }).filter((each) => /^[^\s"'-][^\s"']*$/u.test(each));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        expect(parse(words.join("  "))).toEqual({ text: words.join(" ") });
      }),
    );
  });

  it("finds the options wherever they stand", () => {
    const word = fc.constantFrom("a", "red", "fox", "in", "snow");
    const option = fc.constantFrom("--count 6", "--count=6", "—count 6", "–count=6");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.array(word), option, (before, after, given) => {
        const typed = [...before, given, ...after].join(" ");
        expect(parse(typed)).toEqual({ text: [...before, ...after].join(" "), count: "6" });
      }),
    );
  });
});

describe("unquote", () => {
  it.each([
    ['"fox"', "fox"],
    ["  ‘fox’ ", "fox"],
    ["„fox“", "fox"],
    ['""', ""],
    ['"', '"'],
    ['"fox', '"fox'],
    ["\"fox'", "\"fox'"],
    ['"a" or "b"', '"a" or "b"'],
  ])("%s is %s", (typed, words) => {
    expect(unquote(typed)).toBe(words);
  });
});
