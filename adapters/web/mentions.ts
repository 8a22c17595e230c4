import { type Span, text, user } from "../../src/core/card.ts";
import type { UserRef } from "../../src/core/ids.ts";
import type { Mention } from "../../src/ports/chat.ts";
import { userRef } from "./studio-refs.ts";
import type { PersonView } from "./wire.ts";

/** `@` and a whole name, at the start of a word. */
const NAMED = /(?<![\p{L}\p{M}\p{N}_@])@([\p{L}\p{M}\p{N}_-]+)/gu;

/** The people whom a typed text names, each way of writing them once. */
export function mentionsOf(typed: string, people: readonly PersonView[]): readonly Mention[] {
  const mentions = found(typed, people).map(({ typed, person }) => [typed, { typed, who: person }] as const);
  return [...new Map(mentions).values()];
}

/** Typed text as lines to show. */
export function toLines(typed: string, people: readonly PersonView[]): Span[][] {
  return typed.split(/\r?\n/u).map((line) => toSpans(line, people));
}

function toSpans(line: string, people: readonly PersonView[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const { typed, person, at } of found(line, people)) {
    if (at > from) spans.push(text(line.slice(from, at)));
    spans.push(user(person));
    from = at + typed.length;
  }
  if (from < line.length) spans.push(text(line.slice(from)));
  return spans;
}

interface Named {
  readonly typed: string;
  readonly person: UserRef;
  readonly at: number;
}

function found(words: string, people: readonly PersonView[]): readonly Named[] {
  return [...words.matchAll(NAMED)].flatMap(({ 0: typed, 1: name = "", index: at }) => {
    const person = personNamed(name.toLowerCase(), people);
    return person === undefined ? [] : [{ typed, person: userRef(person.id), at }];
  });
}

/** By id, or by a first name that only one of them has. */
function personNamed(name: string, people: readonly PersonView[]): PersonView | undefined {
  const known = people.find((person) => person.id === name);
  const [first, ...others] = people.filter((person) => person.name.split(" ")[0]?.toLowerCase() === name);
  return known ?? (others.length === 0 ? first : undefined);
}
