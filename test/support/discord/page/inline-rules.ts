import type { MarkdownNode, MentionKind, Style } from "./markdown-nodes.ts";
import { beforeOn, matchAt, type Rule, rule } from "./markdown-rule.ts";

/** Words between signs; of several such styles that fit, the longest. */
function styled(...styles: readonly (readonly [Style, RegExp])[]): Rule {
  return (source, at, context) => {
    const [longest] = styles
      .flatMap(([type, pattern]) => {
        const found = matchAt(pattern, source, at);
        return found === null ? [] : [{ type, found }];
      })
      .toSorted((one, other) => other.found[0].length - one.found[0].length);
    if (longest === undefined) return undefined;
    const [whole, inside = ""] = longest.found;
    const before = beforeOn(source, at, context);
    return { node: { type: longest.type, inside: context.read(inside, { before }) }, end: at + whole.length };
  };
}

/** One space beside a backtick is no part of the code. */
const code = rule(/(`+)(.+?)(?<!`)\1(?!`)/suy, ([, , inside = ""]) => ({
  type: "code",
  text: inside.replace(/^ (?= *`)|(?<=` *) $/g, ""),
}));

export const codeBlock = rule(/```(?:[a-zA-Z_\-+.0-9]*\n)?(.*?[^\n].*?)```/suy, ([, inside = ""]) => ({
  type: "code_block",
  text: inside.replace(/^\n+|\n+$/g, ""),
}));

const time = rule(/<t:(-?\d{1,17})(?::([tTdDfFsSR]))?>/uy, ([, seconds, style = "f"]) => ({
  type: "time",
  seconds: Number(seconds),
  style,
}));

const customEmoji = rule(/<a?:(\w+):(\d+)>/uy, ([, name = "", id]) => ({ type: "emoji", name, id }));

/** Any name may be that of an emoji; numbers are not, but for two of them. */
const namedEmoji = rule(/:([\w+-]+)(?:::skin-tone-\d)?:/uy, ([, name = ""]) =>
  /[^\d_+-]|^(?:100|1234|[+-]1)$/u.test(name) ? { type: "emoji", name, id: undefined } : undefined,
);

const STYLES: readonly Rule[] = [
  styled(
    ["italic", /\*(?!\s)((?:\\.|\*\*|[^*\\])+?)(?<!\s) {0,2}\*(?!\*)/suy],
    ["bold", /\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/suy],
  ),
  styled(
    ["italic", /_((?:\\.|__|[^_\\])+?)_(?![a-zA-Z0-9_])/suy],
    ["underline", /__((?:\\.|[^\\])+?)__(?!_)/suy],
  ),
  styled(["strike", /~~(.+?)~~(?!_)/suy]),
  styled(["spoiler", /\|\|(.+?)\|\|/suy]),
  code,
  time,
  customEmoji,
  namedEmoji,
];

/** https://docs.discord.com/developers/reference#message-formatting-formats */
function mention(kind: MentionKind, pattern: RegExp): Rule {
  return rule(pattern, ([whole, id]) => ({ type: "mention", kind, id: id ?? whole }));
}

const MENTIONS: readonly Rule[] = [
  mention("user", /<@!?(\d+)>/uy),
  mention("channel", /<#(\d+)>/uy),
  mention("role", /<@&(\d+)>/uy),
  mention("game", /<@\$(\d+)>/uy),
  mention("everyone", /@(everyone|here)/uy),
  mention("command", /<\/([^:>]+:\d+)>/uy),
  mention("place", /<id:(\w[\w-]*(?::\d+)?)>/uy),
];

/** An address as it is; a closing bracket that was not opened is none of its signs. */
const bareLink: Rule = (source, at) => {
  const url = matchAt(/(?:https?|discord|steam):\/\/[^\s<]+[^<.,:;"'\]\s]/uy, source, at)?.[0];
  if (url === undefined) return undefined;
  const closing = /\)*$/u.exec(url)?.[0].length ?? 0;
  const shown = closing > url.split("(").length - 1 ? url.slice(0, -1) : url;
  return isAddress(shown) ? { node: toLink(shown), end: at + shown.length } : undefined;
};

const LINKS: readonly Rule[] = [
  bareLink,
  rule(/<([^: >]+:\/[^ >]+)>/uy, ([, url = ""]) => (isAddress(url) ? toLink(url) : undefined)),
  rule(/<((?:\w+:)?(?:\+\d+|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+))>/uy, ([, to = ""]) => toLink(to)),
];

/** `[words](address "title")`. With an emoji, a mention or another link in the words it is none, and shown as it is. */
export const maskedLink: Rule = (source, at, context) => {
  const pattern =
    /\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\[^\n])*?)>?(?:\s+['"](.*?)['"])?\s*\)/suy;
  // Without an end of the address the pattern would look for one in every way there is.
  const found = source[at] === "[" && source.includes(")", at) ? matchAt(pattern, source, at) : null;
  if (found === null) return undefined;
  const [whole, words = "", address = ""] = found;
  const url = address.replace(/\\([^a-zA-Z0-9\s])/g, "$1");
  const inside = context.read(words, { before: beforeOn(source, at, context), isLink: true });
  const mayLead =
    isAddress(url) && words.trim() !== "" && !/\p{RGI_Emoji}/v.test(words) && inside.every(isPlain);
  const node: MarkdownNode = mayLead ? { type: "link", url, inside } : { type: "text", text: whole };
  return { node, end: at + whole.length };
};

function isPlain(node: MarkdownNode): boolean {
  if (node.type === "link" || node.type === "mention" || node.type === "emoji") return false;
  return !("inside" in node) || node.inside.every(isPlain);
}

function isAddress(text: string): boolean {
  return ["http:", "https:", "discord:"].includes(URL.parse(text)?.protocol ?? "");
}

function toLink(url: string): MarkdownNode {
  return { type: "link", url, inside: [{ type: "text", text: url }] };
}

/** Those that are tried within the words of a link, too. */
export const INLINE_RULES: readonly Rule[] = [...STYLES, ...MENTIONS, ...LINKS];
