import type { Log } from "../../src/ports/log.ts";

/** While a server is away every connection complains at each try to come back. */
const REPEAT_MS = 10_000;

/** Logs what connections complain about: the same complaint once in ten seconds. */
export function createTroubleLog(log: Log): (error: Error) => void {
  const lastAt = new Map<string, number>();
  return (error) => {
    const now = Date.now();
    if (now - (lastAt.get(error.message) ?? 0) < REPEAT_MS) return;
    for (const [message, at] of lastAt) if (now - at >= REPEAT_MS) lastAt.delete(message);
    lastAt.set(error.message, now);
    log.error("queue.trouble", error);
  };
}
