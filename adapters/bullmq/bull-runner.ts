import { setTimeout as after } from "node:timers/promises";
import { type IQueueBackend, Worker } from "bullmq";
import type { JobHandlers, JobName, JobRunner, QueueName } from "../../src/ports/jobs.ts";
import type { Log } from "../../src/ports/log.ts";
import { setLimits } from "./lane-limits.ts";
import type { Lane } from "./lanes.ts";
import { type OpenBackend, openBackend } from "./open-backend.ts";
import { createOpenQueue, withQueue } from "./open-queue.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { QUEUE_OF, type QueueOwners, queuesOf } from "./queue-names.ts";
import { retireQueues } from "./retire-queues.ts";
import { RETRY_LADDER_MS, retryDelayMs } from "./retry-ladder.ts";
import { type AbortReason, AttemptFailed, giveBack, runJob } from "./run-job.ts";
import { createTroubleLog } from "./trouble-log.ts";

/** Of the platforms, only the `deliver` and `reconcile` queues of those connected in this process are consumed here. */
export interface BullRunnerOptions extends QueueOwners {
  readonly backend: QueueBackend;
  readonly log: Log;
  /**
   * How many jobs of a queue run here at the same time; of a lane, no more than may run anywhere. `reconcile`
   * and `purge` take as many as `upkeep`.
   */
  readonly concurrency: Readonly<Record<QueueName, number>>;
  /** How long a job is its worker's without word from it, in milliseconds; 30,000 suits most. A killed worker's jobs run again within three times that. */
  readonly leaseMs: number;
  /** Milliseconds before each retry; undefined is `RETRY_LADDER_MS`. */
  readonly retryLadderMs: readonly number[] | undefined;
}

type AnyWorker = Worker<object, void, string, IQueueBackend, never, unknown>;

/** A job that takes its process down with it is given up after so many times. */
const STALLS_MAX = 10;
/** Beyond the deadline of `drain`: for handlers to end after their signal, and for the server to be told. */
const DRAIN_GRACE_MS = 5_000;
/** All workers together keep one client of the pool to listen on, for good. The others are for work. */
const POOL_CLIENTS_MIN = 5;
const MINUTE_MS = 60_000;

/**
 * Takes jobs out of BullMQ and runs them.
 *
 * @param minuteMs how long the minute of a lane's `perMinute` is, in milliseconds.
 */
export function createBullRunner(options: BullRunnerOptions, minuteMs = MINUTE_MS): JobRunner {
  const { backend, log } = options;
  const trouble = createTroubleLog(log);
  let open: OpenBackend | undefined;
  let stopping = false;
  const workers: AnyWorker[] = [];

  const consume = <Name extends JobName>(from: OpenBackend, name: Name, handler: JobHandlers[Name]): void => {
    if (handler === undefined) return;
    for (const queue of queuesOf(name, options)) {
      const worker: AnyWorker = new Worker(
        queue.name,
        // BullMQ makes a signal for a function of three parameters, so none may have a default.
        async (job, token, signal) => {
          const turn = { job, token: token ?? "", signal: signal ?? new AbortController().signal };
          return stopping ? giveBack(turn) : runJob(name, handler, turn, log);
        },
        { ...from.options, ...workerOptions(name, queue.lane, options) },
        from.factory,
      );
      worker.on("error", trouble);
      worker.on("lockRenewalFailed", (ids: string[]) => {
        for (const id of ids) worker.cancelJob(id, "lost" satisfies AbortReason);
      });
      workers.push(worker);
    }
  };

  return {
    start: async (handlers) => {
      const names = (Object.keys(QUEUE_OF) as JobName[]).filter((name) => handlers[name] !== undefined);
      const queues = names.flatMap((name) => queuesOf(name, options));
      checkPool(backend);
      const from = openBackend(backend, "consumer", trouble);
      open = from;
      // A worker by itself would wait for its server without end.
      await from.ready();
      const openQueue = createOpenQueue(from, trouble);
      await retireQueues(openQueue, log);
      for (const { name, lane } of queues) {
        if (lane) await withQueue(openQueue, name, (queue) => setLimits(queue, lane, minuteMs));
      }
      for (const name of names) consume(from, name, handlers[name]);
      await Promise.all(workers.map((worker) => worker.waitUntilReady()));
    },
    drain: async (deadlineMs) => {
      stopping = true;
      const drained = new AbortController();
      const closing = Promise.all(workers.map((worker) => worker.close())).then(() => drained.abort());
      const wait = (ms: number) => after(ms, undefined, { signal: drained.signal }).catch(() => {});
      await wait(deadlineMs);
      for (const worker of workers) worker.cancelAllJobs("stopping" satisfies AbortReason);
      await wait(DRAIN_GRACE_MS);
      if (drained.signal.aborted) await closing;
      else log.warn("queue.drain_cut_short", { deadlineMs });
      await open?.close();
    },
  };
}

function workerOptions(name: JobName, lane: Lane | undefined, options: BullRunnerOptions) {
  const { concurrency, leaseMs, retryLadderMs } = options;
  const { queue } = QUEUE_OF[name];
  const here = concurrency[queue === "reconcile" || queue === "purge" ? "upkeep" : queue];
  return {
    concurrency: Math.min(here, lane?.atOnce ?? here),
    lockDuration: leaseMs,
    stalledInterval: leaseMs,
    maxStalledCount: STALLS_MAX,
    settings: {
      backoffStrategy: (attempt: number, _type: string | undefined, error: Error | undefined) => {
        const retryAfterMs = error instanceof AttemptFailed ? error.retryAfterMs : undefined;
        return retryDelayMs({ attempt, retryAfterMs }, retryLadderMs ?? RETRY_LADDER_MS, Math.random());
      },
    },
  };
}

/** @throws RangeError */
function checkPool(backend: QueueBackend): void {
  if (backend.kind !== "postgres") return;
  const { max } = backend.pool.options;
  if (max < POOL_CLIENTS_MIN) {
    throw new RangeError(
      `the database pool has ${max} clients; the queues need at least ${POOL_CLIENTS_MIN}`,
    );
  }
}
