import type { PlainTextElement } from "@slack/web-api";
import { cut } from "./cut.ts";
import { literal } from "./literal.ts";

/**
 * Text without markup; `emoji: false` leaves `:wave:` as it is written. Slack takes no empty text.
 * https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 */
export function plainText(words: string, max: number): PlainTextElement {
  return { type: "plain_text", text: cut(literal(words).trim(), max) || "…", emoji: false };
}
