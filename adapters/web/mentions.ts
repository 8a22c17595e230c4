import { type Span, text, user } from "../../src/core/card.ts";
import { userRef } from "./studio-refs.ts";
import type { PersonView } from "./wire.ts";

/** `@ada`, at the start of a word. */
const MENTION = /(?<![\p{L}\p{N}_@])@([A-Za-z0-9-]{1,64})/gu;

/** Typed text as a command takes it: `@ada` becomes `<@studio:ada>` when there is an Ada. */
export function withMentions(typed: string, people: readonly PersonView[]): string {
  return typed.replace(MENTION, (whole, name: string) => {
    const person = personNamed(name, people);
    return person === undefined ? whole : `<@${userRef(person.id)}>`;
  });
}

/** Typed text as lines to show. */
export function toLines(typed: string, people: readonly PersonView[]): Span[][] {
  return typed.split(/\r?\n/u).map((line) => toSpans(line, people));
}

function toSpans(line: string, people: readonly PersonView[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of line.matchAll(MENTION)) {
    const person = personNamed(match[1] ?? "", people);
    if (person === undefined) continue;
    if (match.index > from) spans.push(text(line.slice(from, match.index)));
    spans.push(user(userRef(person.id)));
    from = match.index + match[0].length;
  }
  if (from < line.length) spans.push(text(line.slice(from)));
  return spans;
}

function personNamed(name: string, people: readonly PersonView[]): PersonView | undefined {
  return people.find((person) => person.id === name.toLowerCase());
}
