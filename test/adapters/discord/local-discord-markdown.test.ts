import { describe, expect, it } from "vitest";
import { everyNode, type MarkdownNode, visibleText } from "../../support/discord/page/markdown-nodes.ts";
import { parseMarkdown } from "../../support/discord/page/parse-markdown.ts";

/** Nodes in few words: `bold(a) b`. */
function told(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => {
      if (node.type === "text") return node.text;
      if (node.type === "list") return `list(${node.items.map(told).join(" | ")})`;
      if ("inside" in node) return `${node.type}(${told(node.inside)})`;
      return node.type === "mention" ? visibleText([node]) : `${node.type}(${visibleText([node])})`;
    })
    .join("");
}

/** What Discord's client was seen to make of it: https://github.com/LyricLy/parse-discord/tree/main/tests */
const SEEN: readonly (readonly [markdown: string, told: string])[] = [
  ["foo", "foo"],
  ["\\&", "&"],
  ["\\foo", "\\foo"],
  ["foo   \nbar", "foo\nbar"],
  ["*foo*", "italic(foo)"],
  ["**foo**", "bold(foo)"],
  ["\\*foo*", "*foo*"],
  ["*a\\*\\\\\\*\\\\*", "italic(a*\\*\\)"],
  ["*foo\\*", "*foo*"],
  ["***foo* bar** baz", "bold(italic(foo) bar) baz"],
  ["***foo** bar* baz", "italic(bold(foo) bar) baz"],
  ["**foo*", "*italic(foo)"],
  ["*foo\n*", "*foo\n*"],
  ["a * b*", "a * b*"],
  ["a *b  *", "a italic(b)"],
  ["__foo__", "underline(foo)"],
  ["_a_b", "_a_b"],
  ["_a_$", "italic(a)$"],
  ["~~a~~ ||b||", "strike(a) spoiler(b)"],
  ["`foo`", "code(foo)"],
  ["``", "``"],
  ["``  `a  ``", "code( `a  )"],
  ["`\\`", "code(\\)"],
  ["```foo```", "code_block(foo)"],
  ["```py\nfoo```", "code_block(foo)"],
  ["# foo", "heading(foo)"],
  ["# foo\ning", "heading(foo)ing"],
  ["*# foo*ing", "italic(heading(foo))ing"],
  ["a # foo", "a # foo"],
  [" # foo", " # foo"],
  ["# # a", "# # a"],
  ["#\na", "heading(a)"],
  ["-# foo", "subtext(foo)"],
  [" -# foo", " -# foo"],
  ["-# -# a", "-# -# a"],
  ["> foo\n> bar", "quote(foo\nbar)"],
  [">>> foo\nbar", "quote(foo\nbar)"],
  ["a > foo", "a > foo"],
  [" > foo", " quote(foo)"],
  ["> > foo", "quote(> foo)"],
  ["* foo", "list(foo)"],
  ["1. foo", "list(foo)"],
  ["0. a\n0. b", "list(a | b)"],
  ["- # a", "list(# a)"],
  ["- > a", "list(quote(a))"],
  ["> - a", "quote(list(a))"],
  ["<@0> <@!0> <@&0> <#0>", "<user:0> <user:0> <role:0> <channel:0>"],
  ["@everyone @here", "<everyone:everyone> <everyone:here>"],
  ["\\@everyone \\<@1>", "@everyone <@1>"],
  [
    ":pleading_face: <:name:0> <a:name:0>",
    "emoji(<emoji:pleading_face>) emoji(<emoji:name>) emoji(<emoji:name>)",
  ],
  ["<:-:0>", "<:-:0>"],
  ["12:30:45", "12:30:45"],
  ["<t:0:R>", "time(<time:0>)"],
  ["http://a", "http://a"],
  ["http://ab.", "link(http://ab)."],
  ["https://(a))", "link(https://(a)))"],
  ["<https://a.b/c>", "link(https://a.b/c)"],
  ["[a **b**](https://a.b)", "link(a bold(b))"],
  ["[https://c.d](https://a.b)", "[https://c.d](https://a.b)"],
  ["[a <@1>](https://a.b)", "[a <@1>](https://a.b)"],
  ["[🦊](https://a.b)", "[🦊](https://a.b)"],
  ["[a](javascript:b)", "[a](javascript:b)"],
  ["</quota grant:1> <id:browse> <@$1>", "<command:quota grant:1> <place:browse> <game:1>"],
];

describe("markdown as Discord's client reads it", () => {
  it.each(SEEN)("%j", (markdown, expected) => {
    expect(told(parseMarkdown(markdown))).toBe(expected);
  });

  it.each(["*", "_", "[", "`", "|", "<", "~", "(", "\\", ":a", "- ", "> ", "#", "[a](", "[a](b)", "*a **b "])(
    "comes to an end with many of %j",
    (sign) => {
      expect(everyNode(parseMarkdown(sign.repeat(4000 / sign.length))).length).toBeGreaterThan(0);
    },
  );
});
