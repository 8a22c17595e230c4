/**
 * Emoji names as Slack spells them (those of https://github.com/iamcal/emoji-data), a few of them.
 * Each with its picture, for looking at.
 */
export const EMOJI_PICTURES: Readonly<Record<string, string>> = {
  one: "1️⃣",
  two: "2️⃣",
  three: "3️⃣",
  four: "4️⃣",
  five: "5️⃣",
  six: "6️⃣",
  seven: "7️⃣",
  eight: "8️⃣",
  nine: "9️⃣",
  zero: "0️⃣",
  keycap_ten: "🔟",
  arrows_counterclockwise: "🔄",
  white_check_mark: "✅",
  x: "❌",
  "+1": "👍",
  "-1": "👎",
  thumbsup: "👍",
  thumbsdown: "👎",
  eyes: "👀",
  heart: "❤️",
  tada: "🎉",
  raised_hands: "🙌",
  fire: "🔥",
  rocket: "🚀",
  warning: "⚠️",
  octagonal_sign: "🛑",
  hourglass_flowing_sand: "⏳",
  art: "🎨",
  frame_with_picture: "🖼️",
  joy: "😂",
  smile: "😄",
  wave: "👋",
  pray: "🙏",
};

const TONED = new Set(["+1", "-1", "thumbsup", "thumbsdown", "raised_hands", "wave", "pray"]);

/** `one`, `+1::skin-tone-3`. Not `:one:`, not letters. */
export function isEmojiName(name: string): boolean {
  const [base = "", tone, ...rest] = name.split("::");
  if (!(base in EMOJI_PICTURES) || rest.length > 0) return false;
  return tone === undefined || (TONED.has(base) && /^skin-tone-[2-6]$/.test(tone));
}
