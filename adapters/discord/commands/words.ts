import type { LocaleString, LocalizationMap } from "discord.js";

/** What Discord wants to be told of a command besides what its spec says, in English. */
export const ENGLISH = {
  /** In the menu of a message. */
  fromMessage: { name: "Draft from this message" },
  /** A command that has subcommands cannot be used alone, so what it does alone gets a name. */
  alone: { name: "show" },
  reference: { name: "reference", description: "A picture to go by" },
} as const;

/** A command, subcommand or option in another language. Command and option names are in lower case there too. */
export interface Translated {
  readonly name: string;
  /** Undefined for what stands in a menu, which has none. */
  readonly description: string | undefined;
}

/**
 * By the English names with a space between: `draft`, `draft prompt`, `quota grant`, `quota grant credits`,
 * `Draft from this message`. What is not there stays English.
 */
export type Translation = Readonly<Record<string, Translated>>;

/** The other languages, by Discord's names of them: https://docs.discord.com/developers/reference#locales */
export type Translations = Readonly<Partial<Record<LocaleString, Translation>>>;

/** To add a language, add it here, and run `npm run discord:register`. */
export const TRANSLATIONS: Translations = {};

export interface Localized {
  readonly name_localizations?: LocalizationMap;
  readonly description_localizations?: LocalizationMap;
}

/** What English names, by the path to it, are called elsewhere. */
export interface Lexicon {
  localize(path: readonly string[], english: { readonly description: string | undefined }): Localized;
  /** @throws RangeError when a translation is of something that nobody asked for. */
  finish(): void;
}

export function createLexicon(translations: Translations): Lexicon {
  const entries = Object.entries(translations);
  const asked = new Set<string>();
  return {
    localize(path, { description }) {
      const key = path.join(" ");
      asked.add(key);
      const found = entries.flatMap(([locale, words]) => (words[key] ? [{ locale, words: words[key] }] : []));
      const names = toMap(path.at(-1) ?? "", found, (words) => words.name);
      const descriptions =
        description === undefined ? undefined : toMap(description, found, (words) => words.description);
      return {
        ...(names === undefined ? {} : { name_localizations: names }),
        ...(descriptions === undefined ? {} : { description_localizations: descriptions }),
      };
    },
    finish() {
      const unknown = entries.flatMap(([, words]) => Object.keys(words)).filter((key) => !asked.has(key));
      if (unknown.length > 0)
        throw new RangeError(`a translation is of nothing that there is: ${unknown[0]}`);
    },
  };
}

/** Undefined when all is as in English: "any localized values that are identical to the default will be ignored". */
function toMap(
  english: string,
  found: readonly { readonly locale: string; readonly words: Translated }[],
  pick: (words: Translated) => string | undefined,
): LocalizationMap | undefined {
  const other = found.map(({ locale, words }) => [locale, pick(words) ?? english] as const);
  const map = Object.fromEntries(other.filter(([, words]) => words !== english));
  // Without English of its own, the one is shown that of the other:
  // https://docs.discord.com/developers/interactions/application-commands#locale-fallbacks
  return Object.keys(map).length === 0 ? undefined : { "en-US": english, ...map };
}
