import type { DiscordMessage } from "../discord-refs.ts";

/**
 * Discord makes no link of words that have an emoji, a mention or another link in them, and shows a backslash in a
 * link's words as one: only words without signs can be a link.
 */
const LINKABLE = /^\p{L}[\p{L}\p{M}\p{N} ,.'’“”…–—·-]*$/u;

export function isLinkable(words: string): boolean {
  return LINKABLE.test(words);
}

/** Words that lead to a message. https://support.discord.com/hc/en-us/articles/210298617 */
export function messageLink({ guild, channel, message }: DiscordMessage, words: string): string {
  return `[${words}](https://discord.com/channels/${guild}/${channel}/${message})`;
}
