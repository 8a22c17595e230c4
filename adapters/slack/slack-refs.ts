import type {
  ChannelRef,
  GroupRef,
  MemberRef,
  MessageRef,
  ThreadRef,
  UserRef,
  WorkspaceRef,
} from "../../src/core/ids.ts";

export const SLACK = "slack";

/** A channel of a workspace, by Slack's ids: `T…`, then `C…` or `G…`. */
export interface SlackChannel {
  readonly team: string;
  readonly channel: string;
}

/** A message, or a thread by its root message. `ts` is Slack's timestamp id, such as `1700000000.000100`. */
export interface SlackMessage extends SlackChannel {
  readonly ts: string;
}

/** A person (`U…`, `W…`) or a user group (`S…`) of a workspace. */
export interface SlackMember {
  readonly team: string;
  readonly id: string;
}

export function workspaceRef(team: string): WorkspaceRef {
  return `${SLACK}:${team}` as WorkspaceRef;
}

export function channelRef({ team, channel }: SlackChannel): ChannelRef {
  return `${SLACK}:${team}:${channel}` as ChannelRef;
}

export function messageRef({ team, channel, ts }: SlackMessage): MessageRef {
  return `${SLACK}:${team}:${channel}:${ts}` as MessageRef;
}

export function threadRef({ team, channel, ts }: SlackMessage): ThreadRef {
  return `${SLACK}:${team}:${channel}:${ts}` as ThreadRef;
}

export function userRef(team: string, user: string): UserRef {
  return `${SLACK}:${team}:${user}` as UserRef;
}

export function groupRef(team: string, group: string): GroupRef {
  return `${SLACK}:${team}:@${group}` as GroupRef;
}

/** @throws RangeError for a ref of another platform or form; the same for the others. */
export function readWorkspace(ref: WorkspaceRef): string {
  const [team] = read(ref, 1);
  return team;
}

export function readChannel(ref: ChannelRef): SlackChannel {
  const [team, channel] = read(ref, 2);
  return { team, channel };
}

export function readMessage(ref: MessageRef | ThreadRef): SlackMessage {
  const [team, channel, ts] = read(ref, 3);
  return { team, channel, ts };
}

export function readMember(ref: MemberRef): SlackMember {
  const [team, id] = read(ref, 2);
  return { team, id: id.replace(/^@/, "") };
}

function read(ref: string, count: 1): [string];
function read(ref: string, count: 2): [string, string];
function read(ref: string, count: 3): [string, string, string];
function read(ref: string, count: number): string[] {
  const [platform, ...parts] = ref.split(":");
  if (platform !== SLACK || parts.length !== count || parts.some((part) => part === "")) {
    throw new RangeError(`not a ref of Slack's: ${ref}`);
  }
  return parts;
}
