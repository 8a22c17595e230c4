import { message, type Span, text } from "../../../src/core/card.ts";
import { literal, literalLine } from "./literal.ts";
import { isLinkable } from "./message-link.ts";

/**
 * The same line of spans that Discord can show as what they are: the others become text, and no two of a kind stand
 * beside each other. `**a****b**` and `` `a``b` `` would be something else, and texts are safe only as one.
 */
export function plainSpans(line: readonly Span[]): readonly Span[] {
  const said = line.map(toLiteral).filter((span) => !hasWords(span) || span.text !== "");
  return joinAlike(joinAlike(said).flatMap(toShowable));
}

function toLiteral(span: Span): Span {
  switch (span.type) {
    case "text":
      return text(literal(span.text));
    case "bold":
    case "code":
      return { type: span.type, text: literalLine(span.text) };
    case "message":
      return message(span.message, literalLine(span.text).trim() || "Open");
    default:
      return span;
  }
}

function joinAlike(line: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of line) {
    const last = joined.at(-1);
    if (hasWords(span) && last !== undefined && hasWords(last) && last.type === span.type) {
      joined[joined.length - 1] = { type: span.type, text: last.text + span.text };
    } else {
      joined.push(span);
    }
  }
  return joined;
}

/** What would end code, or a link of ours that stands before it: there is no backslash in code. */
const NO_CODE = /^\s*$|``|\]\(/u;

function toShowable(span: Span): readonly Span[] {
  switch (span.type) {
    case "bold":
      return span.text.trim() === "" ? [text(span.text)] : [span];
    case "code":
      return NO_CODE.test(span.text) ? [text(span.text)] : [span];
    case "message":
      if (isLinkable(span.text)) return [span];
      return [text(`${span.text} (`), message(span.message, "open"), text(")")];
    default:
      return [span];
  }
}

type Worded = Extract<Span, { type: "text" | "bold" | "code" }>;

function hasWords(span: Span): span is Worded {
  return span.type === "text" || span.type === "bold" || span.type === "code";
}
