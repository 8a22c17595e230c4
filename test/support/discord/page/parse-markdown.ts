import { BLOCK_RULES } from "./block-rules.ts";
import { codeBlock, INLINE_RULES, maskedLink } from "./inline-rules.ts";
import type { MarkdownNode } from "./markdown-nodes.ts";
import type { Context, Found, Rule, Surroundings } from "./markdown-rule.ts";

const RULES: readonly Rule[] = [codeBlock, ...INLINE_RULES, maskedLink, ...BLOCK_RULES];

/** What is nested deeper stays as it is. */
const NESTING_MAX = 50;

/**
 * Discord's markdown as its desktop client reads it. The forms in angle brackets are documented
 * (https://docs.discord.com/developers/reference#message-formatting), the rest is told to people
 * (https://support.discord.com/hc/en-us/articles/210298617) and was found out by trial in
 * https://github.com/LyricLy/parse-discord. What may be markup or not is markup here, so that it is seen.
 */
export function parseMarkdown(source: string): readonly MarkdownNode[] {
  return read(source, { before: "nothing", isQuoted: false, depth: 0, isLink: false, nesting: 0 });
}

function read(source: string, surroundings: Surroundings): readonly MarkdownNode[] {
  const context: Context = {
    ...surroundings,
    read: (inside, change) =>
      read(inside, { ...surroundings, before: "nothing", nesting: surroundings.nesting + 1, ...change }),
  };
  const rules = context.nesting > NESTING_MAX ? [] : context.isLink ? INLINE_RULES : RULES;
  const nodes: MarkdownNode[] = [];
  let plain = "";
  let at = 0;
  const push = (node: MarkdownNode) => {
    const last = nodes.at(-1);
    if (node.type !== "text" || last?.type !== "text") nodes.push(node);
    else nodes[nodes.length - 1] = { type: "text", text: last.text + node.text };
  };
  const flush = () => {
    const text = context.isLink ? plain : withoutEscapes(plain);
    if (text !== "") push({ type: "text", text });
    plain = "";
  };
  while (at < source.length) {
    const found = isEscape(source, at, context) ? undefined : firstOf(rules, source, at, context);
    if (found === undefined) {
      const end = at + (isEscape(source, at, context) ? 2 : 1);
      plain += source.slice(at, end);
      at = end;
    } else {
      flush();
      push(found.node);
      at = found.end;
    }
  }
  flush();
  return nodes;
}

function isEscape(source: string, at: number, { isLink }: Context): boolean {
  return source[at] === "\\" && !isLink;
}

function firstOf(rules: readonly Rule[], source: string, at: number, context: Context): Found | undefined {
  for (const rule of rules) {
    const found = rule(source, at, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A backslash before a letter, a digit or a space is one; spaces at the end of a line are not shown. */
function withoutEscapes(text: string): string {
  return text
    .replace(/¯\\_\(ツ\)_\/¯|\\([^A-Za-z0-9\s])/gu, (whole, sign) => sign ?? whole)
    .replace(/ +(?=\n)/g, "");
}
