import { toChannelJson } from "./describe-things.ts";
import type { ChannelRecord } from "./records.ts";
import type { World } from "./world.ts";

const MINUTE_MS = 60_000;

/** "Threads are automatically archived after a period of inactivity": https://docs.discord.com/developers/topics/threads#active--archived-threads */
export function expectSilence(world: World, channel: ChannelRecord): void {
  const { thread } = channel;
  if (thread === undefined) return;
  thread.giveUpArchiving();
  thread.giveUpArchiving = world.clock.after(thread.autoArchive * MINUTE_MS, () => {
    if (!channel.isDeleted) setArchived(world, channel, true, false);
  });
}

export function setArchived(
  world: World,
  channel: ChannelRecord,
  isArchived: boolean,
  isLocked: boolean,
): void {
  const { thread } = channel;
  if (thread === undefined) throw new Error(`${channel.name} is no thread`);
  if (thread.isArchived === isArchived && thread.isLocked === isLocked) return;
  thread.giveUpArchiving();
  thread.isArchived = isArchived;
  thread.isLocked = isLocked;
  thread.archivedAt = world.clock.now();
  if (!isArchived) expectSilence(world, channel);
  world.dispatch({ type: "THREAD_UPDATE", guild: channel.guild, channel, data: toChannelJson(channel) });
}
