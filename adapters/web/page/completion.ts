import type { CommandSpec, OptionSpec } from "../../../src/ports/command-spec.ts";
import type { PersonView } from "../wire.ts";

/** What could be typed next. */
export interface Completion {
  readonly suggestions: readonly Suggestion[];
  /** The first one is meant: Enter takes it. Otherwise Enter sends, and Tab or an arrow takes. */
  readonly isMeant: boolean;
  /** The command being typed. */
  readonly command: CommandSpec | undefined;
}

export interface Suggestion {
  readonly label: string;
  readonly summary: string;
  /** What replaces the characters `from` to `to`. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const NOTHING: Completion = { suggestions: [], isMeant: false, command: undefined };

/** Suggestions for text up to the caret: commands, their options, values and first words, and people. */
export function complete(
  typed: string,
  commands: readonly CommandSpec[],
  people: readonly PersonView[],
): Completion {
  const word = lastWord(typed);
  if (!typed.startsWith("/")) return { ...NOTHING, ...peopleNamed(word, people) };
  if (word.from === 0) return commandsNamed(word, commands);
  const [name = "", ...words] = typed.slice(1, word.from).trim().split(/\s+/);
  const command = commands.find((one) => one.name === name.toLowerCase());
  if (command === undefined) return NOTHING;
  return { ...NOTHING, command, ...(argumentsOf(command, words, word) ?? peopleNamed(word, people)) };
}

function lastWord(typed: string): Word {
  const text = /\S*$/.exec(typed)?.[0] ?? "";
  return { text, from: typed.length - text.length, to: typed.length };
}

function commandsNamed(word: Word, commands: readonly CommandSpec[]): Completion {
  const typed = word.text.slice(1).toLowerCase();
  const alike = commands.filter((one) => one.name.startsWith(typed));
  return {
    suggestions: alike.map((one) => suggest(word, `/${one.name}`, one.summary)),
    isMeant: !alike.some((one) => one.name === typed),
    command: alike.find((one) => one.name === typed),
  };
}

function argumentsOf(command: CommandSpec, before: readonly string[], word: Word) {
  const option = command.options.find((one) => one.name === toOptionName(before.at(-1) ?? ""));
  const values = option === undefined ? [] : valuesOf(option);
  if (values.length > 0) {
    return alikeOf(
      word,
      values.map((value) => ({ label: value, summary: "" })),
    );
  }
  if (toOptionName(word.text) !== undefined) return optionsOf(command, before, word);
  const isFirst = before.length === 0 && command.subcommands.length > 0 && !word.text.startsWith("@");
  if (!isFirst) return undefined;
  return alikeOf(
    word,
    command.subcommands.map((one) => ({
      label: one.name,
      summary: one.managersOnly ? `${one.summary} · managers` : one.summary,
    })),
  );
}

/** Few enough numbers to choose from are offered like names. */
const NUMBERS_MAX = 20;

function valuesOf({ value }: OptionSpec): readonly string[] {
  if (value.kind === "choice") return value.values;
  if (value.kind !== "number" || value.max - value.min >= NUMBERS_MAX) return [];
  return Array.from({ length: value.max - value.min + 1 }, (_, index) => `${value.min + index}`);
}

function optionsOf(command: CommandSpec, before: readonly string[], word: Word) {
  const used = before.map(toOptionName);
  const open = command.options.filter((one) => !used.includes(one.name));
  const typed = `--${toOptionName(word.text) ?? ""}`;
  return alikeOf(
    { ...word, text: typed },
    open.map((one) => ({ label: `--${one.name}`, summary: one.summary })),
  );
}

/** The name of an option as typed; phones make one long dash of two short ones. */
function toOptionName(word: string): string | undefined {
  return /^(?:--|—|–)(.*)$/u.exec(word)?.[1]?.toLowerCase();
}

function peopleNamed(word: Word, people: readonly PersonView[]) {
  if (!word.text.startsWith("@")) return { suggestions: [], isMeant: false };
  return alikeOf(
    word,
    people.map((one) => ({ label: `@${one.id}`, summary: one.name })),
  );
}

function alikeOf(word: Word, choices: readonly { readonly label: string; readonly summary: string }[]) {
  const typed = word.text.toLowerCase();
  const alike = choices.filter((one) => one.label.toLowerCase().startsWith(typed));
  const isWhole = alike.some((one) => one.label.toLowerCase() === typed);
  const hasLetters = /[\p{L}\p{N}]/u.test(typed);
  return {
    suggestions:
      isWhole && alike.length === 1 ? [] : alike.map((one) => suggest(word, one.label, one.summary)),
    isMeant: hasLetters && !isWhole,
  };
}

function suggest(word: Word, label: string, summary: string): Suggestion {
  return { label, summary, value: `${label} `, from: word.from, to: word.to };
}
