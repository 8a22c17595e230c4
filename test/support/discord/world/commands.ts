import { checkCommands } from "../components/check-commands.ts";
import { listOf } from "./components.ts";
import type { CommandRecord, GuildRecord, Json } from "./records.ts";
import { invalidForm, Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

// https://docs.discord.com/developers/interactions/application-commands

/** "There is a global rate limit of 200 application command creates per day, per guild." */
const CREATES_MAX = 200;
const DAY_MS = 24 * 60 * 60_000;

function scopeOf(world: World, guild: GuildRecord | undefined): CommandRecord[] {
  return guild === undefined ? world.commands : guild.commands;
}

/** Replaces all commands of a scope. Those whose name and type were there keep their id; an equal one keeps its version. */
export function putCommands(world: World, guild: GuildRecord | undefined, body: unknown): readonly Json[] {
  const flaws = checkCommands(body);
  if (flaws.length > 0) throw invalidForm(flaws);
  const scope = scopeOf(world, guild);
  const next = listOf(body).map((each) => {
    const type = Number(each.type ?? 1);
    const before = scope.find((known) => known.name === each.name && known.type === type);
    if (before === undefined) countCreate(world, guild);
    const isSame = before !== undefined && JSON.stringify(before.body) === JSON.stringify(each);
    const version = isSame ? before.version : world.id();
    return {
      id: before?.id ?? world.id(),
      type,
      name: String(each.name),
      version,
      guild: guild?.id,
      body: each,
    };
  });
  scope.splice(0, scope.length, ...next);
  world.changed();
  return next.map((each) => toCommandJson(world, each));
}

function countCreate(world: World, guild: GuildRecord | undefined): void {
  const key = guild?.id ?? "global";
  const now = world.clock.now();
  const recent = (world.commandCreates.get(key) ?? []).filter((at) => at > now - DAY_MS);
  world.commandCreates.set(key, recent);
  if (world.settings.limits !== "off" && recent.length >= CREATES_MAX)
    throw new Refusal(429, 30034, "Max number of daily application command creates has been reached (200)", {
      more: { retry_after: DAY_MS / 1000, global: false },
    });
  recent.push(now);
}

export function listCommands(world: World, guild: GuildRecord | undefined): readonly Json[] {
  return scopeOf(world, guild).map((each) => toCommandJson(world, each));
}

export function toCommandJson(world: World, command: CommandRecord): Json {
  const { id, type, version, guild, body } = command;
  return {
    default_member_permissions: null,
    description: "",
    nsfw: false,
    name_localizations: null,
    description_localizations: null,
    ...(guild === undefined ? { contexts: null, integration_types: [0] } : { guild_id: guild }),
    ...body,
    id,
    type,
    version,
    application_id: world.app.id,
  };
}

/** The commands that are offered in a guild: its own and the global ones, its own first. */
export function offeredIn(world: World, guild: GuildRecord | undefined): readonly CommandRecord[] {
  return guild === undefined ? world.commands : [...guild.commands, ...world.commands];
}

/** https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-guild-application-command-permissions-structure */
export function toPermissionsJson(world: World, guild: GuildRecord, command: string): Json {
  const permissions = guild.commandPermissions.get(command) ?? [];
  return { id: command, application_id: world.app.id, guild_id: guild.id, permissions };
}
