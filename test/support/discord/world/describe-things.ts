import { basePermissions, canSee, permissionsIn } from "./permissions.ts";
import type {
  ChannelRecord,
  GuildRecord,
  Json,
  MemberRecord,
  OverwriteRecord,
  RoleRecord,
  ThreadRecord,
  UserRecord,
} from "./records.ts";
import type { World } from "./world.ts";

// Discord's JSON of everything but messages. The fields: https://docs.discord.com/developers/resources/guild,
// https://docs.discord.com/developers/resources/channel, https://docs.discord.com/developers/resources/user

export function toUserJson(user: UserRecord): Json {
  return {
    id: user.id,
    username: user.name,
    discriminator: user.isBot ? "0001" : "0",
    global_name: user.isBot ? null : user.name,
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    public_flags: 0,
    ...(user.isBot ? { bot: true } : {}),
  };
}

export function toMemberJson(member: MemberRecord): Json {
  return { user: toUserJson(member.user), ...toBareMemberJson(member) };
}

/** As it stands beside a user, in messages and resolved data. */
export function toBareMemberJson(member: MemberRecord): Json {
  return {
    nick: null,
    avatar: null,
    banner: null,
    roles: member.roles,
    joined_at: new Date(member.joinedAt).toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
  };
}

export function toRoleJson(world: World, guild: GuildRecord, role: RoleRecord): Json {
  return {
    id: role.id,
    name: role.id === guild.id ? "@everyone" : role.name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: String(role.permissions),
    managed: role.isManaged,
    mentionable: false,
    flags: 0,
    ...(role.isManaged ? { tags: { bot_id: world.bot.id } } : {}),
  };
}

export function toOverwriteJson(overwrite: OverwriteRecord): Json {
  const { id, type, allow, deny } = overwrite;
  return { id, type, allow: String(allow), deny: String(deny) };
}

export function toChannelJson(channel: ChannelRecord): Json {
  if (channel.thread !== undefined) return toThreadJson(channel, channel.thread);
  if (channel.guild === undefined) {
    const recipients = channel.recipient === undefined ? [] : [toUserJson(channel.recipient)];
    return { id: channel.id, type: channel.type, last_message_id: null, flags: 0, recipients };
  }
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guild.id,
    name: channel.name,
    position: 0,
    permission_overwrites: channel.overwrites.map(toOverwriteJson),
    parent_id: null,
    nsfw: channel.isAgeRestricted,
    last_message_id: channel.lastMessage,
    rate_limit_per_user: 0,
    flags: 0,
    ...(channel.type === 15
      ? {
          topic: null,
          available_tags: [],
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
        }
      : {}),
    ...(channel.type === 0 || channel.type === 5 ? { topic: null, last_pin_timestamp: null } : {}),
    ...(channel.type === 2 ? { bitrate: 64000, user_limit: 0, rtc_region: null } : {}),
  };
}

function toThreadJson(channel: ChannelRecord, thread: ThreadRecord): Json {
  const count = [...channel.messages.values()].filter((each) => each.type !== 21).length;
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guild?.id,
    parent_id: channel.parent?.id,
    owner_id: thread.owner,
    name: channel.name,
    last_message_id: channel.lastMessage,
    rate_limit_per_user: 0,
    flags: 0,
    message_count: count,
    total_message_sent: count,
    member_count: Math.min(50, thread.members.size),
    thread_metadata: {
      archived: thread.isArchived,
      auto_archive_duration: thread.autoArchive,
      archive_timestamp: new Date(thread.archivedAt).toISOString(),
      locked: thread.isLocked,
      create_timestamp: new Date(thread.createdAt).toISOString(),
    },
    ...(channel.parent?.type === 15 ? { applied_tags: [] } : {}),
  };
}

/** The partial channel of an interaction: what the person may do in it, but no overwrites. */
export function toInteractionChannelJson(channel: ChannelRecord, user: UserRecord): Json {
  const { permission_overwrites: _, ...shown } = toChannelJson(channel);
  return { ...shown, permissions: String(permissionsIn(channel, user)) };
}

export function toThreadMemberJson(world: World, channel: ChannelRecord): Json {
  const joined = new Date(world.clock.now()).toISOString();
  return { id: channel.id, user_id: world.bot.id, join_timestamp: joined, flags: 1 };
}

export function toGuildJson(world: World, guild: GuildRecord): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: guild.ownerId,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 1,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    roles: [...guild.roles.values()].map((role) => toRoleJson(world, guild, role)),
    emojis: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: guild.premiumTier,
    premium_subscription_count: 0,
    preferred_locale: "en-US",
    public_updates_channel_id: null,
    nsfw_level: 0,
    stickers: [],
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
    incidents_data: null,
  };
}

/** https://docs.discord.com/developers/events/gateway-events#guild-create */
export function toGuildCreateJson(world: World, guild: GuildRecord): Json {
  const bot = guild.members.get(world.bot.id);
  const channels = [...guild.channels.values()];
  const threads = channels.filter((each) => each.thread !== undefined && !each.thread.isArchived);
  return {
    ...toGuildJson(world, guild),
    joined_at: new Date(bot?.joinedAt ?? 0).toISOString(),
    large: guild.members.size > 50,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    // Without the privileged intents, only the bot itself.
    members: bot === undefined ? [] : [toMemberJson(bot)],
    channels: channels.filter((each) => each.thread === undefined).map(toChannelJson),
    threads: threads.filter((each) => canSee(each, world.bot)).map(toChannelJson),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function guildPermissions(guild: GuildRecord, member: MemberRecord): string {
  return String(basePermissions(guild, member));
}
