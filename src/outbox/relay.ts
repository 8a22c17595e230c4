import type { JobQueue } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";

/**
 * Moves decided jobs from the outbox to the queue: at once after a commit (`poke`), and every few
 * seconds for those whose process died between commit and poke.
 */
export interface Relay {
  start(): void;
  /** There is something new. Returns at once. */
  poke(): void;
  /** Moves no more, and waits for what is being moved. */
  stop(): Promise<void>;
}

export interface RelayParts {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly log: Log;
  readonly clock: Clock;
  /** How often to look unasked, in milliseconds. */
  readonly intervalMs: number;
  /** How long a row belongs to the process that took it, in milliseconds: after that, another may. */
  readonly leaseMs: number;
}

const BATCH = 100;

export function createRelay(parts: RelayParts): Relay {
  let moving: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  function poke(): void {
    if (stopped) return;
    if (moving) {
      again = true;
      return;
    }
    moving = moveAll(parts)
      .catch((error: unknown) => parts.log.error("outbox.stuck", error))
      .finally(() => {
        moving = undefined;
        if (again) {
          again = false;
          poke();
        }
      });
  }

  return {
    start() {
      timer = setInterval(poke, parts.intervalMs);
      poke();
    },
    poke,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await moving;
    },
  };
}

async function moveAll({ database, queue, clock, leaseMs }: RelayParts): Promise<void> {
  for (;;) {
    const at = clock();
    const rows = await database.records.outbox.claim(at, new Date(at.getTime() + leaseMs), BATCH);
    if (rows.length === 0) return;
    // Outside of any transaction: on the embedded database the queue needs the same session. A crash
    // before `remove` moves them again, which the jobs' ids make harmless.
    await queue.enqueue(rows.map((row) => row.tree));
    await database.records.outbox.remove(rows.map((row) => row.seq));
    // That was all there was. Whatever has come since pokes for itself.
    if (rows.length < BATCH) return;
  }
}
