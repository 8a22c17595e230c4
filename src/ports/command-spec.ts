// What a person can ask, as each platform shows it in its own way.

export interface CommandSpec {
  /** Without the slash. */
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly examples: readonly string[];
  /** What stands after the name, when it is no subcommand and no option; undefined: nothing does. */
  readonly words: WordsSpec | undefined;
  readonly options: readonly OptionSpec[];
  /** How many pictures may come with it. */
  readonly attachmentsMax: number;
  /** First words with a meaning of their own, such as `grant` of `/quota`. */
  readonly subcommands: readonly SubcommandSpec[];
}

export interface WordsSpec {
  /** What they are, where each thing is asked for by its name, such as `prompt`. */
  readonly name: string;
  readonly summary: string;
  readonly lengthMax: number;
}

export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  readonly summary: string;
  readonly value: OptionValue;
}

/** What may follow an option. */
export type OptionValue =
  /** Nothing: it is given or not. */
  | { readonly kind: "flag" }
  /** One of a closed list. */
  | { readonly kind: "choice"; readonly values: readonly string[] }
  /** A whole number. */
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  /** Anything; people and groups may be mentioned in it. */
  | { readonly kind: "text"; readonly lengthMax: number };

export interface SubcommandSpec {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly managersOnly: boolean;
  /** What follows the word, in this order, without dashes. */
  readonly options: readonly SubcommandOption[];
}

export interface SubcommandOption extends OptionSpec {
  readonly required: boolean;
}
