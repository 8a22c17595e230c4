/** What can begin emphasis, a spoiler, code, a quote, a masked link, or anything in angle brackets: mentions, timestamps, commands. */
const SIGN = /[\\*_~|`<>[]/u;
const EVERYBODY = /@(?=everyone|here)/u;
/** Of an address, which Discord would make a link of, and of `:wave:`. */
const COLON = /:(?=\/|\S*:)/u;
/** Of a heading, a quiet line or a list, but not of a keycap emoji. */
const BULLET = /(?<=^[^\S\n]*)[-#](?!\ufe0f?\u20e3)/u;
/** It could end a link of ours that stands before it. */
const ADDRESS = /(?<=\])\(/u;
const NUMBERED = /(?<=^[^\S\n]*\d+)\./u;

const MARKUP = new RegExp(
  [SIGN, EVERYBODY, COLON, BULLET, NUMBERED, ADDRESS].map(({ source }) => source).join("|"),
  "gmu",
);

/**
 * Words as markdown that Discord shows as exactly these words: nothing in them is markup, a mention, a link or an
 * emoji by its name. A backslash makes any sign literal, so nothing invisible has to be put between them.
 * https://docs.discord.com/developers/reference#message-formatting,
 * https://support.discord.com/hc/en-us/articles/210298617
 */
export function escapeText(words: string): string {
  return words.replace(MARKUP, "\\$&");
}
