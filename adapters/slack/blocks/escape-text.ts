const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Words for a field that Slack reads markup in: what would begin a mention, a link or an entity is none
 * any more. https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeText(words: string): string {
  return words.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}
