import type { SlackChannel, SlackPerson } from "../slack-people.ts";
import { findMessage, joinChannel } from "../world/channels.ts";
import type { ChannelRecord, MessageRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { toSlackMessage } from "./snapshots.ts";

/** A channel of the world, as a test has it in hand. */
export function createChannel(world: World, channel: ChannelRecord): SlackChannel {
  const bot = () => world.teams.get(channel.team)?.botUserId ?? "";
  const idOf = (member: SlackPerson | "bot") => (member === "bot" ? bot() : member.id);
  const snapshots = (messages: readonly MessageRecord[]) =>
    messages.map((each) => toSlackMessage(world, each));
  return {
    id: channel.id,
    get name() {
      return channel.name;
    },
    team: channel.team,
    messages: () => snapshots(channel.messages),
    thread: (ts) => snapshots(channel.messages.filter((each) => each.threadTs === ts && each.ts !== ts)),
    message(ts) {
      const found = findMessage(channel, ts);
      return found === undefined ? undefined : toSlackMessage(world, found);
    },
    status: (threadTs) => channel.statuses.get(threadTs),
    join: (member) => joinChannel(world, channel, idOf(member)),
    leave(member) {
      channel.members.delete(idOf(member));
      world.changed();
    },
    get isBotMember() {
      return channel.members.has(bot());
    },
    archive() {
      channel.archived = true;
      world.changed();
    },
    rename(name) {
      channel.name = name;
      world.changed();
    },
  };
}
