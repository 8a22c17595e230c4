import type { Mention } from "../../../src/ports/chat.ts";
import { groupRef, userRef } from "../discord-refs.ts";

/** https://docs.discord.com/developers/reference#message-formatting-formats; the one with `!` is from older clients. */
const MENTION = /<@(&|!?)(\d{1,20})>/g;

/** Whom the words name. The bot itself is left out: it can have no role. */
export function readMentions(guild: string, bot: string | undefined, words: readonly string[]): Mention[] {
  const named = new Map<string, Mention>();
  for (const [typed, kind, id = ""] of words.flatMap((each) => [...each.matchAll(MENTION)])) {
    if (kind !== "&" && id === bot) continue;
    named.set(typed, { typed, who: kind === "&" ? groupRef(guild, id) : userRef(guild, id) });
  }
  return [...named.values()];
}
