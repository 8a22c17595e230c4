import { setTimeout as after } from "node:timers/promises";
import type { Adapters } from "../../src/compose.ts";

const LOOK_AGAIN_MS = 25;
const LIMIT = 100;

/** Resolves when no job waits or runs but for upkeep's, no round, final or post is behind, and nothing is to be purged. */
export async function untilSettled({ database, queue }: Adapters): Promise<void> {
  const { rounds, finals, posts, departures, remains } = database.records;
  for (;;) {
    const now = new Date();
    const depths = await queue.depths();
    const isIdle = depths
      .filter((depth) => !/^(upkeep|reconcile)/.test(depth.queue))
      .every((depth) => depth.waiting + depth.running === 0);
    const behind = [
      ...(await rounds.stale(now, LIMIT)),
      ...(await finals.stale(now, LIMIT)),
      ...(await posts.behind(now, LIMIT)),
      ...(await departures.before(now, LIMIT)),
      ...(await remains.doomed(now, LIMIT)),
    ];
    if (isIdle && behind.length === 0) return;
    await after(LOOK_AGAIN_MS);
  }
}
