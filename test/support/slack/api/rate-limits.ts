import type { World } from "../world/world.ts";
import type { Method } from "./method.ts";

/**
 * "Rate limits are per API method, per workspace, per app": https://docs.slack.dev/apis/web-api/rate-limits.
 * Posting is "one message per second per channel, short bursts > 1 allowed", "while also maintaining a
 * workspace-wide limit" of "several hundred messages per minute".
 */
const POSTS = { burst: 5, perSecond: 1, perMinuteInWorkspace: 300 } as const;
const MINUTE_MS = 60_000;

export interface RateLimits {
  /** Counts a call; or says how many whole seconds to wait with this method, in this workspace. */
  take(method: Method, team: string, channel: string | undefined): number | undefined;
}

export function createRateLimits(world: World): RateLimits {
  const windows = new Map<string, number[]>();
  const buckets = new Map<string, { tokens: number; at: number }>();
  const { clock, settings } = world;

  const windowWait = (key: string, perMinute: number) => {
    const now = clock.now();
    const taken = (windows.get(key) ?? []).filter((at) => at > now - MINUTE_MS);
    windows.set(key, taken);
    const oldest = taken[taken.length - perMinute];
    return oldest === undefined ? 0 : oldest + MINUTE_MS - now;
  };
  const bucketWait = (key: string) => {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: POSTS.burst, at: now };
    bucket.tokens = Math.min(POSTS.burst, bucket.tokens + ((now - bucket.at) / 1000) * POSTS.perSecond);
    bucket.at = now;
    buckets.set(key, bucket);
    return bucket.tokens >= 1 ? 0 : ((1 - bucket.tokens) / POSTS.perSecond) * 1000;
  };

  return {
    take(method, team, channel) {
      if (settings.limits === "off") return undefined;
      const own = settings.limits === "real" ? undefined : settings.limits[method.name];
      const isPost = method.name === "chat.postMessage" && own === undefined;
      const perMinute = own ?? (isPost ? POSTS.perMinuteInWorkspace : method.perMinute);
      const key = `${method.name} ${team}`;
      const channelKey = `${key} ${channel}`;
      const waitMs = Math.max(windowWait(key, perMinute), isPost ? bucketWait(channelKey) : 0);
      // Retry-After is in whole seconds, real ones.
      if (waitMs > 0) return Math.max(1, Math.ceil(clock.toReal(waitMs) / 1000));
      windows.get(key)?.push(clock.now());
      const bucket = isPost ? buckets.get(channelKey) : undefined;
      if (bucket !== undefined) bucket.tokens -= 1;
      return undefined;
    },
  };
}
