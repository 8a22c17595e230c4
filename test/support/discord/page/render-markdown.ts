import { escapeHtml } from "../../cloud/html.ts";
import type { Known } from "./known.ts";
import type { MarkdownNode } from "./markdown-nodes.ts";
import { parseMarkdown } from "./parse-markdown.ts";

/** Markdown as people see it. Mentions, links and emoji by name look unlike words, so that a leaked one is seen. */
export function renderMarkdown(known: Known, source: string): string {
  return renderNodes(known, parseMarkdown(source));
}

const TAGS = {
  bold: ["<b>", "</b>"],
  italic: ["<i>", "</i>"],
  underline: ["<u>", "</u>"],
  strike: ["<s>", "</s>"],
  spoiler: ['<span class="spoiler">', "</span>"],
  quote: ["<blockquote>", "</blockquote>"],
  subtext: ['<div class="subtext">', "</div>"],
} as const;

function renderNodes(known: Known, nodes: readonly MarkdownNode[]): string {
  return nodes.map((node) => renderNode(known, node)).join("");
}

function renderNode(known: Known, node: MarkdownNode): string {
  switch (node.type) {
    case "text":
      return escapeHtml(node.text);
    case "code":
      return `<code>${escapeHtml(node.text)}</code>`;
    case "code_block":
      return `<pre>${escapeHtml(node.text)}</pre>`;
    case "heading":
      return `<h${node.level}>${renderNodes(known, node.inside)}</h${node.level}>`;
    case "list": {
      const [tag, start] = node.start === undefined ? ["ul", ""] : ["ol", ` start="${node.start}"`];
      const items = node.items.map((item) => `<li>${renderNodes(known, item)}</li>`);
      return `<${tag}${start}>${items.join("")}</${tag}>`;
    }
    case "mention":
      return renderMention(mentioned(known, node));
    case "time":
      return `<span class="time">${new Date(node.seconds * 1000).toUTCString().replace("Invalid Date", "Invalid date")}</span>`;
    case "emoji":
      return `<span class="emoji" title=":${escapeHtml(node.name)}:">☻</span>`;
    case "link":
      return `<a class="link" title="${escapeHtml(node.url)}">${renderNodes(known, node.inside)}</a>`;
    default: {
      const [open, close] = TAGS[node.type];
      return `${open}${renderNodes(known, node.inside)}${close}`;
    }
  }
}

export function renderMention(name: string): string {
  return `<span class="mention">${escapeHtml(name)}</span>`;
}

function mentioned(known: Known, { kind, id }: Extract<MarkdownNode, { type: "mention" }>): string {
  switch (kind) {
    case "user":
      return `@${known.users.get(id) ?? id}`;
    case "role":
      return `@${known.roles.get(id) ?? id}`;
    case "channel":
      return `#${known.channels.get(id) ?? id}`;
    case "everyone":
    case "game":
      return `@${id}`;
    case "command":
      return `/${id.split(":")[0]}`;
    case "place":
      return id;
  }
}
