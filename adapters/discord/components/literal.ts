/** Embeddings, overrides and isolates: they turn round what stands beside them, ours included. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/gu;
const CONTROLS = /[\p{Cc}--[\n]]/gv;

/** What anybody may have written, as it may stand beside our own words. */
export function literal(words: string): string {
  return words.toWellFormed().replace(TURNS, "").replace(CONTROLS, " ");
}

/** The same without line breaks. */
export function literalLine(words: string): string {
  return literal(words).replace(/\s*\n\s*/gu, " ");
}
