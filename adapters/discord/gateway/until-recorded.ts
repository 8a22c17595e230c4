import { setTimeout as sleep } from "node:timers/promises";

export interface Patience {
  /** For how long it is tried again, in milliseconds. */
  readonly forMs: number;
  /** Ends the trying. */
  readonly signal: AbortSignal;
}

const FIRST_WAIT_MS = 250;
const WAIT_MS_MAX = 5_000;

/**
 * Hands something to the inbox until it is recorded, with waits that double up to 5 s. Everything that is handed
 * carries an event's id or is a level, so that what was recorded unnoticed is not recorded twice.
 *
 * @throws what the last try did.
 */
export async function untilRecorded<T>(hand: () => Promise<T>, { forMs, signal }: Patience): Promise<T> {
  const end = Date.now() + forMs;
  for (let fullMs = FIRST_WAIT_MS; ; fullMs = Math.min(WAIT_MS_MAX, fullMs * 2)) {
    try {
      return await hand();
    } catch (error) {
      const waitMs = fullMs * (1 - Math.random() / 4);
      if (Date.now() + waitMs > end) throw error;
      await sleep(waitMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) throw error;
    }
  }
}
