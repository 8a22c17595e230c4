import type { Emoji } from "../../../src/core/card.ts";

/** How Slack calls the reactions that mean something: the names of https://github.com/iamcal/emoji-data. */
const NAMES: Readonly<Record<Emoji, string>> = {
  n1: "one",
  n2: "two",
  n3: "three",
  n4: "four",
  n5: "five",
  n6: "six",
  n7: "seven",
  n8: "eight",
  n9: "nine",
  reroll: "arrows_counterclockwise",
  approve: "white_check_mark",
  reject: "x",
};

const MEANINGS = new Map(Object.entries(NAMES).map(([emoji, name]) => [name, emoji as Emoji]));

export function toEmojiName(emoji: Emoji): string {
  return NAMES[emoji];
}

/** What a reaction means, whatever its skin tone (`::skin-tone-3`); undefined for one that means nothing to us. */
export function toEmoji(name: string): Emoji | undefined {
  return MEANINGS.get(name.replace(/::.*$/, ""));
}
