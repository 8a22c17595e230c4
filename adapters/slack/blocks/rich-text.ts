import type { RichTextBlock, RichTextElement } from "@slack/web-api";
import type { Card, Span, Tone } from "../../../src/core/card.ts";
import { readChannel, readMember, readMessage } from "../slack-refs.ts";
import { cut } from "./cut.ts";
import { literal } from "./literal.ts";
import { messageLink } from "./message-link.ts";
import { weigh, weighWords } from "./weigh.ts";

const LINES_MAX = 60;
const MORE: RichTextElement = { type: "text", text: "…" };
const NEWLINE: RichTextElement = { type: "text", text: "\n" };

/** A message has no colour to tell its tone by, and colour alone would not do. `info` is the plain one. */
const MARKS: Readonly<Record<Tone, string | undefined>> = {
  busy: "hourglass_flowing_sand",
  info: undefined,
  ok: "white_check_mark",
  warn: "warning",
  error: "octagonal_sign",
};

export interface RichTextOptions {
  readonly tone: Tone;
  /** What the block may count as, by `weigh`. Of too much, the longest lines are cut. */
  readonly weightMax: number;
  /** Whether the first of several lines is a heading. */
  readonly heading: boolean;
  /** Of the workspace, for links to its messages; see `messageLink`. */
  readonly url: string | undefined;
}

/**
 * Lines as one block. Everything that is said in it is a text element, in which Slack reads no markup,
 * mention, link or `:emoji:`: only elements of their own are those.
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function toRichText(
  body: Card["body"],
  { tone, weightMax, heading, url }: RichTextOptions,
): RichTextBlock {
  const isHeading = (index: number) => heading && index === 0 && body.length > 1;
  const lines = body.map((line, index) => toElements(line, isHeading(index), url));
  const shown = lines.length > LINES_MAX ? [...lines.slice(0, LINES_MAX - 1), [MORE]] : lines;
  const mark = body.some(isMarked) ? [] : toMark(tone);
  const frame = toBlock([...mark, ...shown.map(() => NEWLINE)]);
  const fitted = fitLines(shown, weightMax - weigh(frame));
  const elements = fitted.flatMap((line, index) => (index === 0 ? line : [NEWLINE, ...line]));
  return toBlock([...mark, ...(elements.length > 0 ? elements : [MORE])]);
}

/** A line that begins with a sign of its own, such as "✅ Approved", needs no second one. */
function isMarked([first]: readonly Span[]): boolean {
  return first?.type === "text" && /^\p{Extended_Pictographic}/u.test(first.text);
}

function toBlock(elements: RichTextElement[]): RichTextBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

function toMark(tone: Tone): RichTextElement[] {
  const name = MARKS[tone];
  return name === undefined
    ? []
    : [
        { type: "emoji", name },
        { type: "text", text: " " },
      ];
}

/** A heading is bold, unless something in it is so already. */
function toElements(line: readonly Span[], heading: boolean, url: string | undefined): RichTextElement[] {
  const isBold = heading && line.every((span) => span.type !== "bold");
  return line
    .map((span) => toElement(span, url))
    .filter((element) => element.type !== "text" || element.text !== "")
    .map((element) => (isBold ? { ...element, style: { bold: true } } : element));
}

function toElement(span: Span, url: string | undefined): RichTextElement {
  switch (span.type) {
    case "text":
      return { type: "text", text: literal(span.text) };
    case "bold":
      return { type: "text", text: literal(span.text), style: { bold: true } };
    case "code":
      return { type: "text", text: literal(span.text), style: { code: true } };
    case "user":
      return { type: "user", user_id: readMember(span.user).id };
    case "group":
      return { type: "usergroup", usergroup_id: readMember(span.group).id };
    case "channel":
      return { type: "channel", channel_id: readChannel(span.channel).channel };
    case "message":
      return {
        type: "link",
        url: messageLink(readMessage(span.message), url),
        text: literal(span.text).trim() || "…",
      };
  }
}

function fitLines(lines: readonly RichTextElement[][], weightMax: number): RichTextElement[][] {
  const level = levelOf(lines.map(weighLine), weightMax);
  return lines.map((line) => (weighLine(line) <= level ? line : fitLine(line, level)));
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

function fitLine(line: readonly RichTextElement[], weightMax: number): RichTextElement[] {
  const fitted: RichTextElement[] = [];
  let left = weightMax - weighLine([MORE]);
  for (const element of line) {
    const weight = weighLine([element]);
    if (weight > left) return [...fitted, shorten(element, left)];
    fitted.push(element);
    left -= weight;
  }
  return fitted;
}

/** As much of its words as fits. Of a mention there is no half. */
function shorten(element: RichTextElement, weightMax: number): RichTextElement {
  if (element.type !== "text" && element.type !== "link") return MORE;
  const room = weightMax - weighLine([{ ...element, text: "" }]);
  const words = cut(element.text ?? "", room, { measure: weighWords });
  return words === "…" ? MORE : { ...element, text: words };
}

/** With a comma for each. */
function weighLine(line: readonly RichTextElement[]): number {
  return line.reduce((sum, element) => sum + weigh(element) + 1, 0);
}
