import type {
  ChannelOptions,
  DiscordChannel,
  DiscordGuild,
  DiscordPerson,
  PersonOptions,
} from "../discord-people.ts";
import type { GuildOptions } from "../local-discord.ts";
import { offeredIn, toPermissionsJson } from "../world/commands.ts";
import {
  addChannel,
  addGuild,
  addMember,
  addRole,
  deleteChannel,
  inviteBot,
  kickBot,
  setMemberRoles,
  setPermissions,
  setUnavailable,
} from "../world/guilds.ts";
import type { GuildRecord, MemberRecord, UserRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { createChannel, toOverwrite } from "./create-channel.ts";
import { createPerson } from "./create-person.ts";

const TYPES = { text: 0, voice: 2, announcement: 5, forum: 15 } as const;

export function createGuild(world: World, options: GuildOptions): DiscordGuild {
  const guild = addGuild(world, options);
  return toGuild(world, guild);
}

/** A server of the world, as a test has it in hand. */
function toGuild(world: World, guild: GuildRecord): DiscordGuild {
  return {
    id: guild.id,
    name: guild.name,
    everyone: { id: guild.id, name: "@everyone" },
    addRole(name, permissions = 0n) {
      const { id } = addRole(world, guild, name, permissions);
      return { id, name };
    },
    addPerson: (name, person = {}) => addPerson(world, guild, name, person),
    addChannel: (name, channel = {}) => newChannel(world, guild, name, channel),
    channel(id) {
      const channel = guild.channels.get(id);
      return channel === undefined ? undefined : createChannel(world, channel);
    },
    deleteChannel(id) {
      const channel = guild.channels.get(id);
      if (channel === undefined) throw new Error(`there is no channel ${id} in ${guild.name}`);
      deleteChannel(world, channel);
    },
    setRoles(person, roles) {
      const member = memberOf(guild, person);
      setMemberRoles(world, guild, member, [guild.peopleRole, ...roles.map((each) => each.id)]);
    },
    setBotPermissions(permissions) {
      const role = guild.roles.get(guild.botRole);
      if (role !== undefined) setPermissions(world, guild, role, permissions);
    },
    setCommandPermissions(command, permissions) {
      const found = offeredIn(world, guild).find((each) => each.name === command && each.type === 1);
      if (found === undefined) throw new Error(`there is no command ${command} in ${guild.name}`);
      const records = permissions.map(({ who, isAllowed }) => ({
        id: who.id,
        type: guild.roles.has(who.id) ? 1 : world.users.has(who.id) ? 2 : 3,
        permission: isAllowed,
      }));
      guild.commandPermissions.set(found.id, records);
      const data = toPermissionsJson(world, guild, found.id);
      world.dispatch({ type: "APPLICATION_COMMAND_PERMISSIONS_UPDATE", guild, channel: undefined, data });
    },
    removeBot: () => kickBot(world, guild),
    addBot: () => inviteBot(world, guild),
    setUnavailable: (isUnavailable) => setUnavailable(world, guild, isUnavailable),
  };
}

function addPerson(world: World, guild: GuildRecord, name: string, options: PersonOptions): DiscordPerson {
  const user: UserRecord = {
    id: world.id(),
    name,
    isBot: false,
    locale: options.locale ?? "en-US",
    attachmentLimit: options.attachmentLimit ?? 0,
  };
  world.users.set(user.id, user);
  const roles = [guild.peopleRole, ...(options.roles ?? []).map((each) => each.id)];
  if (options.permissions !== undefined) roles.push(addRole(world, guild, name, options.permissions).id);
  addMember(world, guild, user, roles);
  return createPerson(world, user);
}

function newChannel(world: World, guild: GuildRecord, name: string, options: ChannelOptions): DiscordChannel {
  const channel = addChannel(world, guild, {
    name,
    type: TYPES[options.type ?? "text"],
    overwrites: (options.overwrites ?? []).map((each) => toOverwrite(world, guild, each)),
    isAgeRestricted: options.isAgeRestricted ?? false,
  });
  return createChannel(world, channel);
}

function memberOf(guild: GuildRecord, person: DiscordPerson): MemberRecord {
  const member = guild.members.get(person.id);
  if (member === undefined) throw new Error(`${person.name} is not in ${guild.name}`);
  return member;
}
