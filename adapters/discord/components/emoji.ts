import type { Emoji } from "../../../src/core/card.ts";

const STYLE = "\ufe0f";
const KEYCAP = "\u20e3";

const SIGNS: Readonly<Record<Emoji, string>> = {
  n1: `1${STYLE}${KEYCAP}`,
  n2: `2${STYLE}${KEYCAP}`,
  n3: `3${STYLE}${KEYCAP}`,
  n4: `4${STYLE}${KEYCAP}`,
  n5: `5${STYLE}${KEYCAP}`,
  n6: `6${STYLE}${KEYCAP}`,
  n7: `7${STYLE}${KEYCAP}`,
  n8: `8${STYLE}${KEYCAP}`,
  n9: `9${STYLE}${KEYCAP}`,
  reroll: "🔄",
  approve: "✅",
  reject: "❌",
};

const MEANINGS = new Map<string, Emoji>(
  Object.entries(SIGNS).map(([emoji, sign]) => [bare(sign), emoji as Emoji]),
);

/** The sign of a reaction. In a route it has to be percent-encoded. https://docs.discord.com/developers/resources/message#create-reaction */
export function toEmoji(emoji: Emoji): string {
  return SIGNS[emoji];
}

/** What a reaction means, by `name` of its emoji; undefined for another, and for a server's own, which has letters. */
export function fromEmoji(name: string | null): Emoji | undefined {
  return name === null ? undefined : MEANINGS.get(bare(name));
}

/** Some clients leave the mark out that makes a sign an emoji. */
function bare(sign: string): string {
  return sign.replaceAll(STYLE, "");
}
