import { z } from "zod";
import { COMMAND_OPTIONS, description, localized, slashName } from "./command-options.ts";
import { checkForm, type FormError, refuse } from "./form-errors.ts";
import { list, repeatedAt, snowflake, text } from "./form-values.ts";

// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-structure

/** "8000 characters for combined name, description, and value properties": https://docs.discord.com/developers/interactions/application-commands#slash-commands */
const COMMAND_LENGTH_MAX = 8000;

/** "A bitwise OR-ed set of permissions, serialized as a string"; "0" is nobody but admins, null everybody. */
const permissions = z.string().superRefine((value, context) => {
  if (!/^\d{1,20}$/.test(value))
    refuse(context, "NUMBER_TYPE_COERCE", `Value "${value}" is not a set of permissions.`);
});

/** A set of small numbers, each once. */
function setOf(values: readonly [number, ...number[]], min: number) {
  return list(z.literal([...values]), min, values.length).superRefine((all, context) => {
    for (const index of repeatedAt(all))
      refuse(context, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value", [index]);
  });
}

const SHARED = {
  id: snowflake.optional(),
  default_member_permissions: permissions.nullish(),
  nsfw: z.boolean().optional(),
  /** GUILD_INSTALL 0, USER_INSTALL 1. */
  integration_types: setOf([0, 1], 1).optional(),
  /** GUILD 0, BOT_DM 1, PRIVATE_CHANNEL 2. */
  contexts: setOf([0, 1, 2], 1).nullish(),
};

const slashCommand = z.strictObject({
  type: z.literal(1).optional(),
  name: slashName,
  name_localizations: localized(slashName),
  description,
  description_localizations: localized(description),
  options: COMMAND_OPTIONS.optional(),
  ...SHARED,
});

/** USER 2 and MESSAGE 3: "may be mixed case and can include spaces", without description and options. */
const menuCommand = z.strictObject({
  type: z.literal([2, 3]),
  name: text(1, 32),
  name_localizations: localized(text(1, 32)),
  description: z.literal("").optional(),
  ...SHARED,
});

/** "100 global CHAT_INPUT commands, 15 USER, 15 MESSAGE", and as many of a guild: https://docs.discord.com/developers/interactions/application-commands#registering-a-command */
const COUNT_MAX: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

type Json = Readonly<Record<string, unknown>>;

/**
 * What Discord would refuse in the body of a bulk overwrite of an application's commands, global or of a guild
 * (https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands).
 * Deprecated fields (`dm_permission`, `default_permission`) are not known.
 */
export function checkCommands(body: unknown): readonly FormError[] {
  if (!Array.isArray(body))
    return [{ path: "", code: "LIST_TYPE_CONVERT", message: "Only iterables may be used in a ListType" }];
  const commands = body as readonly Json[];
  const each = commands.flatMap((command, index) =>
    checkCommand(command).map((error) => ({ ...error, path: `${index}${error.path && `.${error.path}`}` })),
  );
  return each.length > 0 ? each : checkAll(commands);
}

function checkCommand(command: Json): readonly FormError[] {
  const isMenu = command?.type === 2 || command?.type === 3;
  const errors = checkForm(isMenu ? menuCommand : slashCommand, command);
  if (errors.length > 0 || isMenu || lengthOf(command) <= COMMAND_LENGTH_MAX) return errors;
  const message = `Command exceeds maximum size (${COMMAND_LENGTH_MAX})`;
  return [{ path: "", code: "APPLICATION_COMMAND_TOO_LARGE", message }];
}

/** "Command names are unique per application, per type, within each scope." */
function checkAll(commands: readonly Json[]): readonly FormError[] {
  const typeOf = (command: Json) => Number(command.type ?? 1);
  const repeated = repeatedAt(commands.map((each) => `${typeOf(each)} ${each.name}`));
  const tooMany = Object.entries(COUNT_MAX).filter(
    ([type, max]) => commands.filter((each) => typeOf(each) === Number(type)).length > max,
  );
  return [
    ...repeated.map((index) => ({
      path: `${index}.name`,
      code: "APPLICATION_COMMANDS_DUPLICATE_NAME",
      message: "Application command names must be unique",
    })),
    ...tooMany.map(([type, max]) => ({
      path: "",
      code: "APPLICATION_COMMANDS_TOO_MANY",
      message: `Maximum number of application commands of type ${type} reached (${max})`,
    })),
  ];
}

/** "Only the longest localization for each field (including the default value) is counted." */
function lengthOf(command: Json): number {
  const longest = (key: string) => {
    const words = [command[key], ...Object.values((command[`${key}_localizations`] ?? {}) as Json)];
    return Math.max(0, ...words.map((each) => (typeof each === "string" ? each.length : 0)));
  };
  const value = typeof command.value === "string" ? command.value.length : 0;
  const inside = [...((command.options ?? []) as Json[]), ...((command.choices ?? []) as Json[])];
  return (
    longest("name") + longest("description") + value + inside.reduce((sum, each) => sum + lengthOf(each), 0)
  );
}
