import type { ChannelRef, EventId, UserRef } from "../core/ids.ts";
import type { JobTree } from "./jobs.ts";

// What stands between an event and the queue: it is admitted once, its jobs wait for the relay, in their turn.

export interface InboxStore {
  /** False when the event was admitted before. */
  admit(event: EventId, at: Date): Promise<boolean>;
  /** Forgets events admitted before, once no platform can deliver them again. */
  forget(before: Date): Promise<void>;
}

export interface OutboxStore {
  add(trees: readonly JobTree[]): Promise<void>;
  /** Takes rows that nobody else is moving, until `until`. Oldest first. */
  claim(
    at: Date,
    until: Date,
    limit: number,
  ): Promise<readonly { readonly seq: string; readonly tree: JobTree }[]>;
  remove(seqs: readonly string[]): Promise<void>;
}

export interface TurnStore {
  /**
   * Gives `count` jobs of a person their places in the fair order of a queue; see `core/fairness.ts`.
   * Numbers, lower first, as many as asked for.
   */
  take(
    queue: "takes" | "finals",
    channel: ChannelRef,
    person: UserRef,
    count: number,
  ): Promise<readonly number[]>;
  /** A job of that turn has started: the clock of the queue is there now. */
  started(queue: "takes" | "finals", turn: number): Promise<void>;
}
