import type { Log } from "../../src/ports/log.ts";
import { type AnyQueue, type OpenQueue, withQueue } from "./open-queue.ts";
import { queueNameOf } from "./queue-names.ts";

/** Where the work of all models waited before each had a lane. Nobody takes jobs out of them any more. */
const RETIRED = ["takes", "finals"];

/**
 * Takes away what an earlier version left in its queues. A grid that waits for takes there goes too: as long
 * as it is there, it counts as alive. The sweep brings back what is not done.
 */
export async function retireQueues(open: OpenQueue, log: Log): Promise<void> {
  const grids = queueNameOf({ name: "grid.compose", platform: undefined, model: undefined });
  for (const name of RETIRED) {
    const jobs = await withQueue(open, name, (queue) =>
      withQueue(open, grids, (parents) => retire(queue, parents)),
    );
    if (jobs > 0) log.warn("queue.retired", { queue: name, jobs });
  }
}

/** How many jobs there were. */
async function retire(queue: AnyQueue, parents: AnyQueue): Promise<number> {
  const jobs = await queue.getJobs(["waiting", "prioritized", "delayed", "active"]);
  if (jobs.length === 0) return 0;
  const waiting = new Set(jobs.flatMap(({ parent }) => parent?.id ?? []));
  for (const id of waiting) await parents.remove(id, { removeChildren: false });
  await queue.obliterate({ force: true });
  return jobs.length;
}
