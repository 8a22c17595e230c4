import { escapeLines } from "../../cloud/html.ts";
import type { Json } from "../world/records.ts";
import type { Known } from "./known.ts";
import { renderEmoji, renderLink, renderMention } from "./render-mrkdwn.ts";

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block: its text is literal. */
export function renderRichText(world: Known, block: Json): string {
  return listOf(block.elements)
    .map((element) => renderElement(world, element))
    .join("");
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function renderElement(world: Known, element: Json): string {
  const inside = () =>
    listOf(element.elements)
      .map((each) => renderInline(world, each))
      .join("");
  switch (element.type) {
    case "rich_text_list": {
      const tag = element.style === "ordered" ? "ol" : "ul";
      const items = listOf(element.elements).map((each) => `<li>${renderElement(world, each)}</li>`);
      return `<${tag}>${items.join("")}</${tag}>`;
    }
    case "rich_text_preformatted":
      return `<pre>${inside()}</pre>`;
    case "rich_text_quote":
      return `<blockquote>${inside()}</blockquote>`;
    default:
      return `<div>${inside()}</div>`;
  }
}

function renderInline(world: Known, inline: Json): string {
  switch (inline.type) {
    case "text":
      return renderStyled(escapeLines(String(inline.text)), inline.style as Json | undefined);
    case "link":
      return renderLink(String(inline.url), String(inline.text ?? inline.url));
    case "user":
      return renderMention(`@${world.users.get(String(inline.user_id))?.name ?? inline.user_id}`);
    case "channel":
      return renderMention(`#${world.channels.get(String(inline.channel_id))?.name ?? inline.channel_id}`);
    case "usergroup":
      return renderMention(
        `@${world.groups.get(String(inline.usergroup_id))?.handle ?? inline.usergroup_id}`,
      );
    case "broadcast":
      return renderMention(`@${inline.range}`);
    case "emoji":
      return renderEmoji(String(inline.name));
    default:
      return `<span class="unknown">${escapeLines(JSON.stringify(inline))}</span>`;
  }
}

function renderStyled(html: string, style: Json | undefined): string {
  const tags = [
    ["bold", "b"],
    ["italic", "i"],
    ["strike", "s"],
    ["code", "code"],
    ["underline", "u"],
  ] as const;
  return tags.reduce(
    (inner, [name, tag]) => (style?.[name] === true ? `<${tag}>${inner}</${tag}>` : inner),
    html,
  );
}
