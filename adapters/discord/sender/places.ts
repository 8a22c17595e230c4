import type { Place } from "../../../src/ports/chat.ts";
import { readChannel, readThread } from "../discord-refs.ts";

/** Where a message is posted. All ids are snowflakes. */
export interface Spot {
  readonly guild: string;
  /** A thread's id, in a thread. */
  readonly channel: string;
  /** The channel that is no thread. */
  readonly parent: string;
  /** The message that it is a reply to. */
  readonly replyTo: string | undefined;
}

export function toSpot({ channel, thread }: Place): Spot {
  const { guild, channel: parent } = readChannel(channel);
  if (thread === undefined) return { guild, channel: parent, parent, replyTo: undefined };
  const { channel: there, replyTo } = readThread(thread);
  return { guild, channel: there, parent, replyTo };
}

/** What Discord's settings call what is needed to post there. */
export function neededAt({ channel, parent, replyTo }: Spot, withFile: boolean): readonly string[] {
  return [
    "View Channel",
    channel === parent ? "Send Messages" : "Send Messages in Threads",
    ...(withFile ? ["Attach Files"] : []),
    ...(replyTo === undefined ? [] : ["Read Message History"]),
  ];
}
