import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText } from "../../../../adapters/discord/components/escape-text.ts";
import { everyNode } from "../../../support/discord/page/markdown-nodes.ts";
import { parseMarkdown } from "../../../support/discord/page/parse-markdown.ts";
import { HOSTILE, PLAIN, SIGN_WALL } from "./hostile.ts";

const SIGNS = [
  ..."\\*_~|`<>[]()#-+.:@/!&1 \n",
  "https://",
  "@everyone",
  "@here",
  "<@1>",
  ":a:",
  "```",
  "\ufe0f",
];

/** Discord shows no spaces at the end of a line. */
const shown = (words: string) => words.replace(/ +(?=\n)/gu, "");

describe("escapeText", () => {
  it.each(HOSTILE)("leaves nothing of %j but its words", (words) => {
    expect(parseMarkdown(escapeText(words))).toEqual([{ type: "text", text: words }]);
    // The same in the middle of a line of ours, and after a mention.
    expect(parseMarkdown(`<@1> drafts ${escapeText(words)}`)).toEqual([
      { type: "mention", kind: "user", id: "1" },
      { type: "text", text: ` drafts ${words}` },
    ]);
  });

  it("shows any words as they are", () => {
    const anyWords = fc
      .array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ maxLength: 3 })), {
        minLength: 1,
        maxLength: 30,
      })
      .map((parts) => parts.join(""))
      .filter((words) => words !== "");
    fc.assert(
      fc.property(anyWords, (words) => {
        expect(parseMarkdown(escapeText(words))).toEqual([{ type: "text", text: shown(words) }]);
      }),
      { numRuns: 2_000 },
    );
  });

  it("leaves ordinary words alone", () => {
    const words = "A red fox, 16:9 (wide-angle), f/2.8 at 5 o'clock & 50% grey: no. 5! mail a@b.example #2";
    expect(escapeText(words)).toBe(words);
  });

  it("makes words no more than twice as long", () => {
    expect(escapeText(SIGN_WALL)).toHaveLength(2_000);
  });

  it("has something to do with each of them", () => {
    const plain = HOSTILE.filter((words) =>
      everyNode(parseMarkdown(words)).every(({ type }) => type === "text"),
    );
    expect(plain).toEqual(PLAIN);
  });
});
