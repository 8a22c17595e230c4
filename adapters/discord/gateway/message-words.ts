import type { APIMessage } from "discord.js";

/** The message, or the one that it forwards. */
export function sourceOf(message: APIMessage): Pick<APIMessage, "content" | "attachments" | "mentions"> {
  const forwarded = message.message_snapshots?.[0]?.message;
  if (forwarded === undefined || message.content !== "" || message.attachments.length > 0) return message;
  return { content: forwarded.content, attachments: forwarded.attachments, mentions: forwarded.mentions };
}

/**
 * What a person reads there, without Discord's notation
 * (https://docs.discord.com/developers/reference#message-formatting-formats), and without the bot's name.
 */
export function wordsOf(
  { content, mentions }: Pick<APIMessage, "content" | "mentions">,
  bot: string | undefined,
): string {
  const names = new Map(mentions.map(({ id, username }) => [id, username]));
  return content
    .replace(/<@!?(\d+)>/g, (typed, id: string) => (id === bot ? "" : nameOf(names.get(id), typed)))
    .replace(/<a?:(\w+):\d+>/g, ":$1:")
    .trim();
}

function nameOf(name: string | undefined, typed: string): string {
  return name === undefined ? typed : `@${name}`;
}
