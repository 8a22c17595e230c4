import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { TakeId } from "../../src/core/ids.ts";
import {
  type Attempt,
  DONE,
  type Job,
  type JobHandler,
  type JobHandlers,
  type JobQueue,
  type JobRunner,
} from "../../src/ports/jobs.ts";

export interface RunnerSetup {
  readonly platforms: readonly string[];
  readonly concurrency: number;
  /** Milliseconds before each retry. */
  readonly retryLadderMs: readonly number[];
}

/** One place for jobs, and as many queues and runners on it as a test asks for. */
export interface QueueBench {
  createQueue(): JobQueue;
  createRunner(setup: RunnerSetup): JobRunner;
  close(): Promise<void>;
}

export const QUICK: RunnerSetup = { platforms: ["studio"], concurrency: 5, retryLadderMs: [20] };
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

let made = 0;
export const freshId = (): string => `job-${process.pid}-${(made++).toString().padStart(4, "0")}`;

export function take(id: string): Job<"take.render"> {
  const payload = { v: 1, take: id as TakeId } as const;
  return { id, name: "take.render", payload, platform: undefined, turn: 0, delayMs: 0 };
}

export function delivery(id: string, platform: string | undefined): Job {
  return {
    id,
    name: "post.deliver",
    payload: { v: 1, post: id } as Job["payload"],
    platform,
    turn: 0,
    delayMs: 0,
  };
}

export function freshTree(children: number) {
  const root = `${freshId()}-grid`;
  const ids = Array.from({ length: children }, freshId);
  const payload = { v: 1, round: root } as Job["payload"];
  const job: Job = { id: root, name: "grid.compose", payload, platform: undefined, turn: 0, delayMs: 0 };
  return { root, ids, tree: { job, children: ids.map(take) } };
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
