/** The longest prompt we take, in characters (code points). Slack and Discord both carry it whole. */
export const PROMPT_LENGTH_MAX = 1000;

export type PromptCheck =
  | { readonly status: "ok"; readonly prompt: string }
  | { readonly status: "empty" }
  | { readonly status: "too_long"; readonly length: number };

/**
 * Makes typed text safe to keep and show: control characters become spaces, characters that reorder
 * or hide text (bidi overrides and isolates, zero-width marks, tag characters) are taken out, and
 * white space is folded. Emoji sequences survive: their joiner stays between two visible characters.
 */
export function checkPrompt(text: string): PromptCheck {
  const prompt = text
    .replace(BIDI_AND_INVISIBLE, "")
    .replace(CONTROL, " ")
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

// U+200D (zero-width joiner) is left: emoji families are made with it.
const BIDI_AND_INVISIBLE =
  /[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
const CONTROL = /\p{Cc}|\u2028|\u2029/gu;
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
