/** How often a job is tried before it is given up. */
export const ATTEMPTS_MAX = 5;
/** Milliseconds before the second attempt, the third and so on; each give or take a fifth. */
export const RETRY_LADDER_MS: readonly number[] = [1_000, 4_000, 15_000, 60_000];
/** No provider's wish to wait is followed for longer. */
export const RETRY_AFTER_MS_MAX = 600_000;
/**
 * The longest that a job can wait between its attempts, all together: each error asks for the most.
 * The attempts themselves, snoozes and the wait for a free worker come on top.
 */
export const RETRY_LADDER_MS_MAX = (ATTEMPTS_MAX - 1) * RETRY_AFTER_MS_MAX;

const JITTER = 0.2;

export interface FailedTry {
  /** From 1. */
  readonly attempt: number;
  /** What the error asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/**
 * Milliseconds to wait after a failed try: what its error asked for, else a step of the ladder (the
 * last one when it is too short).
 *
 * @param chance from 0 to 1; 0.5 is the step itself.
 */
export function retryDelayMs(failed: FailedTry, ladderMs: readonly number[], chance: number): number {
  if (failed.retryAfterMs !== undefined) return Math.min(failed.retryAfterMs, RETRY_AFTER_MS_MAX);
  const step = ladderMs[Math.min(failed.attempt, ladderMs.length) - 1] ?? 0;
  return Math.round(step * (1 + JITTER * (2 * chance - 1)));
}

/** The `retryAfterMs` of an error that has a usable one. */
export function readRetryAfterMs(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("retryAfterMs" in error)) return undefined;
  const { retryAfterMs } = error;
  const usable = typeof retryAfterMs === "number" && Number.isFinite(retryAfterMs) && retryAfterMs >= 0;
  return usable ? Math.round(retryAfterMs) : undefined;
}
