import { PermissionFlagsBits as Bit } from "discord.js";
import type { AutocompleteOutcome, CommandOptions, DiscordChoice, OptionInput } from "../discord-people.ts";
import { keepFile, toAttachmentJson } from "../world/attachments.ts";
import { offeredIn } from "../world/commands.ts";
import { listOf } from "../world/components.ts";
import { toInteractionChannelJson, toRoleJson } from "../world/describe-things.ts";
import { interact, resolvedUsers } from "../world/interactions.ts";
import { permissionsIn } from "../world/permissions.ts";
import type { ChannelRecord, CommandRecord, Json, UserRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { type ActParts, NO_ANSWER } from "./act.ts";

/** A command as the person has filled it in: the `data` of its interaction. */
export interface FilledCommand {
  readonly command: CommandRecord;
  readonly data: Json;
}

const SUBCOMMAND = 1;
const GROUP = 2;
const [STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT] = [
  3, 4, 5, 6, 7, 8, 9, 10, 11,
];

/** A command that Discord's client offers to that person there. @throws Error when it does not. */
export function findCommand(
  { world, user }: ActParts,
  channel: ChannelRecord,
  name: string,
  type: number,
): CommandRecord {
  const command = offeredIn(world, channel.guild).find((each) => each.name === name && each.type === type);
  const contexts = command?.body.contexts as readonly number[] | null | undefined;
  const isHere = (contexts ?? [0, 1, 2]).includes(channel.guild === undefined ? 1 : 0);
  if (command === undefined || !isHere) throw new Error(`there is no command ${name} in ${channel.name}`);
  if (command.body.nsfw === true && !channel.isAgeRestricted)
    throw new Error(`${name} is for age-restricted channels`);
  if (channel.guild !== undefined && !mayUse(channel, user, command))
    throw new Error(`${user.name} may not use ${name} in ${channel.name}`);
  return command;
}

/** https://docs.discord.com/developers/interactions/application-commands#permissions */
function mayUse(channel: ChannelRecord, user: UserRecord, command: CommandRecord): boolean {
  const permissions = permissionsIn(channel, user);
  const { guild } = channel;
  const member = guild?.members.get(user.id);
  if (guild === undefined || member === undefined) return false;
  if ((permissions & Bit.Administrator) !== 0n) return true;
  if ((permissions & Bit.UseApplicationCommands) === 0n) return false;
  const set = guild.commandPermissions.get(command.id) ?? [];
  const here = (channel.parent ?? channel).id;
  const everywhere = String(BigInt(guild.id) - 1n);
  const inChannel =
    set.find((each) => each.type === 3 && each.id === here) ?? set.find((each) => each.id === everywhere);
  if (inChannel?.permission === false) return false;
  const own = set.find((each) => each.type === 2 && each.id === user.id);
  if (own !== undefined) return own.permission;
  const roles = set.filter((each) => each.type === 1 && member.roles.includes(each.id));
  if (roles.length > 0) return roles.some((each) => each.permission);
  const everyone = set.find((each) => each.type === 1 && each.id === guild.id);
  if (everyone !== undefined) return everyone.permission;
  const needed = command.body.default_member_permissions;
  if (needed === undefined || needed === null) return true;
  // "0" is for admins alone.
  return BigInt(String(needed)) !== 0n && (permissions & BigInt(String(needed))) === BigInt(String(needed));
}

/** Fills a command in as its options say. @throws Error for what the client would not let through. */
export function fillCommand(
  parts: ActParts,
  channel: ChannelRecord,
  words: string,
  given: CommandOptions,
  focused?: { readonly option: string; readonly typed: string },
): FilledCommand {
  const [name = "", ...path] = words.replace(/^\//, "").split(" ");
  const command = findCommand(parts, channel, name, 1);
  const resolved: Resolved = { users: [], roles: {}, channels: {}, attachments: {} };
  const options = fillLevel(listOf(command.body.options), path, (specs) =>
    fillOptions({ world: parts.world, channel, resolved }, specs, given, focused),
  );
  const data = {
    id: command.id,
    name: command.name,
    type: 1,
    ...(command.guild === undefined ? {} : { guild_id: command.guild }),
    ...(options.length === 0 ? {} : { options }),
    ...resolvedJson(channel, resolved),
  };
  return { command, data };
}

function fillLevel(
  specs: readonly Json[],
  path: readonly string[],
  fill: (specs: readonly Json[]) => readonly Json[],
): readonly Json[] {
  const groups = specs.filter((each) => each.type === SUBCOMMAND || each.type === GROUP);
  const [name, ...rest] = path;
  if (groups.length === 0 && name === undefined) return fill(specs);
  const found = groups.find((each) => each.name === name);
  if (found === undefined) {
    const names = groups.map((each) => each.name).join(", ");
    throw new Error(`there is no subcommand "${name ?? ""}" among: ${names || "none"}`);
  }
  const { type } = found;
  return [{ name, type, options: fillLevel(listOf(found.options), rest, fill) }];
}

interface Resolved {
  readonly users: UserRecord[];
  readonly roles: Record<string, Json>;
  readonly channels: Record<string, Json>;
  readonly attachments: Record<string, Json>;
}

interface Filling {
  readonly world: World;
  readonly channel: ChannelRecord;
  readonly resolved: Resolved;
}

function fillOptions(
  filling: Filling,
  specs: readonly Json[],
  given: CommandOptions,
  focused: { readonly option: string; readonly typed: string } | undefined,
): readonly Json[] {
  const unknown = Object.keys(given).find((name) => !specs.some((each) => each.name === name));
  if (unknown !== undefined)
    throw new Error(`there is no option "${unknown}" among: ${specs.map((each) => each.name).join(", ")}`);
  if (focused !== undefined) {
    const spec = specs.find((each) => each.name === focused.option);
    if (spec?.autocomplete !== true) throw new Error(`${focused.option} has no autocomplete`);
  }
  return specs.flatMap((spec) => {
    const { name, type } = spec;
    if (focused !== undefined && focused.option === name)
      return [{ name, type, value: focused.typed, focused: true }];
    const value = given[String(name)];
    if (value !== undefined) return [{ name, type, value: toValue(filling, spec, value) }];
    if (spec.required === true && focused === undefined) throw new Error(`${name} is required`);
    return [];
  });
}

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type */
function toValue(filling: Filling, spec: Json, value: OptionInput): string | number | boolean {
  const refuse = (why: string) => new Error(`${spec.name}: ${why}`);
  const choices = listOf(spec.choices);
  if (choices.length > 0) {
    const choice = choices.find((each) => each.value === value || each.name === value);
    if (choice === undefined)
      throw refuse(`no choice "${value}" among: ${choices.map((each) => each.name).join(", ")}`);
    return choice.value as string | number;
  }
  const { min_length = 0, max_length = 6000, min_value = -Infinity, max_value = Infinity } = spec;
  switch (spec.type) {
    case STRING: {
      const text = String(value);
      if (text.length < Math.max(1, Number(min_length))) throw refuse("too short");
      if (text.length > Number(max_length)) throw refuse("too long");
      return text;
    }
    case INTEGER:
    case NUMBER: {
      const number = Number(value);
      if (!Number.isFinite(number) || (spec.type === INTEGER && !Number.isInteger(number)))
        throw refuse("no number");
      if (number < Number(min_value) || number > Number(max_value)) throw refuse("out of range");
      return number;
    }
    case BOOLEAN:
      if (typeof value !== "boolean") throw refuse("true or false");
      return value;
    default:
      return resolve(filling, spec, value, refuse);
  }
}

function resolve(
  { world, channel, resolved }: Filling,
  spec: Json,
  value: OptionInput,
  refuse: (why: string) => Error,
): string {
  if (spec.type === ATTACHMENT) {
    if (typeof value !== "object" || !("bytes" in value)) throw refuse("a file");
    const file = { ...value, description: undefined, isEphemeral: true };
    const attachment = keepFile(world, channel, file);
    resolved.attachments[attachment.id] = toAttachmentJson(world, attachment);
    return attachment.id;
  }
  const id = typeof value === "object" && "id" in value ? value.id : String(value);
  const user = world.users.get(id);
  const role = channel.guild?.roles.get(id);
  const place = channel.guild?.channels.get(id);
  if ((spec.type === USER || spec.type === MENTIONABLE) && user !== undefined) resolved.users.push(user);
  else if (
    (spec.type === ROLE || spec.type === MENTIONABLE) &&
    role !== undefined &&
    channel.guild !== undefined
  )
    resolved.roles[id] = toRoleJson(world, channel.guild, role);
  else if (spec.type === CHANNEL && place !== undefined)
    resolved.channels[id] = toInteractionChannelJson(place, world.bot);
  else throw refuse(`nothing has the id ${id}`);
  return id;
}

function resolvedJson(channel: ChannelRecord, resolved: Resolved): Json {
  const { users, roles, channels, attachments } = resolved;
  const parts = {
    ...(users.length === 0 ? {} : resolvedUsers(channel, users)),
    ...(Object.keys(roles).length === 0 ? {} : { roles }),
    ...(Object.keys(channels).length === 0 ? {} : { channels }),
    ...(Object.keys(attachments).length === 0 ? {} : { attachments }),
  };
  return Object.keys(parts).length === 0 ? {} : { resolved: parts };
}

/** https://docs.discord.com/developers/interactions/application-commands#autocomplete */
export async function complete(
  parts: ActParts,
  channel: ChannelRecord,
  words: string,
  focused: { readonly option: string; readonly typed: string },
  others: CommandOptions,
): Promise<AutocompleteOutcome> {
  const { data } = fillCommand(parts, channel, words, others, focused);
  const interaction = await interact(parts.world, {
    type: 4,
    user: parts.user,
    channel,
    data,
    message: undefined,
    targetMessage: undefined,
  });
  if (interaction.answer !== 8)
    return { kind: "failed", text: interaction.isLate ? NO_ANSWER : "Loading options failed" };
  const choices = listOf(interaction.shown?.choices).map(
    (each) => ({ name: each.name, value: each.value }) as DiscordChoice,
  );
  return { kind: "choices", choices };
}
