import { cut } from "./cut.ts";
import { type Room, weigh } from "./room.ts";
import type { Piece } from "./to-pieces.ts";

type Line = readonly Piece[];

const LINES_MAX = 60;
const MORE = "…";

/** Lines as markdown that fits: of too much, the longest lines are cut. */
export function fitLines(lines: readonly Line[], room: Room): string {
  const shown: readonly Line[] =
    lines.length > LINES_MAX
      ? [...lines.slice(0, LINES_MAX - 1), [{ words: undefined, markdown: MORE }]]
      : lines;
  const breaks = (shown.length - 1) * weigh("\n", room);
  const level = levelOf(
    shown.map((line) => weigh(toMarkdown(line), room)),
    room.units - breaks,
  );
  return shown.map((line) => fitLine(line, level, room)).join("\n");
}

/** What a line may weigh at most so that all of them fit: short lines stay whole, the longest are cut. */
function levelOf(weights: readonly number[], weightMax: number): number {
  let left = weightMax;
  let count = weights.length;
  for (const weight of weights.toSorted((a, b) => a - b)) {
    if (weight * count > left) return left / count;
    left -= weight;
    count -= 1;
  }
  return Number.POSITIVE_INFINITY;
}

function fitLine(line: Line, weightMax: number, room: Room): string {
  if (weigh(toMarkdown(line), room) <= weightMax) return toMarkdown(line);
  let fitted = "";
  let left = weightMax - weigh(MORE, room);
  for (const piece of line) {
    const weight = weigh(toMarkdown([piece]), room);
    if (weight > left) return fitted + shorten(piece, left + weigh(MORE, room), room);
    fitted += toMarkdown([piece]);
    left -= weight;
  }
  return fitted;
}

/** As much of its words as fits. Of a mention there is no half. */
function shorten(piece: Piece, weightMax: number, room: Room): string {
  if (piece.words === undefined) return MORE;
  const measure = (words: string) => weigh(piece.toMarkdown(words), room);
  // With the mark in any case: what comes after it is left out.
  const words = cut(`${piece.words}${MORE}`, weightMax, { measure });
  return words === MORE ? MORE : piece.toMarkdown(words);
}

function toMarkdown(line: Line): string {
  return line
    .map((piece) => (piece.words === undefined ? piece.markdown : piece.toMarkdown(piece.words)))
    .join("");
}
