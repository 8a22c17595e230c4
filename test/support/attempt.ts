import type { Attempt } from "../../src/ports/jobs.ts";

/** A first try of a job, with more to come, that nobody stops. */
export const ATTEMPT: Attempt = { number: 1, isLast: false, signal: new AbortController().signal };
