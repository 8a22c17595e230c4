import type { Clock } from "../../../src/ports/log.ts";
import type { Rate } from "./sender-limits.ts";

export interface PacedBy {
  readonly key: string;
  readonly rate: Rate;
}

/** Where a call stands: it may go in so many milliseconds and is counted, or may not for now. */
export type Turn =
  | { readonly status: "go"; readonly inMs: number }
  | { readonly status: "later"; readonly retryAfterMs: number };

export interface Pacing {
  /**
   * A turn for a call that counts in each of these buckets, if there is one within `waitMsMax`. Who has to
   * come later is told when there is room for all of the `calls` that are left to make, and others after
   * that, so that they do not all come at once.
   */
  turn(buckets: readonly PacedBy[], waitMsMax: number, calls: number): Turn;
  /** Lets nothing through for a while, and after that no burst. */
  close(bucket: PacedBy, forMs: number): void;
}

/**
 * A bucket as the generic cell rate algorithm keeps it (ITU-T I.371): `full` is when the calls so far would
 * have been made at an even rate; `told` is the latest time that somebody was told to come.
 */
interface Bucket {
  full: number;
  told: number;
}

const IDLE_BUCKETS_MAX = 5_000;

/** @param minuteMs how long Slack's minute takes. */
export function createPacing(clock: Clock, minuteMs: number): Pacing {
  const buckets = new Map<string, Bucket>();
  const intervalOf = (rate: Rate) => minuteMs / rate.perMinute;
  const toleranceOf = (rate: Rate) => intervalOf(rate) * (rate.burst - 1);

  function bucketOf(key: string, now: number): Bucket {
    if (buckets.size > IDLE_BUCKETS_MAX) {
      for (const [each, { full, told }] of buckets) if (full <= now && told <= now) buckets.delete(each);
    }
    const bucket = buckets.get(key) ?? { full: now, told: now };
    buckets.set(key, bucket);
    return bucket;
  }

  return {
    turn(pacedBy, waitMsMax, calls) {
      const now = clock().getTime();
      const each = pacedBy.map(({ key, rate }) => ({ rate, bucket: bucketOf(key, now) }));
      const inMs = Math.max(0, ...each.map(({ rate, bucket }) => bucket.full - toleranceOf(rate) - now));
      if (inMs <= waitMsMax) {
        for (const { rate, bucket } of each) bucket.full = Math.max(bucket.full, now) + intervalOf(rate);
        return { status: "go", inMs: Math.ceil(inMs) };
      }
      const times = each.map(({ rate, bucket }) => {
        if (bucket.full - toleranceOf(rate) - now <= waitMsMax) return now;
        const many = Math.min(calls, rate.burst);
        const room = bucket.full - toleranceOf(rate) + intervalOf(rate) * (many - 1);
        bucket.told = Math.max(room, bucket.told > now ? bucket.told + intervalOf(rate) * many : 0);
        return bucket.told;
      });
      return { status: "later", retryAfterMs: Math.ceil(Math.max(...times) - now) };
    },

    close({ key, rate }, forMs) {
      const now = clock().getTime();
      const bucket = bucketOf(key, now);
      bucket.full = Math.max(bucket.full, now + forMs + toleranceOf(rate));
    },
  };
}
