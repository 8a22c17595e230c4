import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText } from "../../../../adapters/slack/blocks/escape-text.ts";
import { readMention } from "../../../../adapters/slack/gateway/on-mention.ts";
import { decodeEntities, readText } from "../../../../adapters/slack/gateway/read-text.ts";

describe("Slack's notation", () => {
  it.each([
    ["a &lt;b&gt; &amp; c", "a <b> & c"],
    ["&amp;lt;", "&lt;"],
    ["<https://a.b/c?d=1&amp;e=2>", "https://a.b/c?d=1&e=2"],
    ["<https://a.b/c|a.b/c>", "a.b/c"],
    ["<mailto:ada@a.b|ada@a.b>", "ada@a.b"],
    ["<mailto:ada@a.b>", "ada@a.b"],
    ["<tel:+3412|+34 12>", "+34 12"],
    ["in <#C12|brand> or <#C34>", "in #brand or #C34"],
    ["<!here> <!channel> <!everyone|@everyone>", "@here @channel @everyone"],
    ["<!date^1392734382^{date}|Feb 18>", "Feb 18"],
    ["<nothing of Slack's>", "<nothing of Slack's>"],
    ["<>", "<>"],
    ["a < b > c", "a < b > c"],
  ])("%s", (raw, typed) => {
    expect(readText(raw)).toEqual({ text: typed, named: [] });
  });

  it("names people and groups, each by one word of their own", () => {
    expect(
      readText("<@U1|ada> <@U1> <@W2|ada> <!subteam^S3|@leads> <!subteam^S4> <@U5|Ada Lovelace> <@U1|ada>"),
    ).toEqual({
      text: "@ada @U1 @W2 @leads @S4 @Ada_Lovelace @ada",
      named: [
        { typed: "@ada", id: "U1" },
        { typed: "@U1", id: "U1" },
        { typed: "@W2", id: "W2" },
        { typed: "@leads", id: "S3" },
        { typed: "@S4", id: "S4" },
        { typed: "@Ada_Lovelace", id: "U5" },
      ],
    });
  });

  it("gives back what was typed, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (typed) => {
        expect(decodeEntities(escapeText(typed))).toBe(typed);
        expect(readText(escapeText(typed))).toEqual({ text: typed, named: [] });
      }),
    );
  });
});

describe("a mention", () => {
  const read = (raw: string) => {
    const { name, text } = readMention(raw, { bot: "UBOT", names: ["draft", "quota", "help"] });
    return [name, text];
  };

  it.each([
    ["<@UBOT> a red fox", ["draft", "a red fox"]],
    ["hey <@UBOT|draftroom>, a red fox", ["draft", "hey  , a red fox"]],
    ["<@UBOT>   Draft  a fox", ["draft", "a fox"]],
    ["<@UBOT> /quota grant 5", ["quota", "grant 5"]],
    ["<@UBOT> help", ["help", ""]],
    ["<@UBOT> helpful fox", ["draft", "helpful fox"]],
    ["<@UBOT> draft two\nlines", ["draft", "two\nlines"]],
    ["<@UBOT> <@UBOT>", ["draft", ""]],
  ])("%s", (raw, expected) => {
    expect(read(raw)).toEqual(expected);
  });
});
