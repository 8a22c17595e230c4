import type { MarkdownNode } from "./markdown-nodes.ts";

/** What is known, at a place, of what stands around it. */
export interface Surroundings {
  /** What stands before it on its line: nothing, spaces, or words. */
  readonly before: "nothing" | "spaces" | "words";
  readonly isQuoted: boolean;
  /** How many lists it stands in. */
  readonly depth: number;
  /** Within the words of a link a backslash is a sign like others, and there is no other link. */
  readonly isLink: boolean;
  /** How many signs are open around it. */
  readonly nesting: number;
}

export interface Context extends Surroundings {
  /** Reads what stands inside. */
  read(source: string, change?: Partial<Surroundings>): readonly MarkdownNode[];
}

export interface Found {
  readonly node: MarkdownNode;
  /** Where it ends. */
  readonly end: number;
}

/** Tries its luck at a place. */
export type Rule = (source: string, at: number, context: Context) => Found | undefined;

/** @param pattern sticky. */
export function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** A rule that is a pattern (sticky) and what it means; undefined: nothing. */
export function rule(pattern: RegExp, toNode: (found: RegExpExecArray) => MarkdownNode | undefined): Rule {
  return (source, at) => {
    const found = matchAt(pattern, source, at);
    const node = found === null ? undefined : toNode(found);
    return found === null || node === undefined ? undefined : { node, end: at + found[0].length };
  };
}

/** What stands before a place on its line. */
export function beforeOn(source: string, at: number, { before }: Context): Surroundings["before"] {
  let first = at;
  while (source[first - 1] === " ") first -= 1;
  if (first > 0 && source[first - 1] !== "\n") return "words";
  if (first === 0 && before !== "nothing") return before;
  return first < at ? "spaces" : "nothing";
}
