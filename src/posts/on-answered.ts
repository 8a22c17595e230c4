import { ANSWER_MS, type ChatInbox } from "../ports/chat.ts";
import type { Clock } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { refreshPost } from "./refresh-post.ts";

export interface OnAnsweredParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly poke: () => void;
}

/**
 * Gives back the hold of a post that an answer was to show: what changes on it is shown from now on, or it is posted
 * after all. Said twice, or too late, it changes nothing: then somebody looks for the message, or has found it.
 */
export function createOnAnswered({ database, clock, poke }: OnAnsweredParts): ChatInbox["answered"] {
  return async (id, message) => {
    const at = clock();
    if (message !== undefined) {
      await database.records.posts.answered(id, ANSWER_MS, message, at);
      return;
    }
    await database.transact(async (records) => {
      const channel = await records.posts.answered(id, ANSWER_MS, undefined, at);
      if (channel) await refreshPost(records, id, channel, at);
    });
    poke();
  };
}
