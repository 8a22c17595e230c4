import { bold, type Span, text, user } from "../core/card.ts";
import type { Vote } from "../core/round.ts";

/** Who is for which take, the most votes first; no line when nobody has voted. */
export function voteLines(votes: readonly Vote[]): readonly (readonly Span[])[] {
  if (votes.length === 0) return [];
  const numbers = [...new Set(votes.map((vote) => vote.number))];
  const count = (number: number) => votes.filter((vote) => vote.number === number).length;
  const ranked = numbers.toSorted((a, b) => count(b) - count(a) || a - b);
  const spans = ranked.flatMap((number, index): Span[] => {
    const people = votes.filter((vote) => vote.number === number).map((vote) => user(vote.person));
    return [text(`${index === 0 ? "Votes: " : " · "}take `), bold(`${number}`), text(" "), ...commas(people)];
  });
  return [spans];
}

function commas(people: readonly Span[]): readonly Span[] {
  return people.flatMap((person, index) => (index === 0 ? [person] : [text(", "), person]));
}
