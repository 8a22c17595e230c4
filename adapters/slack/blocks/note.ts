import type { ContextBlock, ContextBlockElement } from "@slack/web-api";
import { escapeText } from "./escape-text.ts";
import { LIMITS } from "./limits.ts";
import { plainText } from "./plain-text.ts";

/** The quiet last line, and where the picture is to be had in full. https://docs.slack.dev/reference/block-kit/blocks/context-block */
export function toNote(note: string | undefined, full: string | undefined): ContextBlock[] {
  const elements: ContextBlockElement[] = [
    ...(note === undefined ? [] : [plainText(note, LIMITS.note)]),
    ...(full === undefined ? [] : [toLink(full)]),
  ];
  return elements.length > 0 ? [{ type: "context", elements }] : [];
}

/** Only mrkdwn has links here. The address is Slack's, and nobody's words are in it. */
function toLink(url: string): ContextBlockElement {
  const address = escapeText(url.replace(/[<>|\s]/g, encodeURIComponent));
  return { type: "mrkdwn", text: `<${address}|Full size>`, verbatim: true };
}
