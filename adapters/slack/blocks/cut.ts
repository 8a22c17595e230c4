const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
const MARK = "…";

/** How much a piece of text counts. The whole counts as much as its pieces together. */
export type Measure = (words: string) => number;

const units: Measure = (words) => words.length;

/**
 * The words, when they count for `max` or less; otherwise with "…" for what is too much. Characters stay
 * whole: an emoji of several code points is in or out. `tail`: how much of the end is kept as well, for
 * a sentence that ends in what matters.
 */
export function cut(
  words: string,
  max: number,
  { measure = units, tail = 0 }: { readonly measure?: Measure; readonly tail?: number } = {},
): string {
  if (measure(words) <= max) return words;
  const end =
    tail === 0
      ? ""
      : within([...charactersOf(words)].reverse(), tail, measure)
          .reverse()
          .join("");
  const start = within(charactersOf(words), max - measure(MARK) - measure(end), measure).join("");
  return `${start.trimEnd()}${MARK}${end}`;
}

function* charactersOf(words: string): Generator<string> {
  for (const { segment } of CHARACTERS.segment(words)) yield segment;
}

function within(characters: Iterable<string>, max: number, measure: Measure): string[] {
  const kept: string[] = [];
  let left = max;
  for (const character of characters) {
    left -= measure(character);
    if (left < 0) break;
    kept.push(character);
  }
  return kept;
}
