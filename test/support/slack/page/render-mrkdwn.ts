import { escapeHtml, escapeLines } from "../../cloud/html.ts";
import { EMOJI_PICTURES } from "../world/emoji-names.ts";
import type { Known } from "./known.ts";

// Slack's markup, as its client shows it: https://docs.slack.dev/messaging/formatting-message-text.
// What becomes a mention or a link looks unlike literal text, so that a leaked one is seen.

const SPECIAL = /(<[^<>]+>)/;

export function renderMrkdwn(world: Known, text: string): string {
  const html = text
    .split(SPECIAL)
    .map((part) => (SPECIAL.test(part) ? renderSpecial(world, part.slice(1, -1)) : renderMarks(part)))
    .join("");
  return html.replaceAll("\n", "<br>");
}

/** `plain_text`: emoji alone mean something in it. */
export function renderPlain(text: string, withEmoji = true): string {
  const html = escapeLines(unescapeEntities(text));
  return withEmoji ? renderEmojiNames(html) : html;
}

function renderSpecial(world: Known, inside: string): string {
  const [target = "", label] = inside.split("|");
  if (target.startsWith("@"))
    return renderMention(`@${world.users.get(target.slice(1))?.name ?? target.slice(1)}`);
  if (target.startsWith("#"))
    return renderMention(`#${world.channels.get(target.slice(1))?.name ?? target.slice(1)}`);
  if (target.startsWith("!subteam^"))
    return renderMention(`@${world.groups.get(target.slice("!subteam^".length))?.handle ?? target}`);
  if (target.startsWith("!")) return renderMention(`@${target.slice(1)}`);
  return renderLink(target, label ?? target);
}

export function renderMention(name: string): string {
  return `<span class="mention">${escapeHtml(name)}</span>`;
}

export function renderLink(url: string, label: string): string {
  return `<a class="link" title="${escapeHtml(url)}">${escapeHtml(unescapeEntities(label))}</a>`;
}

function renderMarks(text: string): string {
  const html = escapeHtml(unescapeEntities(text))
    .replace(/```([\s\S]+?)```/g, "<pre>$1</pre>")
    .replace(/`([^`\n]+)`/g, "<code>$1</code>")
    .replace(/(^|[\s(])\*([^*\n]+)\*(?=$|[\s.,;:!?)])/g, "$1<b>$2</b>")
    .replace(/(^|[\s(])_([^_\n]+)_(?=$|[\s.,;:!?)])/g, "$1<i>$2</i>")
    .replace(/(^|[\s(])~([^~\n]+)~(?=$|[\s.,;:!?)])/g, "$1<s>$2</s>");
  return renderEmojiNames(html);
}

function renderEmojiNames(html: string): string {
  return html.replace(/:([a-z0-9_+-]+):/g, (typed, name) =>
    name in EMOJI_PICTURES ? renderEmoji(name) : typed,
  );
}

export function renderEmoji(name: string): string {
  const [base = ""] = name.split("::");
  return `<span class="emoji" title=":${escapeHtml(name)}:">${EMOJI_PICTURES[base] ?? escapeHtml(`:${name}:`)}</span>`;
}

function unescapeEntities(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
