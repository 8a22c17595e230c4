import type { MarkdownNode } from "./markdown-nodes.ts";
import { beforeOn, type Context, matchAt, type Rule } from "./markdown-rule.ts";

const DEPTH_MAX = 11;
const NUMBER_MAX = 1_000_000_000;

interface LineRule {
  readonly pattern: RegExp;
  toNode(found: RegExpExecArray, context: Context): MarkdownNode;
  /** Whether spaces may stand before it. */
  readonly mayBeIndented: boolean;
  isAllowed(context: Context): boolean;
}

/** A rule of whole lines. */
function lines({ pattern, toNode, mayBeIndented, isAllowed }: LineRule): Rule {
  return (source, at, context) => {
    const found = isAllowed(context) ? matchAt(pattern, source, at) : null;
    if (found === null) return undefined;
    const before = beforeOn(source, at, context);
    if (before === "words" || (before === "spaces" && !mayBeIndented)) return undefined;
    return { node: toNode(found, { ...context, before }), end: at + found[0].length };
  };
}

const subtext = lines({
  pattern: /-# +(?!-#)([^\n]+)\n?/uy,
  mayBeIndented: false,
  isAllowed: () => true,
  toNode: ([, inside = ""], context) => ({ type: "subtext", inside: context.read(inside) }),
});

const heading = lines({
  pattern: /(#{1,3})\s+(?!#)([^\n]*)\n?/uy,
  mayBeIndented: false,
  isAllowed: ({ depth }) => depth === 0,
  toNode: ([, signs = "", inside = ""], context) => ({
    type: "heading",
    level: signs.length,
    inside: context.read(inside.trimEnd().replace(/#+$/, "").trimEnd()),
  }),
});

/** There is no quote in a quote. */
const isFree = ({ isQuoted }: Context) => !isQuoted;
const quoteOf = (inside: string, context: Context): MarkdownNode => ({
  type: "quote",
  inside: context.read(inside, { isQuoted: true }),
});

const quoteOfAll = lines({
  pattern: />>> (.*)/suy,
  mayBeIndented: true,
  isAllowed: isFree,
  toNode: ([, inside = ""], context) => quoteOf(inside, context),
});

const quote = lines({
  pattern: /(?:> [^\n]*\n?)+/uy,
  mayBeIndented: true,
  isAllowed: isFree,
  toNode: ([whole], context) => quoteOf(whole.replace(/\n$/, "").replace(/^> /gm, ""), context),
});

const list = lines({
  pattern: /(?:(?:[*-]|\d+\.) +.[^\n]*(?:\n [^\n]*)*\n?)+/suy,
  mayBeIndented: true,
  isAllowed: ({ depth }) => depth < DEPTH_MAX,
  toNode: ([whole], context) => {
    const items = whole.matchAll(/((?:[*-]|\d+\.) +)(.[^\n]*(?:\n [^\n]*)*)\n?/gsu);
    const number = /^\d+/.exec(whole)?.[0];
    return {
      type: "list",
      start: number === undefined ? undefined : Math.min(Math.max(Number(number), 1), NUMBER_MAX),
      items: Array.from(items, ([, bullet = "", item = ""]) =>
        context.read(unindent(item, bullet.length), { depth: context.depth + 1 }),
      ),
    };
  },
});

function unindent(item: string, spaces: number): string {
  return item.replace(new RegExp(`^ {1,${spaces}}`, "gm"), "");
}

export const BLOCK_RULES: readonly Rule[] = [subtext, heading, quoteOfAll, quote, list];
