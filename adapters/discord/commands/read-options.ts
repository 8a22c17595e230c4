import { ApplicationCommandOptionType } from "discord.js";
import type { CommandCall } from "../../../src/ports/chat.ts";
import type { CommandSpec } from "../../../src/ports/command-spec.ts";
import { type GivenOption, toGivenCommand } from "./given-options.ts";
import { ENGLISH } from "./words.ts";

/** What a person gave, as a `CommandCall` has it. */
export interface ReadOptions {
  readonly text: string;
  readonly options: NonNullable<CommandCall["options"]>;
  /** The ids of the files that came with it, in order. */
  readonly attachments: readonly string[];
}

export function readOptions(spec: CommandSpec, given: readonly GivenOption[]): ReadOptions {
  const { word, subcommand, options } = toGivenCommand(spec, given);
  const byName = new Map(options.map((each) => [each.name, each]));
  if (word !== undefined) {
    // In the order of the spec: a person may have filled them in in any.
    const words = subcommand?.options.flatMap((option) => toWord(byName.get(option.name)) ?? []) ?? [];
    const text = word === ENGLISH.alone.name ? "" : [word, ...words].join(" ");
    return { text, options: {}, attachments: [] };
  }
  const named = spec.options.flatMap(({ name }) => {
    const word = toWord(byName.get(name));
    return word === undefined ? [] : [[name, word] as const];
  });
  return {
    text: (spec.words && toWord(byName.get(spec.words.name))) ?? "",
    options: Object.fromEntries(named),
    attachments: options
      .filter((each) => each.type === ApplicationCommandOptionType.Attachment)
      .map((each) => `${each.value}`),
  };
}

/** A flag that is off is as good as not given. */
function toWord(option: GivenOption | undefined): string | undefined {
  const value = option?.value;
  if (value === true) return "yes";
  return value === undefined || value === false ? undefined : `${value}`;
}
