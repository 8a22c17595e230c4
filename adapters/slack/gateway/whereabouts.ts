import type { Place } from "../../../src/ports/chat.ts";
import { channelRef, readChannel, threadRef } from "../slack-refs.ts";

export function placeOf(team: string, channel: string, thread: string | undefined): Place {
  return {
    channel: channelRef({ team, channel }),
    thread: thread === undefined ? undefined : threadRef({ team, channel, ts: thread }),
  };
}

/**
 * The place of what happens in no channel: on a person's own page, or before a channel is chosen. It
 * goes by the person's id, as Slack itself names the conversation with one person.
 */
export function nowhere(team: string, person: string): Place {
  return placeOf(team, person, undefined);
}

export function isNowhere(place: Place): boolean {
  return /^[UW]/.test(readChannel(place.channel).channel);
}

/** A conversation of one person with the app, or with another: `D…`. */
export function isDirect(channel: string, name: string): boolean {
  return channel.startsWith("D") || name === "directmessage" || name.startsWith("mpdm-");
}

/** The thread in which a message stands. Its first message, to which Slack gives its own time as the thread's, stands in the channel. */
export function threadOf({
  ts,
  thread_ts,
}: {
  readonly ts?: string | undefined;
  readonly thread_ts?: string | undefined;
}): string | undefined {
  return thread_ts === ts ? undefined : thread_ts;
}
