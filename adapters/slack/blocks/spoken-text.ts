import type { Card, Span } from "../../../src/core/card.ts";
import { readChannel, readMember } from "../slack-refs.ts";
import { cut } from "./cut.ts";
import { escapeText } from "./escape-text.ts";
import { LIMITS } from "./limits.ts";
import { literal } from "./literal.ts";

/** The end of a sentence says what to do, or what became of it: it is kept when a prompt is too long. */
export const TAIL = 300;

/** A bar is for eyes: its figures stand beside it. */
const DOTS = /\s*[●◐○]{2,}/gu;

/** The `text` of a message that everybody sees: it is the notification too, so one sentence, without names. */
export function spokenSummary({ summary }: Card): string {
  const measure = (words: string) => Buffer.byteLength(escapeText(words));
  return escapeText(cut(literal(summary), LIMITS.textBytes, { measure, tail: TAIL })) || "…";
}

/**
 * The `text` of what one person asked for: all of it, with whom to ask. Screen readers read no more than
 * `text`, and no summary has names in it.
 */
export function spokenWhole(card: Card): string {
  const summary = spokenSummary(card);
  const body = card.body.map((line) => line.map(spokenSpan).join("")).join("\n");
  const isSaid = body.replaceAll("\n", " ").startsWith(summary);
  const whole = isSaid ? body : `${summary}\n${body}`;
  return Buffer.byteLength(whole) <= LIMITS.textBytes ? whole.trim() : summary;
}

/** https://docs.slack.dev/messaging/formatting-message-text#advanced */
function spokenSpan(span: Span): string {
  switch (span.type) {
    case "user":
      return `<@${readMember(span.user).id}>`;
    case "group":
      return `<!subteam^${readMember(span.group).id}>`;
    case "channel":
      return `<#${readChannel(span.channel).channel}>`;
    default:
      return escapeText(literal(span.text).replace(DOTS, ""));
  }
}
