import { ApplicationCommandOptionType } from "discord.js";
import type { CommandSpec, SubcommandSpec } from "../../../src/ports/command-spec.ts";

/**
 * What a person gave with a command, as Discord delivers it (and discord.js hands it on), under the English names whatever
 * the language: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-interaction-data-option-structure
 */
export interface GivenOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  /** Of a subcommand. */
  readonly options?: readonly GivenOption[];
  /** What the person is typing at this moment. */
  readonly focused?: boolean;
}

export interface GivenCommand {
  /** The name of a subcommand; undefined: none. */
  readonly word: string | undefined;
  /** Undefined: none, or one that the command does not have (any more). */
  readonly subcommand: SubcommandSpec | undefined;
  /** Of the subcommand, if there is one. */
  readonly options: readonly GivenOption[];
}

export function toGivenCommand({ subcommands }: CommandSpec, options: readonly GivenOption[]): GivenCommand {
  const chosen = options.find((each) => each.type === ApplicationCommandOptionType.Subcommand);
  if (chosen === undefined) return { word: undefined, subcommand: undefined, options };
  const subcommand = subcommands.find((each) => each.name === chosen.name);
  return { word: chosen.name, subcommand, options: chosen.options ?? [] };
}
