import type { Span } from "../../../src/core/card.ts";
import { readChannel, readMember, readMessage } from "../discord-refs.ts";
import { MANAGE } from "../roles/manage-group.ts";
import { escapeText } from "./escape-text.ts";
import { messageLink } from "./message-link.ts";
import { plainSpans } from "./plain-spans.ts";

/** A part of a line as markdown: words that may be cut, and what they become; of a mention there is no half. */
export type Piece =
  | { readonly words: string; readonly toMarkdown: (words: string) => string }
  | { readonly words: undefined; readonly markdown: string };

/** https://docs.discord.com/developers/reference#message-formatting */
export function toPieces(line: readonly Span[]): readonly Piece[] {
  return plainSpans(line).map(toPiece);
}

function toPiece(span: Span): Piece {
  switch (span.type) {
    case "text":
      return { words: span.text, toMarkdown: escapeText };
    case "bold":
      return { words: span.text, toMarkdown: (words) => `**${escapeText(words)}**` };
    case "code":
      return { words: span.text, toMarkdown: toCode };
    case "user":
      return { words: undefined, markdown: `<@${readMember(span.user).id}>` };
    case "group":
      return { words: undefined, markdown: toGroup(readMember(span.group)) };
    case "channel":
      return { words: undefined, markdown: `<#${readChannel(span.channel).channel}>` };
    case "message": {
      const to = readMessage(span.message);
      return { words: span.text, toMarkdown: (words) => messageLink(to, words) };
    }
  }
}

/** A backtick in it needs two around it, and a space between. */
function toCode(words: string): string {
  if (!words.includes("`")) return `\`${words}\``;
  return `\`\`${words.replace(/^(?= *`)|(?<=` *)$/gu, " ")}\`\``;
}

function toGroup({ guild, id }: { readonly guild: string; readonly id: string }): string {
  if (id === MANAGE) return "anyone with Manage Server";
  // The role of everybody has no mention of its own.
  return id === guild ? escapeText("@everyone") : `<@&${id}>`;
}
