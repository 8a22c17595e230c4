import type { ChatInbox } from "../ports/chat.ts";
import type { Clock } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { purgeJob } from "./purge-job.ts";

export interface OnChannelGoneParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly poke: () => void;
}

/**
 * Remembers since when a channel is gone: nothing more is shown there, what waits for it is ended soon, and what is
 * kept of it goes later. Channels in which nobody has asked for anything are none of ours.
 */
export function createOnChannelGone(parts: OnChannelGoneParts): ChatInbox["channelGone"] {
  return async (channel) => {
    const { database, clock, poke } = parts;
    if ((await database.records.channels.find(channel)) === undefined) return;
    await database.transact(async (records) => {
      await records.posts.channelGone(channel);
      await records.departures.left(channel, clock());
      await records.outbox.add([{ job: purgeJob, children: [] }]);
    });
    poke();
  };
}
