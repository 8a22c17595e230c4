import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Lane } from "../../adapters/bullmq/lanes.ts";
import {
  type Attempt,
  DONE,
  type Job,
  type JobHandler,
  type JobHandlers,
  type JobQueue,
  type JobRunner,
} from "../../src/ports/jobs.ts";
import { LANES } from "./queue-jobs.ts";

export interface RunnerSetup {
  readonly platforms: readonly string[];
  readonly models: readonly Lane[];
  readonly concurrency: number;
  /** How long the minute of a lane's limit is, in milliseconds. */
  readonly minuteMs: number;
  /** Milliseconds before each retry. */
  readonly retryLadderMs: readonly number[];
}

/** One place for jobs, and as many queues and runners on it as a test asks for. */
export interface QueueBench {
  createQueue(): JobQueue;
  createRunner(setup: RunnerSetup): JobRunner;
  close(): Promise<void>;
}

export const QUICK: RunnerSetup = {
  platforms: ["studio"],
  models: LANES,
  concurrency: 5,
  minuteMs: 60_000,
  retryLadderMs: [20],
};
export const ONE_BY_ONE: RunnerSetup = { ...QUICK, concurrency: 1 };

/** Opens a bench for the tests of a suite, and ends after each test what that test began. */
export function useBench(open: () => Promise<QueueBench>) {
  const begun: (() => Promise<void>)[] = [];
  let bench: QueueBench;
  let queue: JobQueue;
  beforeAll(async () => {
    bench = await open();
    queue = bench.createQueue();
  });
  afterEach(async () => {
    for (const end of begun.splice(0)) await end();
  });
  afterAll(async () => {
    await queue.close();
    await bench.close();
  });

  const run = async (handlers: JobHandlers, setup = QUICK): Promise<JobRunner> => {
    const runner = bench.createRunner(setup);
    begun.push(() => runner.drain(0));
    await runner.start(handlers);
    return runner;
  };
  return {
    enqueue: (...jobs: readonly Job[]) => queue.enqueue(jobs.map((job) => ({ job, children: [] }))),
    queue: (): JobQueue => queue,
    another: (): JobQueue => {
      const other = bench.createQueue();
      begun.push(() => other.close());
      return other;
    },
    /** Runs jobs until the test ends. */
    run,
    runTakes: (handler: JobHandler<"take.render">, setup = QUICK) => run({ "take.render": handler }, setup),
    /** A queue tells nobody when a job has ended; it is asked until it says so. */
    ended: (job: Job) => expect.poll(() => queue.isLive(job), { timeout: 10_000, interval: 20 }).toBe(false),
  };
}

/** What handlers saw, in order, for a test to wait for. */
export function createRecord() {
  const all: unknown[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  return {
    all,
    add: (seen: unknown) => {
      all.push(seen);
      for (const { count, resolve } of waiting) if (all.length >= count) resolve();
      return DONE;
    },
    reach: async (count: number): Promise<readonly unknown[]> => {
      if (all.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      return [...all];
    },
  };
}

export function createGate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

export function aborted({ signal }: Attempt): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
