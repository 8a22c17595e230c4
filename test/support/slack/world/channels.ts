import type { ChannelRecord, MessageRecord, TeamRecord, UserRecord } from "./records.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** Whether a workspace takes part in a channel. */
export function isIn(channel: ChannelRecord, team: string): boolean {
  return channel.team === team || channel.sharedWith.has(team);
}

export function isBotMember(world: World, channel: ChannelRecord, team: string): boolean {
  const botUserId = world.teams.get(team)?.botUserId;
  return botUserId !== undefined && channel.members.has(botUserId);
}

/**
 * The channel as the bot of a workspace may know it: one of another workspace, or a private one that
 * it is not in, is `channel_not_found`. https://docs.slack.dev/reference/methods/conversations.info
 *
 * @throws Refusal
 */
export function findChannel(world: World, team: TeamRecord, id: string): ChannelRecord {
  const channel = world.channels.get(id);
  if (channel === undefined || !isIn(channel, team.id)) throw new Refusal("channel_not_found");
  if (channel.kind !== "public" && !channel.members.has(team.botUserId))
    throw new Refusal("channel_not_found");
  return channel;
}

/**
 * The channel, which the bot must be a member of to act in.
 *
 * @throws Refusal
 */
export function findJoinedChannel(world: World, team: TeamRecord, id: string): ChannelRecord {
  const channel = findChannel(world, team, id);
  if (!channel.members.has(team.botUserId)) throw new Refusal("not_in_channel");
  return channel;
}

/** The direct message between a person and the bot of a workspace, opened when there is none. */
export function openDirect(world: World, team: TeamRecord, user: UserRecord): ChannelRecord {
  for (const channel of world.channels.values()) {
    if (channel.kind === "im" && channel.members.has(user.id) && channel.members.has(team.botUserId))
      return channel;
  }
  const channel: ChannelRecord = {
    id: world.id("D"),
    team: team.id,
    name: "directmessage",
    kind: "im",
    archived: false,
    members: new Set([user.id, team.botUserId]),
    sharedWith: new Set(),
    messages: [],
    statuses: new Map(),
  };
  world.channels.set(channel.id, channel);
  return channel;
}

export function findMessage(channel: ChannelRecord, ts: string): MessageRecord | undefined {
  return channel.messages.find((each) => each.ts === ts && !each.isTombstone);
}

/** Whether a person may read a channel: its members, and for a public one everybody of its own workspace. */
export function canSee(channel: ChannelRecord, user: UserRecord): boolean {
  return channel.members.has(user.id) || (channel.kind === "public" && channel.team === user.team);
}

export function joinChannel(world: World, channel: ChannelRecord, user: string): void {
  if (channel.members.has(user)) return;
  channel.members.add(user);
  world.emit({ type: "joined", channel, user });
}
