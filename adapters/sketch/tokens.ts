import { findMeaning, type Meaning } from "./lexicon.ts";

/** A word or phrase with its meaning, one nobody taught the sketch, or the end of a clause. */
export type Token = Meaning | { readonly kind: "unknown"; readonly word: string } | { readonly kind: "stop" };

const PHRASE_WORDS_MAX = 4;

/** Splits a prompt into meanings, longest phrase first. */
export function toTokens(prompt: string): Token[] {
  const words = wordsOf(prompt);
  const tokens: Token[] = [];
  for (let start = 0; start < words.length; ) {
    const [token, length] = longestPhrase(words, start);
    tokens.push(token);
    start += length;
  }
  return tokens;
}

/** Lower-case words, punctuation and emoji. */
export function wordsOf(prompt: string): readonly string[] {
  const text = prompt
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[’']s\b/gu, "");
  return text.match(/[\p{L}\p{N}-]+|[,.;:!?]|\p{Extended_Pictographic}/gu) ?? [];
}

function longestPhrase(words: readonly string[], start: number): [Token, number] {
  for (let length = Math.min(PHRASE_WORDS_MAX, words.length - start); length > 0; length--) {
    const phrase = words.slice(start, start + length);
    const exact = findMeaning(phrase.join(" "));
    if (exact !== undefined) return [exact, length];
    for (const singular of singularsOf(phrase.at(-1) ?? "")) {
      const meaning = findMeaning([...phrase.slice(0, -1), singular].join(" "));
      if (meaning?.kind === "thing") return [{ kind: "several", of: meaning.subject }, length];
      if (meaning !== undefined) return [meaning, length];
    }
  }
  const word = words[start] ?? "";
  return [/^[,.;:!?]$/u.test(word) ? { kind: "stop" } : { kind: "unknown", word }, 1];
}

function singularsOf(word: string): string[] {
  if (word.length < 4 || !word.endsWith("s")) return [];
  const singulars = [word.slice(0, -1)];
  if (word.endsWith("es")) singulars.push(word.slice(0, -2));
  if (word.endsWith("ies")) singulars.push(`${word.slice(0, -3)}y`);
  if (word.endsWith("ves")) singulars.push(`${word.slice(0, -3)}f`);
  return singulars;
}
