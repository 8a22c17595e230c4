import {
  ApplicationCommandType,
  type REST,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from "discord.js";
import { z } from "zod";
import { type CanonicalCommand, hashOf, toCanonical } from "./canonical-command.ts";

export interface RegisterParts {
  readonly rest: REST;
  readonly application: string;
  /** Undefined: in every server. */
  readonly guild: string | undefined;
  readonly commands: RESTPutAPIApplicationCommandsJSONBody;
}

/** What registering changes. Commands are named as people see them: `/draft`, `Draft from this message`. */
export interface Registration {
  /** Whether Discord has exactly these already. */
  readonly status: "unchanged" | "changed";
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Commands of the app that are none of these: a bulk overwrite takes them away. */
  readonly removed: readonly string[];
}

/**
 * Lets Discord offer these commands and no others. What it has already is not sent again: it takes 200 new commands a
 * day (https://docs.discord.com/developers/interactions/application-commands#registering-a-command).
 *
 * @throws what `REST` does.
 */
export async function register(parts: RegisterParts): Promise<Registration> {
  const { registration, body } = await compare(parts);
  if (registration.status === "changed") await parts.rest.put(routeOf(parts), { body });
  return registration;
}

/** What `register` would change. */
export async function planRegistration(parts: RegisterParts): Promise<Registration> {
  return (await compare(parts)).registration;
}

async function compare(parts: RegisterParts) {
  const scope = parts.guild === undefined ? "global" : "guild";
  // Without being asked, Discord gives the words of one language only.
  const query = new URLSearchParams({ with_localizations: "true" });
  const answer = z.array(z.looseObject({})).parse(await parts.rest.get(routeOf(parts), { query }));
  const kept = answer.filter((each) => each.type === ApplicationCommandType.PrimaryEntryPoint);
  const standing = answer.filter((each) => !kept.includes(each)).map((each) => toCanonical(each, scope));
  const commands = parts.commands.map((each) => (scope === "global" ? each : withoutContexts(each)));
  const wanted = commands.map((each) => toCanonical(each, scope));
  // The entry point of an activity cannot be taken away in bulk: it goes along as it stands.
  const entry = kept.map(({ application_id: _application, version: _version, ...command }) => command);
  return { registration: toRegistration(standing, wanted), body: [...commands, ...entry] };
}

function routeOf({ application, guild }: RegisterParts) {
  return guild === undefined
    ? Routes.applicationCommands(application)
    : Routes.applicationGuildCommands(application, guild);
}

type Command = RESTPutAPIApplicationCommandsJSONBody[number];

/** "Only for globally-scoped commands": https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-structure */
function withoutContexts({ contexts: _contexts, integration_types: _types, ...command }: Command): Command {
  return command;
}

function toRegistration(
  standing: readonly CanonicalCommand[],
  wanted: readonly CanonicalCommand[],
): Registration {
  const keyOf = ({ type, name }: CanonicalCommand) => `${type} ${name}`;
  const before = new Map(standing.map((each) => [keyOf(each), hashOf([each])]));
  const after = new Set(wanted.map(keyOf));
  const isChanged = (each: CanonicalCommand) => before.get(keyOf(each)) !== hashOf([each]);
  return {
    status: hashOf(standing) === hashOf(wanted) ? "unchanged" : "changed",
    added: wanted.filter((each) => !before.has(keyOf(each))).map(nameOf),
    changed: wanted.filter((each) => before.has(keyOf(each)) && isChanged(each)).map(nameOf),
    removed: standing.filter((each) => !after.has(keyOf(each))).map(nameOf),
  };
}

function nameOf({ type, name }: CanonicalCommand): string {
  return type === ApplicationCommandType.ChatInput ? `/${name}` : name;
}
