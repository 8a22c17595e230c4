/** Slack's notation, turned back into what a person typed. */
export interface ReadText {
  readonly text: string;
  /** Who is named in it: `U…`, `W…` or `S…`, and the word of the text that names them. */
  readonly named: readonly Named[];
}

export interface Named {
  readonly typed: string;
  readonly id: string;
}

const TOKEN = /<([^<>]+)>/g;

/**
 * Text of a message, or of a command that Slack was asked to escape:
 * https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export function readText(raw: string): ReadText {
  const named = new Map<string, string>();
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: whole, 1: inside = "", index } of raw.matchAll(TOKEN)) {
    pieces.push(decodeEntities(raw.slice(from, index)), toTyped(inside, named) ?? whole);
    from = index + whole.length;
  }
  pieces.push(decodeEntities(raw.slice(from)));
  return { text: pieces.join(""), named: [...named].map(([typed, id]) => ({ typed, id })) };
}

/** Slack escapes three characters, and no others: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function decodeEntities(words: string): string {
  return words.replace(/&(amp|lt|gt);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name]);
}

const ENTITIES = { amp: "&", lt: "<", gt: ">" } as const;

/** What stands between `<` and `>`, as typed; undefined for what is no notation of Slack's. */
function toTyped(inside: string, named: Map<string, string>): string | undefined {
  const [target = "", ...labels] = inside.split("|");
  const label = decodeEntities(labels.join("|")).trim();
  const person = /^@([UW][A-Z0-9]+)$/.exec(target)?.[1];
  const group = /^!subteam\^(S[A-Z0-9]+)$/.exec(target)?.[1];
  if (person !== undefined) return nameOf(person, label, named);
  if (group !== undefined) return nameOf(group, label, named);
  if (/^#[CG][A-Z0-9]+$/.test(target)) return `#${label || target.slice(1)}`;
  if (/^!(here|channel|everyone)$/.test(target)) return `@${target.slice(1)}`;
  if (target.startsWith("!date^")) return label;
  if (/^[a-z][a-z0-9+.-]*:/i.test(target))
    return label || decodeEntities(target).replace(/^(mailto|tel):/, "");
  return undefined;
}

/** `@ada`: one word, and nobody else's. */
function nameOf(id: string, label: string, named: Map<string, string>): string {
  const handle = `@${(label.replace(/^@/, "") || id).replace(/\s+/g, "_")}`;
  const typed = (named.get(handle) ?? id) === id ? handle : `@${id}`;
  named.set(typed, id);
  return typed;
}
