import { z } from "zod";
import type { FinalId, PostId, RoundId, TakeId } from "../core/ids.ts";
import type { ModelName } from "../core/model.ts";

const id = <Id extends string>() =>
  z
    .string()
    .min(1)
    .transform((value) => value as Id);

/** Every job, by name. Payloads carry ids only: never images, prompts or keys. `v` changes when a shape does. */
export const JOBS = {
  // The model that the job is for: by the time it runs, another one may have the work.
  "take.render": z.strictObject({ v: z.literal(2), take: id<TakeId>(), model: id<ModelName>() }),
  "grid.compose": z.strictObject({ v: z.literal(1), round: id<RoundId>() }),
  "final.render": z.strictObject({ v: z.literal(2), final: id<FinalId>(), model: id<ModelName>() }),
  "post.deliver": z.strictObject({ v: z.literal(1), post: id<PostId>() }),
  "upkeep.sweep": z.strictObject({ v: z.literal(1) }),
  "upkeep.purge": z.strictObject({ v: z.literal(1) }),
  "upkeep.reconcile": z.strictObject({ v: z.literal(1), platform: z.string().min(1) }),
} as const;

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName = JobName> = z.output<(typeof JOBS)[Name]>;

/**
 * The queues, in the order of a round's life. `takes` and `finals` are one a model of their tier. Those of `post.deliver` and `upkeep.reconcile` are one a
 * platform, consumed by the process that is connected to it.
 */
export const QUEUES = ["takes", "grids", "finals", "deliver", "upkeep"] as const;
export type QueueName = (typeof QUEUES)[number];

export interface Job<Name extends JobName = JobName> {
  /** Letters, digits, `.`, `-` and `_`. The same id is the same job: while one is waiting or running, a repeat does nothing. */
  readonly id: string;
  readonly name: Name;
  readonly payload: JobPayload<Name>;
  /** The platform, for jobs that belong to one. */
  readonly platform: string | undefined;
  /** The model that does it, for jobs that need one: each has a queue of its own, with its limits. */
  readonly model: ModelName | undefined;
  /** Lower goes first, 0 before all; see `core/fairness.ts`. */
  readonly turn: number;
  readonly delayMs: number;
}

/** A job that starts when all of its children have ended, well or badly. */
export interface JobTree {
  readonly job: Job;
  readonly children: readonly Job[];
}

export interface JobQueue {
  /** Repeatable: a job whose id is waiting or running already is left alone. */
  enqueue(trees: readonly JobTree[]): Promise<void>;
  /** Whether a job with this id is waiting, delayed or running. */
  isLive(job: Pick<Job, "id" | "name" | "platform" | "model">): Promise<boolean>;
  /** How many jobs wait, are delayed or run, by queue. */
  depths(): Promise<
    readonly { readonly queue: string; readonly waiting: number; readonly running: number }[]
  >;
  close(): Promise<void>;
}

export interface JobRunner {
  /** Begins to take jobs of the queues that have a handler here. */
  start(handlers: JobHandlers): Promise<void>;
  /** Takes no more jobs and waits for the running ones up to the deadline; then aborts them, so that they go back to the queue. */
  drain(deadlineMs: number): Promise<void>;
}

export type JobHandlers = { readonly [Name in JobName]?: JobHandler<Name> };
export type JobHandler<Name extends JobName> = (
  payload: JobPayload<Name>,
  attempt: Attempt,
) => Promise<JobOutcome>;

export interface Attempt {
  /** From 1. Snoozing does not count. */
  readonly number: number;
  /** No other follows: whatever this one leaves undone stays undone until the sweep. */
  readonly isLast: boolean;
  /** Aborted when the process has to stop before the job is done, or when the job was lost to another worker. */
  readonly signal: AbortSignal;
}

/**
 * A handler says what should happen; the runner makes it happen. A throw is a failed attempt: it is
 * tried again after `retryAfterMs` of the error, or by the ladder, until the last attempt.
 */
export type JobOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "snooze"; readonly delayMs: number; readonly reason: string };

export const DONE: JobOutcome = { kind: "done" };
