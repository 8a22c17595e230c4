const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
const MARK = "…";

/** How long words are where they will stand. More words are never shorter. */
export type Measure = (words: string) => number;

/** Discord does not say what it counts; of UTF-16 units there are never fewer than of characters. */
export const units: Measure = (words) => words.length;

interface Cut {
  readonly measure?: Measure;
  /** How many characters of the end are kept as well, for a sentence that ends in what matters. */
  readonly tail?: number;
}

/**
 * The words, when they measure `max` or less; otherwise with "…" for what is too much. Characters stay whole: an
 * emoji of several code points is in or out.
 */
export function cut(words: string, max: number, { measure = units, tail = 0 }: Cut = {}): string {
  if (measure(words) <= max) return words;
  const characters = Array.from(CHARACTERS.segment(words), ({ segment }) => segment);
  const end = tail === 0 ? "" : characters.slice(-tail).join("");
  const kept = measure(MARK + end) <= max ? end : "";
  const shortened = (length: number) => `${characters.slice(0, length).join("").trimEnd()}${MARK}${kept}`;
  let fits = 0;
  let tooLong = characters.length;
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (measure(shortened(middle)) <= max) fits = middle;
    else tooLong = middle;
  }
  return shortened(fits);
}
