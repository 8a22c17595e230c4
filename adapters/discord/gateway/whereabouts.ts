import { type APIChannel, ChannelType, DiscordAPIError, Routes } from "discord.js";
import type { Place } from "../../../src/ports/chat.ts";
import type { DiscordClient } from "../discord-client.ts";
import { channelRef, threadRef } from "../discord-refs.ts";

/** Where something happened: the place, and how Discord has it. */
export interface Site {
  readonly guild: string;
  /** The channel of Discord's in which it stands, which may be a thread. */
  readonly channel: string;
  readonly isThread: boolean;
  /** Whether a thread can be opened there, or is. */
  readonly hasThreads: boolean;
  readonly place: Place;
}

/** As much of a channel as an event may say. */
export interface KnownChannel {
  readonly id: string;
  readonly type: ChannelType;
  readonly parent_id?: string | null | undefined;
}

/** https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
const THREADS: readonly ChannelType[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];
const THREADLESS: readonly ChannelType[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];
const ASKED_MAX = 1_000;

export interface Whereabouts {
  /**
   * @param known what an event says of the channel itself.
   * @returns undefined for a channel that is not there, or not for us to see.
   * @throws when Discord could not be asked.
   */
  find(guild: string, channel: string, known?: KnownChannel): Promise<Site | undefined>;
}

export function createWhereabouts(client: DiscordClient): Whereabouts {
  /** Channels that are not among those that the gateway tells of: threads that were archived. */
  const asked = new Map<string, KnownChannel>();

  async function ask(id: string): Promise<KnownChannel | undefined> {
    const before = asked.get(id);
    if (before !== undefined) return before;
    try {
      const channel = (await client.rest.get(Routes.channel(id))) as APIChannel;
      const { type } = channel;
      const found = { id, type, parent_id: "parent_id" in channel ? channel.parent_id : undefined };
      if (asked.size >= ASKED_MAX) asked.clear();
      asked.set(id, found);
      return found;
    } catch (error) {
      if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404))
        return undefined;
      throw error;
    }
  }

  function recall(id: string): KnownChannel | undefined {
    const channel = client.channels.cache.get(id);
    return (
      channel && { id, type: channel.type, parent_id: channel.isThread() ? channel.parentId : undefined }
    );
  }

  return {
    async find(guild, channel, known) {
      const found = isWhole(known) ? known : (recall(channel) ?? (await ask(channel)));
      return found && toSite(guild, found);
    },
  };
}

/**
 * Of a thread it is to be said what it belongs to. A private one is used by people who see it, which the bot may not:
 * "You must be invited to the thread" (https://docs.discord.com/developers/topics/threads#permissions), whatever
 * `app_permissions` say.
 */
function isWhole(channel: KnownChannel | undefined): channel is KnownChannel {
  if (channel === undefined || channel.type === ChannelType.PrivateThread) return false;
  return !THREADS.includes(channel.type) || !!channel.parent_id;
}

function toSite(guild: string, { id, type, parent_id }: KnownChannel): Site {
  const isThread = THREADS.includes(type);
  const hasThreads = !THREADLESS.includes(type);
  const thread = isThread ? threadRef({ guild, channel: id, replyTo: undefined }) : undefined;
  const channel = channelRef({ guild, channel: isThread ? (parent_id ?? id) : id });
  return { guild, channel: id, isThread, hasThreads, place: { channel, thread } };
}
