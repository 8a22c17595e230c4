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

async function moveAll(parts: RelayParts): Promise<void> {
  const { database, clock, leaseMs } = parts;
  for (;;) {
    const at = clock();
    const rows = await database.records.outbox.claim(at, new Date(at.getTime() + leaseMs), BATCH);
    if (rows.length === 0) return;
    // Outside of any transaction: on the embedded database the queue needs the same session. A crash
    // before `remove` moves them again, which the jobs' ids make harmless.
    await database.records.outbox.remove(await enqueue(parts, rows));
    // That was all there was. Whatever has come since pokes for itself.
    if (rows.length < BATCH) return;
  }
}

type Row = Awaited<ReturnType<Database["records"]["outbox"]["claim"]>>[number];

/**
 * Which rows the queue has now. One that it refuses must not hold up the others, so they are tried
 * one by one when they do not go together.
 *
 * @throws what the queue threw, when it took none.
 */
async function enqueue({ queue, log }: RelayParts, rows: readonly Row[]): Promise<readonly string[]> {
  try {
    await queue.enqueue(rows.map((row) => row.tree));
    return rows.map((row) => row.seq);
  } catch (together) {
    const moved: string[] = [];
    const refused: [Row, unknown][] = [];
    for (const row of rows) {
      await queue.enqueue([row.tree]).then(
        () => moved.push(row.seq),
        (error: unknown) => refused.push([row, error]),
      );
    }
    if (moved.length === 0) throw together;
    for (const [{ seq, tree }, error] of refused) {
      log.error("outbox.refused", error, { seq, job: tree.job.id });
    }
    return moved;
  }
}
