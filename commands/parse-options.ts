import { nearest } from "../src/core/nearest.ts";
import type { OptionSpec } from "../src/ports/command-spec.ts";

export type ParsedOptions =
  | { readonly status: "ok"; readonly text: string; readonly options: Readonly<Record<string, string>> }
  | { readonly status: "bad"; readonly sentence: string };

/**
 * Takes the `--options` out of what somebody typed; the rest is the text. Phones turn `--` into a long
 * dash and straight quotes into curly ones: both mean the same here. A long dash before a word that is
 * no option of ours, nor nearly one, is punctuation of the text.
 */
export function parseOptions(typed: string, specs: readonly OptionSpec[]): ParsedOptions {
  const options = new Map<string, string>();
  const words: string[] = [];
  const tokens = tokenize(typed);
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? "";
    const option = readOption(token, specs);
    if (option === undefined) {
      words.push(token);
      continue;
    }
    if (option.spec === undefined) return { status: "bad", sentence: unknownOption(option.name, specs) };
    const { spec } = option;
    const isFlag = spec.value.kind === "flag";
    const follows = option.value === undefined && !isFlag;
    const value = isFlag ? "yes" : unquote(option.value ?? tokens[index + 1] ?? "");
    if (follows) index++;
    if (value === "" || (follows && readOption(tokens[index] ?? "", specs) !== undefined)) {
      return {
        status: "bad",
        sentence: needsValue(spec),
      };
    }
    if (options.has(spec.name))
      return { status: "bad", sentence: `--${spec.name} was given twice. Give it once.` };
    options.set(spec.name, value);
  }
  return { status: "ok", text: unquote(words.join(" ")), options: Object.fromEntries(options) };
}

function tokenize(typed: string): string[] {
  return typed
    .trim()
    .split(/\s+/u)
    .filter((token) => token !== "");
}

const DASHES = /^(--|[\u2013\u2014\u2015\u2212]{1,2}-?)([A-Za-z][A-Za-z-]*)(?:[=:](.*))?$/u;

function readOption(token: string, specs: readonly OptionSpec[]) {
  const match = DASHES.exec(token);
  if (!match) return undefined;
  const [, dash, name = "", value] = match;
  const spec = specs.find((each) => each.name === name.toLowerCase());
  // A long dash that starts no option of ours is the writer's own.
  if (spec === undefined && dash !== "--" && suggest(name, specs) === undefined) return undefined;
  return { name, spec, value };
}

function suggest(name: string, specs: readonly OptionSpec[]): string | undefined {
  return nearest(
    name,
    specs.map((spec) => spec.name),
  );
}

function unknownOption(name: string, specs: readonly OptionSpec[]): string {
  const meant = suggest(name, specs);
  const all = specs.map((spec) => `--${spec.name}`).join(", ");
  return meant
    ? `There is no --${name}. Did you mean --${meant}?`
    : `There is no --${name}. The options are ${all}.`;
}

function needsValue({ name, summary, value }: OptionSpec): string {
  if (value.kind === "text") return `--${name} needs a value. ${summary}.`;
  const example = (value.kind === "choice" ? value.values[0] : undefined) ?? "7";
  return `--${name} needs a value, such as --${name} ${example}.`;
}

/** Pairs of quotes, with nothing of their kind between. */
const QUOTED =
  /^(?:"([^"]*)"|'([^']*)'|[\u2018\u2019]([^\u2018\u2019]*)[\u2018\u2019]|[\u201c-\u201f]([^\u201c-\u201f]*)[\u201c-\u201f]|\u00ab([^\u00ab\u00bb]*)\u00bb)$/su;

/** Without the pair of quotes that stands around the whole. Quotes within the words are the writer's. */
export function unquote(words: string): string {
  const trimmed = words.trim();
  const inside = QUOTED.exec(trimmed)
    ?.slice(1)
    .find((each) => each !== undefined);
  return inside === undefined ? trimmed : inside.trim();
}
