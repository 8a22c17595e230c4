import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toMessage } from "../../../../adapters/discord/components/to-message.ts";
import { toPrivate } from "../../../../adapters/discord/components/to-private.ts";
import { channelRef, messageRef, userRef } from "../../../../adapters/discord/discord-refs.ts";
import { type Card, plainCard, type Span } from "../../../../src/core/card.ts";
import { checkMessage } from "../../../support/discord/components/check-message.ts";
import { everyNode, type MarkdownNode, visibleText } from "../../../support/discord/page/markdown-nodes.ts";
import { parseMarkdown } from "../../../support/discord/page/parse-markdown.ts";
import { anyCard } from "./any-card.ts";
import { HOSTILE } from "./hostile.ts";
import { GUILD } from "./real-cards.ts";
import { textsOf } from "./shown.ts";

const ADA = "1185700000000000001";
const BRAND = "1185700000000000200";

/** Halves of markup, which words beside each other could make whole. */
const HALVES = [
  ..."@<>#-.*_~|`\\[]():1 ",
  ...["everyone", "here", "**", "__", "||", "``", "```", "<@", "<#", "<t:", "<:a", "1.", "-#", ">>>", "\n"],
  ...["](https://e.example)", "https:", "//e.example", "http", ":wave", "🦊", "\ufe0f", "a", "\u202e"],
];
const anyHalves = fc.array(fc.constantFrom(...HALVES), { maxLength: 5 }).map((parts) => parts.join(""));
const anyWords = fc.oneof(
  { weight: 5, arbitrary: anyHalves },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
);

const anySpan: fc.Arbitrary<Span> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constantFrom("text", "bold", "code"), text: anyWords }) },
  { weight: 1, arbitrary: fc.constant({ type: "user" as const, user: userRef(GUILD, ADA) }) },
  {
    weight: 1,
    arbitrary: fc.constant({
      type: "channel" as const,
      channel: channelRef({ guild: GUILD, channel: BRAND }),
    }),
  },
  {
    weight: 1,
    arbitrary: anyWords.map((text) => ({
      type: "message" as const,
      message: messageRef({ guild: GUILD, channel: BRAND, message: "1185700000000000400" }),
      text,
    })),
  },
);
const anyBody = fc.array(fc.array(anySpan, { maxLength: 6 }), { minLength: 1, maxLength: 4 });

/** What people should read, before anything is made of it. */
function saidBy(span: Span): string {
  switch (span.type) {
    case "user":
      return `<user:${ADA}>`;
    case "channel":
      return `<channel:${BRAND}>`;
    case "group":
      return "";
    default:
      return span.text;
  }
}

/** Spaces are spaces, and what turns the direction is taken out; a message's words may have "(open)" after them. */
const plain = (words: string) =>
  words
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/ ?\(open\)|Open/g, "")
    .replace(/\s+/gu, "");

/** Nothing but what the card has: its own mentions and links, bold and code. */
function expectOurs(nodes: readonly MarkdownNode[]): void {
  for (const node of everyNode(nodes)) {
    expect(["text", "bold", "code", "mention", "link"]).toContain(node.type);
    if (node.type === "mention") expect([ADA, BRAND]).toContain(node.id);
    if (node.type === "link")
      expect(node.url).toBe(`https://discord.com/channels/${GUILD}/${BRAND}/1185700000000000400`);
  }
}

/** The first Text Display of a card in plain tone, as Discord's client reads it. */
function readBody(body: Card["body"]): readonly MarkdownNode[] {
  return parseMarkdown(textsOf(toPrivate(plainCard("info", "x", body)))[0] ?? "");
}

describe("any card", () => {
  it("is a message that Discord takes, and notifies nobody", () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const shown = card.picture && { name: "a.jpg", notes: [], original: undefined };
        for (const content of [toMessage(card, { mark: 7, shown }), toPrivate(card)]) {
          expect(checkMessage(content, ["a.jpg"])).toEqual([]);
          expect(content.allowed_mentions).toEqual({ parse: [], users: [], replied_user: false });
        }
      }),
      { numRuns: 200 },
    );
  });

  it("says its words as they are, whatever stands beside them", () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const read = readBody(body);
        expectOurs(read);
        const said = plain(body.flat().map(saidBy).join(""));
        // Of nothing to say there is a sign.
        expect(plain(visibleText(read)).replace(/^…$/, said === "" ? "" : "…")).toBe(said);
      }),
      { numRuns: 3000 },
    );
  });

  it("says its quiet line as it is", () => {
    fc.assert(
      fc.property(
        anyWords.filter((words) => plain(words) !== ""),
        (note) => {
          const [, quiet = ""] = textsOf(toPrivate({ ...plainCard("info", "x"), note }));
          const read = parseMarkdown(quiet);
          expect(read.map(({ type }) => type)).toEqual(["subtext"]);
          expect(everyNode(read).filter(({ type }) => type !== "subtext" && type !== "text")).toEqual([]);
          expect(plain(visibleText(read))).toBe(plain(note));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
