import type { MessageRef } from "../../../src/core/ids.ts";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/ports/log.ts";

/**
 * Lets each message wait for one turn at a time. Votes come faster than Slack takes edits (50 a minute), each
 * asks for an edit, and the next edit shows them all: if each had a turn of its own, most turns would be for
 * nothing, and other messages would wait minutes for theirs.
 *
 * @throws ChatError `unavailable` for whoever comes before the turn that the message waits for, with the time until then.
 */
export type SharedTurns = <T>(message: MessageRef, edit: () => Promise<T>) => Promise<T>;

/** With more, the oldest may ask anew. */
const MESSAGES_MAX = 1_000;

export function createSharedTurns(clock: Clock): SharedTurns {
  const turns = new Map<MessageRef, number>();
  const now = () => clock().getTime();
  return async (message, edit) => {
    const waitMs = (turns.get(message) ?? 0) - now();
    if (waitMs > 0) {
      const details = { retryAfterMs: waitMs, inDoubt: false };
      throw new ChatError("unavailable", "the message waits for its turn to be edited", details);
    }
    turns.delete(message);
    try {
      return await edit();
    } catch (error) {
      if (error instanceof ChatError && error.kind === "unavailable" && error.retryAfterMs !== undefined) {
        turns.set(message, now() + error.retryAfterMs);
        const [oldest] = turns.keys();
        if (turns.size > MESSAGES_MAX && oldest !== undefined) turns.delete(oldest);
      }
      throw error;
    }
  };
}
