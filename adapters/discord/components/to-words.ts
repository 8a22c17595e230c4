import { type Card, type Span, type Tone, text } from "../../../src/core/card.ts";
import { escapeText } from "./escape-text.ts";
import { fitLines } from "./fit-lines.ts";
import { LIMITS } from "./limits.ts";
import { literalLine } from "./literal.ts";
import type { Room } from "./room.ts";
import { type Piece, toPieces } from "./to-pieces.ts";

/** For those who do not see the colour of the bar. `info` is the plain one. */
const MARKS: Readonly<Record<Tone, string | undefined>> = {
  busy: "⏳",
  info: undefined,
  ok: "✅",
  warn: "⚠️",
  error: "🛑",
};

/** What a card says, as markdown in which nobody's words are markup. A notification shows the beginning of it. */
export function toWords({ body, summary, tone }: Card, room: Room): string {
  const lines = body.length > 0 ? body : [[text(summary)]];
  const mark = lines.some(isMarked) ? undefined : MARKS[tone];
  const pieces = lines.map(toPieces);
  const [first = [], ...rest] = pieces;
  const marked: readonly Piece[] =
    mark === undefined ? first : [{ words: undefined, markdown: `${mark} ` }, ...first];
  const words = fitLines([marked, ...rest], room);
  return words.trim() === "" ? "…" : words;
}

/** A line that begins with a sign of its own, such as "✅ Approved", needs no second one. */
function isMarked([first]: readonly Span[]): boolean {
  return first?.type === "text" && /^\p{Extended_Pictographic}/u.test(first.text);
}

/** Quiet last lines; undefined when there are none. */
export function toNote(notes: readonly string[]): string | undefined {
  const lines = notes.map((note) => literalLine(note).trim()).filter((note) => note !== "");
  if (lines.length === 0) return undefined;
  return fitLines(
    lines.map((words) => [{ words, toMarkdown: (said) => `-# ${escapeText(said)}` }]),
    { units: LIMITS.noteBytes, bytes: LIMITS.noteBytes },
  );
}
