import type { GuildOptions } from "../local-discord.ts";
import { limitOfTier } from "./attachments.ts";
import { toChannelJson, toGuildCreateJson, toMemberJson, toRoleJson } from "./describe-things.ts";
import { BOT_PERMISSIONS, PEOPLE_PERMISSIONS } from "./permissions.ts";
import type { ChannelRecord, GuildRecord, MemberRecord, RoleRecord, UserRecord } from "./records.ts";
import type { World } from "./world.ts";

/** Everybody's role allows nothing; the bot has a role of its own, and people have one together. */
export function addGuild(world: World, options: GuildOptions): GuildRecord {
  const tier = options.premiumTier ?? 0;
  const guild: GuildRecord = {
    id: options.id ?? world.guildId(),
    name: options.name ?? "Studio North",
    ownerId: world.id(),
    premiumTier: tier,
    attachmentLimit: options.attachmentLimit ?? limitOfTier(tier),
    roles: new Map(),
    members: new Map(),
    channels: new Map(),
    commands: [],
    commandPermissions: new Map(),
    botRole: world.id(),
    peopleRole: world.id(),
    isUnavailable: false,
  };
  if (world.guilds.has(guild.id)) throw new Error(`there is a guild ${guild.id}`);
  const roles = [
    { id: guild.id, name: "@everyone", permissions: 0n },
    { id: guild.peopleRole, name: "Members", permissions: PEOPLE_PERMISSIONS },
    { id: guild.botRole, name: world.bot.name, permissions: options.botPermissions ?? BOT_PERMISSIONS },
  ];
  roles.forEach((role, position) => {
    guild.roles.set(role.id, { ...role, position, isManaged: role.id === guild.botRole });
  });
  const owner = { id: guild.ownerId, name: "owner", isBot: false, locale: "en-US", attachmentLimit: 0 };
  world.users.set(owner.id, owner);
  addMember(world, guild, owner, []);
  world.guilds.set(guild.id, guild);
  if (options.bot !== false) inviteBot(world, guild);
  return guild;
}

export function addMember(
  world: World,
  guild: GuildRecord,
  user: UserRecord,
  roles: readonly string[],
): MemberRecord {
  const member = { user, roles: [...roles], joinedAt: world.clock.now() };
  guild.members.set(user.id, member);
  const data = { ...toMemberJson(member), guild_id: guild.id };
  world.dispatch({ type: "GUILD_MEMBER_ADD", guild, channel: undefined, data });
  return member;
}

/** "When the current user joins a new Guild": https://docs.discord.com/developers/events/gateway-events#guild-create */
export function inviteBot(world: World, guild: GuildRecord): void {
  guild.members.set(world.bot.id, { user: world.bot, roles: [guild.botRole], joinedAt: world.clock.now() });
  tellGuild(world, guild);
}

export function tellGuild(world: World, guild: GuildRecord): void {
  const data = toGuildCreateJson(world, guild);
  world.dispatch({ type: "GUILD_CREATE", guild, channel: undefined, data });
}

/** "If the unavailable field is not set, the user was removed from the guild": https://docs.discord.com/developers/events/gateway-events#guild-delete */
export function kickBot(world: World, guild: GuildRecord): void {
  const data = { id: guild.id };
  world.dispatch({ type: "GUILD_DELETE", guild, channel: undefined, data });
  guild.members.delete(world.bot.id);
  guild.commandPermissions.clear();
}

export function setUnavailable(world: World, guild: GuildRecord, isUnavailable: boolean): void {
  if (guild.isUnavailable === isUnavailable) return;
  if (isUnavailable) {
    const data = { id: guild.id, unavailable: true };
    world.dispatch({ type: "GUILD_DELETE", guild, channel: undefined, data });
  }
  guild.isUnavailable = isUnavailable;
  if (!isUnavailable) tellGuild(world, guild);
}

export function addRole(world: World, guild: GuildRecord, name: string, permissions: bigint): RoleRecord {
  const role: RoleRecord = {
    id: world.id(),
    name,
    permissions,
    position: guild.roles.size,
    isManaged: false,
  };
  guild.roles.set(role.id, role);
  const data = { guild_id: guild.id, role: toRoleJson(world, guild, role) };
  world.dispatch({ type: "GUILD_ROLE_CREATE", guild, channel: undefined, data });
  return role;
}

export function setPermissions(
  world: World,
  guild: GuildRecord,
  role: RoleRecord,
  permissions: bigint,
): void {
  role.permissions = permissions;
  const data = { guild_id: guild.id, role: toRoleJson(world, guild, role) };
  world.dispatch({ type: "GUILD_ROLE_UPDATE", guild, channel: undefined, data });
}

export function setMemberRoles(
  world: World,
  guild: GuildRecord,
  member: MemberRecord,
  roles: readonly string[],
): void {
  member.roles = [...roles];
  const data = { ...toMemberJson(member), guild_id: guild.id };
  world.dispatch({ type: "GUILD_MEMBER_UPDATE", guild, channel: undefined, data });
}

export type NewChannel = Pick<ChannelRecord, "name" | "type" | "overwrites" | "isAgeRestricted">;

export function addChannel(world: World, guild: GuildRecord, options: NewChannel): ChannelRecord {
  const channel: ChannelRecord = {
    ...options,
    id: world.id(),
    guild,
    parent: undefined,
    recipient: undefined,
    messages: new Map(),
    lastMessage: null,
    thread: undefined,
    isDeleted: false,
  };
  world.channels.set(channel.id, channel);
  guild.channels.set(channel.id, channel);
  world.dispatch({ type: "CHANNEL_CREATE", guild, channel, data: toChannelJson(channel) });
  return channel;
}

/** Of a channel, its threads go with it, unsaid: https://docs.discord.com/developers/topics/threads */
export function deleteChannel(world: World, channel: ChannelRecord): void {
  const { guild, thread } = channel;
  const within = [...(guild?.channels.values() ?? [])].filter((each) => each.parent?.id === channel.id);
  const { id, type } = channel;
  const isThread = thread !== undefined;
  const data = isThread
    ? { id, type, guild_id: guild?.id, parent_id: channel.parent?.id }
    : toChannelJson(channel);
  world.dispatch({ type: isThread ? "THREAD_DELETE" : "CHANNEL_DELETE", guild, channel, data });
  for (const each of [channel, ...within]) {
    each.isDeleted = true;
    world.channels.delete(each.id);
    guild?.channels.delete(each.id);
  }
  world.changed();
}

/** The direct conversation between the bot and a person. */
export function openDirect(world: World, user: UserRecord): ChannelRecord {
  const known = [...world.channels.values()].find((each) => each.recipient?.id === user.id);
  if (known !== undefined) return known;
  const channel: ChannelRecord = {
    id: world.id(),
    guild: undefined,
    type: 1,
    name: user.name,
    parent: undefined,
    overwrites: [],
    isAgeRestricted: false,
    recipient: user,
    messages: new Map(),
    lastMessage: null,
    thread: undefined,
    isDeleted: false,
  };
  world.channels.set(channel.id, channel);
  return channel;
}
