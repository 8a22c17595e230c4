import type { Content } from "../wire.ts";
import { nameOf, type State } from "./state.ts";

/** What a message says, in one line. */
export function wordsOf(content: Content, author: string, state: State): string {
  if (content.kind === "card") return content.card.summary;
  const words = content.lines
    .flat()
    .map((span) => (span.type === "user" ? `@${nameOf(state, span.user.replace(/^.*:/, ""))}` : span.text));
  return `${nameOf(state, author)}: ${words.join("")}`;
}
