/** What Discord would take for markup, a mention, a link, an emoji or a turn of direction, if it were let. */
const MARKUP: readonly string[] = [
  "@everyone @here <@&1185700000000000001>",
  "<@1185700000000000001> <@!1185700000000000001> <#1185700000000000001> <@$1402418491272986635>",
  "</quota grant:1185700000000000001> <t:1618953630:R> <t:0> <id:customize>",
  "<:mmLol:216154654256398347> <a:b1nzy:392938283556143104> :wave: :a:b:wave: :thumbsup::skin-tone-3:",
  "[click](https://evil.example) [a](<https://evil.example> 'b') [[x](https://a.b)](https://c.d)",
  "https://evil.example/a_b_c?d=*e* http://x.y steam://run/1 <https://evil.example> <mailto:a@evil.example>",
  "https://discord.gg/abcdef discord.gg/abcdef https://discord.com/channels/1/2/3 <+15551234567> a@b.example",
  "**bold** *italic* __under__ _low_ ~~strike~~ ||spoiler|| ***all*** snake_case_word 2*3*4",
  "`code` ``co`de`` ```js\nblock``` `",
  "# heading",
  "## heading",
  "-# quiet",
  "> quote",
  ">>> quote of all",
  "- list",
  "  * list",
  "1. list",
  "  12. list",
  "- # - 1. > all",
  "a line\n# heading\n> quote\n- list\n1. list\n-# quiet",
];

/** What is no markup alone, and might be made some by what stands beside it. */
export const PLAIN: readonly string[] = [
  "\\*not\\* \\<@1\\> \\\\ ends in \\",
  "¯\\_(ツ)_/¯ #️⃣ 1️⃣ ™ 🦊",
  '"}]}, {"type": 10, "content": "x',
  "**",
  "`",
  "||",
  "#",
  "-",
  "16:9, 3:2: a ratio",
];

export const HOSTILE: readonly string[] = [...MARKUP, ...PLAIN];

/** As long as a prompt may be. */
export const EMOJI_WALL = "🦊".repeat(1000);
export const SIGN_WALL = "*".repeat(1000);
export const CHARACTER_WALL = "狐".repeat(1000);
