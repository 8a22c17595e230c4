import type { APIApplicationCommandOptionChoice } from "discord.js";
import type { CommandSpec, OptionSpec } from "../../../src/ports/command-spec.ts";
import { type GivenOption, toGivenCommand } from "./given-options.ts";

/** "Choices for the user to pick from, max 25": https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure */
const CHOICES_MAX = 25;
/** Of a choice's name and value: https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure */
const CHOICE_LENGTH_MAX = 100;

/** By the names of command and option: choices that settings may change after the commands were registered. */
const FROM_SETTINGS: ReadonlySet<string> = new Set(["draft model"]);

/**
 * Whether the values of a choice are suggested while somebody types, because Discord is not told them beforehand.
 *
 * @param path the names of command, subcommand and option.
 */
export function isCompleted(path: readonly string[], values: readonly string[]): boolean {
  return values.length > CHOICES_MAX || FROM_SETTINGS.has(path.join(" "));
}

/** Answers an autocomplete: what may be meant by as much as is typed, what begins with it first. */
export function complete(
  spec: CommandSpec,
  given: readonly GivenOption[],
): readonly APIApplicationCommandOptionChoice<string>[] {
  const { subcommand, options } = toGivenCommand(spec, given);
  const focused = options.find((each) => each.focused === true);
  if (focused === undefined) return [];
  const typed = plain(`${focused.value ?? ""}`);
  return valuesOf((subcommand ?? spec).options.find((each) => each.name === focused.name))
    .filter((each) => each.length <= CHOICE_LENGTH_MAX && plain(each).includes(typed))
    .map((value) => ({ value, begins: plain(value).startsWith(typed) }))
    .toSorted((a, b) => Number(b.begins) - Number(a.begins))
    .slice(0, CHOICES_MAX)
    .map(({ value }) => ({ name: value, value }));
}

function valuesOf(option: OptionSpec | undefined): readonly string[] {
  return option?.value.kind === "choice" ? option.value.values : [];
}

/** `new york` means America/New_York. */
function plain(words: string): string {
  return words.trim().toLowerCase().replaceAll(" ", "_");
}
