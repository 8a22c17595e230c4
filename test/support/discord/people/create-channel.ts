import type { DiscordChannel, Overwrite } from "../discord-people.ts";
import { toChannelJson } from "../world/describe-things.ts";
import { createMessage, deleteMessage } from "../world/messages.ts";
import type { ChannelRecord, GuildRecord, OverwriteRecord, UserRecord } from "../world/records.ts";
import { setArchived } from "../world/thread-silence.ts";
import { inviteBotTo, startBareThread } from "../world/threads.ts";
import type { World } from "../world/world.ts";
import { toDiscordMessage } from "./snapshots.ts";

/** A channel of the world, as a test has it in hand. */
export function createChannel(world: World, channel: ChannelRecord): DiscordChannel {
  const threads = () =>
    [...(channel.guild?.channels.values() ?? [])].filter((each) => each.parent?.id === channel.id);
  return {
    id: channel.id,
    name: channel.name,
    guildId: channel.guild?.id,
    parentId: channel.parent?.id,
    type: channel.type,
    messages: () =>
      [...channel.messages.values()]
        .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
        .map((each) => toDiscordMessage(world, each)),
    message(id) {
      const message = channel.messages.get(id);
      return message === undefined ? undefined : toDiscordMessage(world, message);
    },
    threads: () => threads().map((each) => createChannel(world, each)),
    threadOf(message) {
      const thread = threads().find((each) => each.id === message.id);
      return thread === undefined ? undefined : createChannel(world, thread);
    },
    openThread(name, by, firstWords = "…") {
      const user = findOpener(world, channel, by?.id);
      const thread = startBareThread(world, channel, { name, autoArchive: undefined, by: user });
      if (channel.type === 15) sayFirst(world, thread, user, firstWords);
      return createChannel(world, thread);
    },
    openPrivateThread(name, by) {
      const user = findOpener(world, channel, by.id);
      const thread = { name, autoArchive: undefined, by: user, isPrivate: true };
      return createChannel(world, startBareThread(world, channel, thread));
    },
    inviteBot: () => inviteBotTo(world, channel),
    archive: (options = {}) => setArchived(world, channel, true, options.lock === true),
    setOverwrites(overwrites) {
      channel.overwrites = overwrites.map((each) => toOverwrite(world, channel.guild, each));
      const data = toChannelJson(channel);
      world.dispatch({ type: "CHANNEL_UPDATE", guild: channel.guild, channel: undefined, data });
    },
    deleteMessage(id) {
      const message = channel.messages.get(id);
      if (message === undefined) throw new Error(`there is no message ${id} in ${channel.name}`);
      deleteMessage(world, message);
    },
  };
}

function findOpener(world: World, channel: ChannelRecord, id: string | undefined): UserRecord {
  const user = world.users.get(id ?? channel.guild?.ownerId ?? "");
  if (user === undefined) throw new Error(`nobody can open a thread in ${channel.name}`);
  return user;
}

/** "The thread … and its first message have the same id": https://docs.discord.com/developers/topics/threads#forums */
function sayFirst(world: World, thread: ChannelRecord, user: UserRecord, content: string): void {
  createMessage(
    world,
    {
      channel: thread,
      author: user,
      type: 0,
      flags: 0,
      interaction: undefined,
      ephemeralFor: undefined,
      replyTo: undefined,
      id: thread.id,
    },
    { body: { content }, files: [], limit: 0 },
  );
}

export function toOverwrite(
  world: World,
  guild: GuildRecord | undefined,
  overwrite: Overwrite,
): OverwriteRecord {
  const { who, allow = 0n, deny = 0n } = overwrite;
  if (who === "everyone") return { id: guild?.id ?? "", type: 0, allow, deny };
  if (who === "bot") return { id: world.bot.id, type: 1, allow, deny };
  return { id: who.id, type: guild?.roles.has(who.id) ? 0 : 1, allow, deny };
}
