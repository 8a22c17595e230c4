import type { Lane } from "./lanes.ts";
import type { AnyQueue } from "./open-queue.ts";

/**
 * Tells the server how much of a lane all processes together may run: it keeps to that whenever it gives out
 * a job. Of several processes the last one's word holds.
 *
 * A minute begins with the first job after the one before: what starts at the end of one and at the beginning of
 * the next may come to twice as many within a shorter time.
 *
 * @param minuteMs the length of a minute, in milliseconds.
 */
export async function setLimits(
  queue: AnyQueue,
  { atOnce, perMinute }: Lane,
  minuteMs: number,
): Promise<void> {
  if (atOnce === undefined) await queue.removeGlobalConcurrency();
  else await queue.setGlobalConcurrency(atOnce);
  if (perMinute === undefined) await queue.removeGlobalRateLimit();
  else await queue.setGlobalRateLimit(perMinute, minuteMs);
}
