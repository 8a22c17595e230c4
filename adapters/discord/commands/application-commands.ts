import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
} from "discord.js";
import type { CommandSpec, OptionSpec, SubcommandSpec, WordsSpec } from "../../../src/ports/command-spec.ts";
import { isCompleted } from "./complete.ts";
import { createLexicon, ENGLISH, type Lexicon, TRANSLATIONS, type Translations } from "./words.ts";

/** "Parameters for the command, max of 25": https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-structure */
const OPTIONS_MAX = 25;
/** "Maximum of 6000", of an option that is text: https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure */
const LENGTH_MAX = 6000;

/** Only in servers: nobody has a budget in direct messages. */
const EVERYWHERE = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/**
 * What Discord is to offer to people: a slash command for each spec, and *Draft from this message*.
 *
 * @throws RangeError for what Discord would refuse.
 */
export function toApplicationCommands(
  specs: readonly CommandSpec[],
  translations: Translations = TRANSLATIONS,
): RESTPutAPIApplicationCommandsJSONBody {
  const lexicon = createLexicon(translations);
  const { name } = ENGLISH.fromMessage;
  const commands: RESTPutAPIApplicationCommandsJSONBody = [
    ...specs.map((spec) => toChatInput(spec, lexicon)),
    {
      type: ApplicationCommandType.Message,
      name,
      ...lexicon.localize([name], { description: undefined }),
      ...EVERYWHERE,
    },
  ];
  lexicon.finish();
  return commands;
}

function toChatInput(spec: CommandSpec, lexicon: Lexicon): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const { name, subcommands, summary } = spec;
  const isManagers = subcommands.some((each) => each.managersOnly);
  const options: APIApplicationCommandOption[] =
    subcommands.length === 0
      ? ownOptions(spec, lexicon)
      : [alone(spec, lexicon), ...subcommands.map((each) => toSubcommand(name, each, lexicon))];
  if (options.length > OPTIONS_MAX) throw new RangeError(`/${name} has more than ${OPTIONS_MAX} options`);
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description: summary,
    ...lexicon.localize([name], { description: summary }),
    options,
    ...EVERYWHERE,
    // Admins may give it to others: Server Settings → Integrations
    // (https://docs.discord.com/developers/interactions/application-commands#using-default-permissions).
    ...(isManagers ? { default_member_permissions: `${PermissionFlagsBits.ManageGuild}` } : {}),
  };
}

function ownOptions(
  { name, words, options, attachmentsMax }: CommandSpec,
  lexicon: Lexicon,
): APIApplicationCommandBasicOption[] {
  return [
    ...(words === undefined ? [] : [toWords(name, words, lexicon)]),
    ...options.map((option) => toOption([name], option, false, lexicon)),
    ...Array.from({ length: attachmentsMax }, (_, index) => toReference(name, index, lexicon)),
  ];
}

/** Never required: a command without them opens its form, or says what is missing. */
function toWords(
  command: string,
  { name, summary: description, lengthMax }: WordsSpec,
  lexicon: Lexicon,
): APIApplicationCommandBasicOption {
  return {
    type: ApplicationCommandOptionType.String,
    name,
    description,
    ...lexicon.localize([command, name], { description }),
    max_length: Math.min(lengthMax, LENGTH_MAX),
  };
}

/** `reference`, `reference2`, … */
function toReference(command: string, index: number, lexicon: Lexicon): APIApplicationCommandBasicOption {
  const { description, ...reference } = ENGLISH.reference;
  const name = index === 0 ? reference.name : `${reference.name}${index + 1}`;
  const localized = lexicon.localize([command, name], { description });
  return { type: ApplicationCommandOptionType.Attachment, name, description, ...localized };
}

function alone({ name, summary: description }: CommandSpec, lexicon: Lexicon) {
  const type = ApplicationCommandOptionType.Subcommand as const;
  const localized = lexicon.localize([name, ENGLISH.alone.name], { description });
  return { type, name: ENGLISH.alone.name, description, ...localized };
}

function toSubcommand(
  command: string,
  { name, summary: description, options }: SubcommandSpec,
  lexicon: Lexicon,
): APIApplicationCommandSubcommandOption {
  const path = [command, name];
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description,
    ...lexicon.localize(path, { description }),
    options: options.map((option) => toOption(path, option, option.required, lexicon)),
  };
}

function toOption(
  parent: readonly string[],
  option: OptionSpec,
  required: boolean,
  lexicon: Lexicon,
): APIApplicationCommandBasicOption {
  const { name, summary: description, value } = option;
  const path = [...parent, name];
  const base = {
    name,
    description,
    ...lexicon.localize(path, { description }),
    ...(required ? { required } : {}),
  };
  switch (value.kind) {
    case "flag":
      return { type: ApplicationCommandOptionType.Boolean, ...base };
    case "number":
      return {
        type: ApplicationCommandOptionType.Integer,
        ...base,
        min_value: value.min,
        max_value: value.max,
      };
    case "choice":
      return isCompleted(path, value.values)
        ? { type: ApplicationCommandOptionType.String, ...base, autocomplete: true }
        : {
            type: ApplicationCommandOptionType.String,
            ...base,
            choices: value.values.map((each) => ({ name: each, value: each })),
          };
    case "text":
      return {
        type: ApplicationCommandOptionType.String,
        ...base,
        max_length: Math.min(value.lengthMax, LENGTH_MAX),
      };
  }
}
