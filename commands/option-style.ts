import type { CommandCall } from "../src/ports/chat.ts";
import type { CommandSpec } from "../src/ports/command-spec.ts";
import { parseOptions } from "./parse-options.ts";

/** How a platform takes options: typed among the words with dashes before them, or each asked for by its name. */
export type OptionStyle = "typed" | "asked";

export function styleOf({ options }: Pick<CommandCall, "options">): OptionStyle {
  return options === undefined ? "typed" : "asked";
}

/** What an option is called to a person. */
export function optionName(name: string, style: OptionStyle): string {
  return style === "typed" ? `--${name}` : name;
}

/** An example of a spec as it looks where everything is asked for by its name: `/draft prompt: a red fox count: 6`. */
export function asAsked(example: string, { name, words, options }: CommandSpec): string {
  const parsed = parseOptions(example.slice(`/${name}`.length), options);
  if (parsed.status === "bad" || parsed.text === "" || words === undefined) return example;
  const named = Object.entries({ [words.name]: parsed.text, ...parsed.options });
  return [`/${name}`, ...named.map(([option, value]) => `${option}: ${value}`)].join(" ");
}
