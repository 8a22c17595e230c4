import type { ChatInbox } from "../ports/chat.ts";
import type { Clock } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { purgeJob } from "./purge-job.ts";

export interface OnWorkspaceParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** Remembers since when a workspace is gone. What waits for it is ended soon, what is kept of it goes later. */
export function createOnWorkspace(parts: OnWorkspaceParts): ChatInbox["workspace"] {
  return async (workspace, change) => {
    const { database, clock, poke } = parts;
    if (change === "returned") return database.records.departures.returned(workspace);
    await database.transact(async (records) => {
      await records.departures.left(workspace, clock());
      await records.outbox.add([{ job: purgeJob, children: [] }]);
    });
    poke();
  };
}
