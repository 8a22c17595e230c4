import { failFinal } from "../finals/fail-final.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { failTake } from "../rounds/fail-take.ts";

export interface WindDownParts {
  readonly database: Database;
  readonly log: Log;
  readonly clock: Clock;
}

const BATCH = 100;

/**
 * Nobody would see what is still to be made for a workspace that left: it is not asked for, and its
 * credits go back. What is being made at that moment ends by itself.
 */
export async function windDown(parts: WindDownParts, signal: AbortSignal): Promise<void> {
  const { departures, finals, rounds } = parts.database.records;
  for (;;) {
    const waiting = await departures.waiting(BATCH);
    if (waiting.takes.length + waiting.finals.length === 0) return;
    signal.throwIfAborted();
    for (const take of waiting.takes) await failTake(parts, take, "interrupted");
    for (const id of waiting.finals) {
      const final = await finals.find(id);
      const round = final && (await rounds.find(final.round));
      if (final && round) await failFinal(parts, final, round, "interrupted");
    }
    parts.log.info("work.wound_down", { takes: waiting.takes.length, finals: waiting.finals.length });
  }
}
