import type { MessageReader } from "./message-reader.ts";
import type { StaffBoard } from "./staff-board.ts";
import type { Changes } from "./wire.ts";

/** How long the stream may be silent, in milliseconds, before it says that it is still there. */
export const HEARTBEAT_MS = 15_000;

/** Tells those who watch what has changed. */
export interface LiveFeed {
  /** Something changed. */
  notify(): void;
  /**
   * What one person sees change after a sequence number, for as long as they watch: nothing is
   * missed, whatever happened between two reads. An empty change is a heartbeat. Ends when the signal
   * aborts or the feed closes.
   */
  follow(follower: Follower, signal: AbortSignal): AsyncGenerator<Changes, void>;
  close(): void;
}

export interface Follower {
  readonly viewer: string;
  readonly since: number;
  readonly board: StaffBoard;
}

export function createLiveFeed(reader: MessageReader): LiveFeed {
  const closing = new AbortController();
  const waiting = new Set<() => void>();
  let version = 0;

  function notify(): void {
    version += 1;
    for (const wake of [...waiting]) wake();
  }

  /** Resolves at the next change after version `seen`, at the end, or after the heartbeat. */
  function nextChange(seen: number, ended: AbortSignal): Promise<void> {
    if (version !== seen || ended.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        waiting.delete(wake);
        ended.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, HEARTBEAT_MS);
      waiting.add(wake);
      ended.addEventListener("abort", wake, { once: true });
    });
  }

  async function* follow(follower: Follower, signal: AbortSignal): AsyncGenerator<Changes, void> {
    const { viewer, board } = follower;
    const ended = AbortSignal.any([signal, closing.signal]);
    let sequence = follower.since;
    let heard = 0;
    while (!ended.aborted) {
      const seen = version;
      const changes = await reader.changes(viewer, sequence);
      const { staff, change } = board.since(heard);
      sequence = changes.sequence;
      heard = change;
      if (changes.messages.length > 0 || staff.length > 0) yield { ...changes, staff };
      else {
        await nextChange(seen, ended);
        if (version === seen && !ended.aborted) yield { sequence, messages: [], staff: [] };
      }
    }
  }

  return { notify, follow, close: () => closing.abort() };
}
