import { type Job as BullJob, DelayedError, WaitingError } from "bullmq";
import {
  JOBS,
  type JobHandler,
  type JobName,
  type JobOutcome,
  type JobPayload,
} from "../../src/ports/jobs.ts";
import type { Log } from "../../src/ports/log.ts";
import { readRetryAfterMs } from "./retry-ladder.ts";

/** Why a job's signal was aborted. */
export type AbortReason = "stopping" | "lost";

/** One turn of a job in this process. */
export interface Turn {
  readonly job: BullJob;
  /** BullMQ's proof that the job is this process's. */
  readonly token: string;
  readonly signal: AbortSignal;
}

/** A handler that does not heed its signal is waited for no longer. */
const ABORT_GRACE_MS = 2_000;

/**
 * What BullMQ is told when a handler threw: how long to wait. Nothing of the error itself, since
 * BullMQ stores it and it may quote a prompt.
 */
export class AttemptFailed extends Error {
  override readonly name = "AttemptFailed";
  readonly retryAfterMs: number | undefined;

  constructor(retryAfterMs: number | undefined) {
    super("the attempt failed");
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Runs a job's handler and does what it says.
 *
 * @throws AttemptFailed, or one of BullMQ's errors that mean "has been moved": they are its protocol.
 */
export async function runJob<Name extends JobName>(
  name: Name,
  handler: JobHandler<Name>,
  turn: Turn,
  log: Log,
): Promise<void> {
  const { job, signal } = turn;
  const payload = JOBS[name].safeParse(job.data);
  if (job.name !== name || !payload.success) {
    log.error("job.invalid", payload.error, { job: job.id, name: job.name });
    return;
  }
  const number = job.attemptsMade + 1;
  const isLast = number >= (job.opts.attempts ?? 1);
  const handled = settle(() => handler(payload.data as JobPayload<Name>, { number, isLast, signal }));
  const ending = await Promise.race([handled, outlast(signal)]);
  if (isLost(signal)) throw new WaitingError();
  if (ending.kind === "snooze") await snooze(turn, ending.delayMs);
  if (ending.kind === "done" || ending.kind === "snooze") return;
  if (signal.aborted) await giveBack(turn);
  log.error("job.attempt_failed", ending.error, { job: job.id, name, attempt: number, last: isLast });
  throw new AttemptFailed(readRetryAfterMs(ending.error));
}

/** Puts a job back as if it had not been taken; it goes first among its equals. */
export async function giveBack({ job, token }: Turn): Promise<never> {
  await job.moveToWait(token);
  throw new WaitingError();
}

/** A lost job is another worker's: whatever came of it here, BullMQ is told to leave it alone. */
function isLost(signal: AbortSignal): boolean {
  return signal.reason === ("lost" satisfies AbortReason);
}

async function snooze({ job, token }: Turn, delayMs: number): Promise<never> {
  await job.moveToDelayed(Date.now() + delayMs, token);
  throw new DelayedError();
}

type Ending = JobOutcome | { readonly kind: "failed"; readonly error: unknown };

async function settle(handle: () => Promise<JobOutcome>): Promise<Ending> {
  try {
    return await handle();
  } catch (error) {
    return { kind: "failed", error };
  }
}

/** Ends some time after the signal, for a handler that does not. */
function outlast(signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    const give = () => setTimeout(resolve, ABORT_GRACE_MS, { kind: "failed", error: signal.reason }).unref();
    if (signal.aborted) give();
    else signal.addEventListener("abort", give, { once: true });
  });
}
