import type { Span } from "../../../src/core/card.ts";
import type { Content } from "../wire.ts";
import { channelNameOf, nameOf, type State } from "./state.ts";

/** What a message says, in one line. */
export function wordsOf(content: Content, author: string, state: State): string {
  if (content.kind === "card") return content.card.summary;
  const words = content.lines.flat().map((span) => wordsOfSpan(span, state));
  return `${nameOf(state, author)}: ${words.join("")}`;
}

function wordsOfSpan(span: Span, state: State): string {
  switch (span.type) {
    case "user":
      return `@${nameOf(state, span.user.replace(/^.*:/, ""))}`;
    case "group":
      return span.group.replace(/^.*:/, "");
    case "channel":
      return `#${channelNameOf(span.channel)}`;
    default:
      return span.text;
  }
}
