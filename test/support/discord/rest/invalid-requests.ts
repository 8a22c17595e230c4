import type { World } from "../world/world.ts";

const TEN_MINUTES_MS = 10 * 60_000;

/**
 * "An invalid request is one that results in 401, 403, or 429 statuses"; those of scope `shared` are not counted:
 * https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export interface InvalidRequests {
  count(): number;
  note(status: number, scope: string | undefined): void;
  /** Whether everything is refused now. */
  isBanned(): boolean;
}

export function createInvalidRequests(world: World): InvalidRequests {
  let times: number[] = [];
  const count = () => {
    const since = world.clock.now() - TEN_MINUTES_MS;
    times = times.filter((at) => at > since);
    return times.length;
  };
  return {
    count,
    note(status, scope) {
      if ([401, 403, 429].includes(status) && scope !== "shared") times.push(world.clock.now());
    },
    isBanned: () => times.length > 0 && count() >= world.settings.invalidRequestsMax,
  };
}
