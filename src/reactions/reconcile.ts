import { DONE, type JobHandler } from "../ports/jobs.ts";
import type { Clock } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import type { LookOver } from "./look-over.ts";

export interface ReconcileParts {
  readonly database: Database;
  readonly lookOver: LookOver;
  readonly clock: Clock;
}

/** Older messages still answer to clicks and events; they are only no longer looked over. */
const LOOK_BACK_MS = 7 * 24 * 60 * 60 * 1000;
const POSTS_MAX = 200;
/** As many in a row, and it is the platform that is away. */
const UNREAD_MAX = 3;
const AWAY_MS = 60_000;

/** Looks over the open messages of a platform, newest first. */
export function createReconcile(parts: ReconcileParts): JobHandler<"upkeep.reconcile"> {
  return async ({ platform }, attempt) => {
    const since = new Date(parts.clock().getTime() - LOOK_BACK_MS);
    let unread = 0;
    for (const post of await parts.database.records.posts.open(platform, since, POSTS_MAX)) {
      if (attempt.signal.aborted) break;
      unread = (await parts.lookOver(post)) ? 0 : unread + 1;
      if (unread === UNREAD_MAX)
        return { kind: "snooze", delayMs: AWAY_MS, reason: `${platform} does not answer` };
    }
    return DONE;
  };
}
