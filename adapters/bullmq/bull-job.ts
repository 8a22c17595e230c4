import type { JobsOptions } from "bullmq";
import { JOBS, type Job } from "../../src/ports/jobs.ts";
import { queueNameOf } from "./queue-names.ts";
import { ATTEMPTS_MAX } from "./retry-ladder.ts";

/** A job as BullMQ stores it. */
export interface BullJob {
  readonly queueName: string;
  readonly name: string;
  readonly data: object;
  readonly opts: JobsOptions;
}

/** BullMQ's own limit. Priority 0 would go before all others, so turns start at 1. */
const PRIORITY_MAX = 2 ** 21 - 1;
/** BullMQ refuses ids that are numbers, and `:` which it uses itself. */
const ID = /^(?!\d+$)[A-Za-z0-9._-]+$/;

/** What every job of ours has in common. */
export const JOB_OPTIONS = {
  attempts: ATTEMPTS_MAX,
  backoff: { type: "ladder" },
  // An ended job leaves nothing behind, so that its id is free for the next time.
  removeOnComplete: true,
  removeOnFail: true,
  // What a handler threw may quote a prompt. It is logged, not stored.
  stackTraceLimit: 0,
} satisfies JobsOptions;

/** @throws RangeError for an id that no queue takes, and where platform or model are missing; ZodError for a payload that is not its job's. */
export function toBullJob(job: Job): BullJob {
  if (!ID.test(job.id))
    throw new RangeError(`a job id has letters, digits, ".", "-", "_" and is no number: ${job.id}`);
  return {
    queueName: queueNameOf(job),
    name: job.name,
    data: JOBS[job.name].parse(job.payload),
    opts: {
      ...JOB_OPTIONS,
      jobId: job.id,
      priority: toPriority(job.turn),
      delay: Math.max(0, Math.round(job.delayMs)),
    },
  };
}

function toPriority(turn: number): number {
  return Math.min(Math.max(Math.floor(turn) + 1, 1), PRIORITY_MAX);
}
