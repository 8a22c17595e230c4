/** The longest prompt we take, in characters (code points). Slack and Discord both carry it whole. */
export const PROMPT_LENGTH_MAX = 1000;

export type PromptCheck =
  | { readonly status: "ok"; readonly prompt: string }
  | { readonly status: "empty" }
  | { readonly status: "too_long"; readonly length: number };

/**
 * Makes typed text safe to keep and show: control characters become spaces; characters that reorder,
 * hide or carry hidden text (bidi overrides and isolates, zero-width marks, tags, fillers) are taken
 * out; white space is folded. Emoji survive whole: their joiner stays between two pictographs, and the
 * mark that makes a sign an emoji stays behind such a sign.
 */
export function checkPrompt(text: string): PromptCheck {
  const prompt = text
    .replace(INVISIBLE, (mark) => (mark === ZERO_WIDTH_JOINER || mark === EMOJI_STYLE ? mark : ""))
    .replace(LONE_STYLE, "")
    .replace(LONE_JOINER, "")
    .replace(BLANK, " ")
    .replace(LONE_SURROGATE, "")
    // After the marks are gone: a letter and its accent may have been apart until now.
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .trim();
  const length = [...prompt].length;
  if (length === 0 || !/[^\p{M}\p{Cf} ]/u.test(prompt)) return { status: "empty" };
  if (length > PROMPT_LENGTH_MAX) return { status: "too_long", length };
  return { status: "ok", prompt };
}

const ZERO_WIDTH_JOINER = "\u200d";
const EMOJI_STYLE = "\ufe0f";
/** What Unicode says to show as nothing, and the interlinear marks. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u061c\ufff9-\ufffb]/gu;
const LONE_STYLE = /(?<!\p{Emoji})\ufe0f/gu;
const LONE_JOINER =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
/** Control characters, line separators, and the Braille pattern without dots. */
const BLANK = /\p{Cc}|[\u2028\u2029\u2800]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/** The start of a prompt, for a title or a line: at most `length` characters, cut with "…". */
export function shorten(prompt: string, length: number): string {
  const characters = [...prompt];
  if (characters.length <= length) return prompt;
  return `${characters
    .slice(0, length - 1)
    .join("")
    .trimEnd()}…`;
}
