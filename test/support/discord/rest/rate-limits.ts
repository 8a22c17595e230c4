import { createHash } from "node:crypto";
import type { World } from "../world/world.ts";
import type { Bucket } from "./route.ts";

// https://docs.discord.com/developers/topics/rate-limits

/** "All bots can make up to 50 requests per second to our API." */
const GLOBAL = { limit: 50, windowMs: 1000 } as const;

export interface Limited {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait; undefined when the call may go on. */
  readonly retryAfterS: number | undefined;
  readonly scope: "user" | "global";
}

export interface RateLimits {
  /** Counts a call. `resource`: the top-level resource in its path. `isExempt`: from the global limit. */
  take(bucket: Bucket, resource: string, isExempt: boolean): Limited;
}

interface Window {
  used: number;
  endsAt: number;
}

export function createRateLimits(world: World): RateLimits {
  const windows = new Map<string, Window>();
  const { clock, settings } = world;

  const windowOf = (key: string, windowMs: number): Window => {
    const now = clock.now();
    const known = windows.get(key);
    if (known !== undefined && known.endsAt > now) return known;
    const fresh = { used: 0, endsAt: now + windowMs };
    windows.set(key, fresh);
    return fresh;
  };
  // Windows are in Discord's time, what clients are told is in real seconds.
  const secondsTo = (window: Window) => Math.max(0.001, clock.toReal(window.endsAt - clock.now()) / 1000);

  return {
    take(bucket, resource, isExempt) {
      if (settings.limits === "off") return { headers: {}, retryAfterS: undefined, scope: "user" };
      const everything = windowOf("global", GLOBAL.windowMs);
      if (!isExempt && everything.used >= GLOBAL.limit) {
        const retryAfterS = secondsTo(everything);
        return { headers: {}, retryAfterS, scope: "global" };
      }
      if (!isExempt) everything.used += 1;
      const window = windowOf(`${bucket.name} ${resource}`, bucket.windowMs);
      const isOver = window.used >= bucket.limit;
      if (!isOver) window.used += 1;
      const seconds = secondsTo(window);
      const headers = {
        "x-ratelimit-limit": String(bucket.limit),
        "x-ratelimit-remaining": String(bucket.limit - window.used),
        "x-ratelimit-reset": (Date.now() / 1000 + seconds).toFixed(3),
        "x-ratelimit-reset-after": seconds.toFixed(3),
        "x-ratelimit-bucket": hashOf(bucket),
      };
      return { headers, retryAfterS: isOver ? seconds : undefined, scope: "user" };
    },
  };
}

/** "A unique string denoting the rate limit being encountered (non-inclusive of top-level resources in the path)" */
function hashOf(bucket: Bucket): string {
  return createHash("md5").update(bucket.name).digest("hex");
}
