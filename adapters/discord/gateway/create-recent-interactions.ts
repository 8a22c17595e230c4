import type { Clock } from "../../../src/ports/log.ts";
import type { RecentInteraction, RecentInteractions } from "../recent-interactions.ts";

/** Discord's 15 minutes, less what an answer takes to get there. */
const ANSWERABLE_MS = 15 * 60 * 1000 - 10_000;
const KEPT_MAX = 10_000;

/** Kept in memory: whoever could answer after a restart has no token to. */
export function createRecentInteractions(clock: Clock): RecentInteractions {
  /** The latest of each person in each channel, the oldest first. */
  const kept = new Map<string, RecentInteraction>();

  function isOver({ at }: RecentInteraction): boolean {
    return clock().getTime() - at.getTime() > ANSWERABLE_MS;
  }

  return {
    remember(interaction) {
      const key = keyOf(interaction);
      kept.delete(key);
      kept.set(key, interaction);
      for (const [oldest, each] of kept) {
        if (kept.size <= KEPT_MAX && !isOver(each)) break;
        kept.delete(oldest);
      }
    },
    find(where) {
      const found = kept.get(keyOf(where));
      return found === undefined || isOver(found) ? undefined : found;
    },
  };
}

function keyOf({ guild, channel, user }: Pick<RecentInteraction, "guild" | "channel" | "user">): string {
  return `${guild} ${channel} ${user}`;
}
