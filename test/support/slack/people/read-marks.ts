import type { Json } from "../world/records.ts";

/** What a message does beyond being read: whom it mentions, and where its links go. */
export interface Marks {
  /** As in mrkdwn: `<@U…>`, `<#C…>`, `<!subteam^S…>`, `<!channel>`. */
  readonly mentions: readonly string[];
  readonly links: readonly string[];
}

/**
 * Found in mrkdwn (the top-level text too, which makes notifications) and in the elements of rich text.
 * Bare addresses in mrkdwn become links: https://docs.slack.dev/messaging/formatting-message-text.
 */
export function marksOf(text: string, blocks: readonly Json[]): Marks {
  const mentions = new Set<string>();
  const links = new Set<string>();
  const readMrkdwn = (mrkdwn: string) => {
    for (const [, inside = ""] of mrkdwn.matchAll(/<([^<>]+)>/g)) {
      if (/^[@#!]/.test(inside)) mentions.add(`<${inside.split("|")[0]}>`);
      else links.add(inside.split("|")[0] ?? "");
    }
    for (const [url] of mrkdwn.replace(/<[^<>]+>/g, "").matchAll(/https?:\/\/[^\s<>|]+/g)) links.add(url);
  };
  const readAny = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const json = value as Json;
    if (json.type === "mrkdwn" && typeof json.text === "string") readMrkdwn(json.text);
    const mention = mentionOf(json);
    if (mention !== undefined) mentions.add(mention);
    if (json.type === "link" || json.type === "button") {
      if (typeof json.url === "string") links.add(json.url);
    }
    Object.values(json).forEach(readAny);
  };
  readMrkdwn(text);
  readAny(blocks);
  return { mentions: [...mentions], links: [...links] };
}

function mentionOf(element: Json): string | undefined {
  switch (element.type) {
    case "user":
      return `<@${element.user_id}>`;
    case "channel":
      return `<#${element.channel_id}>`;
    case "usergroup":
      return `<!subteam^${element.usergroup_id}>`;
    case "broadcast":
      return `<!${element.range}>`;
    default:
      return undefined;
  }
}
