import { toUserJson } from "../world/describe-things.ts";
import type { GuildRecord, Json } from "../world/records.ts";
import { shardOf } from "../world/snowflakes.ts";
import type { World } from "../world/world.ts";
import { CLOSE } from "./connection.ts";
import { KNOWN_INTENTS, PRIVILEGED_INTENTS } from "./intents.ts";

/** What an IDENTIFY asks for; or the code to close with. */
export type Identified = { readonly shard: readonly [number, number]; readonly intents: number } | number;

/** https://docs.discord.com/developers/events/gateway-events#identify */
export function readIdentify(world: World, data: Json): Identified {
  if (data.token !== world.app.token) return CLOSE.authenticationFailed;
  const intents = Number(data.intents);
  if (!Number.isInteger(intents) || (intents & ~KNOWN_INTENTS) !== 0) return CLOSE.invalidIntents;
  if ((intents & PRIVILEGED_INTENTS & ~world.settings.privilegedIntents) !== 0)
    return CLOSE.disallowedIntents;
  const [id, count] = Array.isArray(data.shard) ? data.shard.map(Number) : [0, 1];
  const isShard = id !== undefined && count !== undefined && id >= 0 && count >= 1 && id < count;
  if (!isShard) return CLOSE.invalidShard;
  return { shard: [id, count], intents };
}

export interface IdentifyLimits {
  /** Whether a shard may identify now. */
  take(shard: number): boolean;
}

const WINDOW_MS = 5000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * One shard of each `shard_id % max_concurrency` in 5 seconds, and 1000 in all a day ("the bot token will be reset"):
 * https://docs.discord.com/developers/events/gateway#sharding-max-concurrency
 */
export function createIdentifyLimits(world: World): IdentifyLimits {
  const latest = new Map<number, number>();
  return {
    take(shard) {
      const now = world.clock.now();
      const { identifies } = world;
      while ((identifies[0] ?? now) <= now - DAY_MS) identifies.shift();
      identifies.push(now);
      if (identifies.length > world.settings.identifiesMax)
        world.problems.push(`more than ${world.settings.identifiesMax} identifies in a day`);
      if (world.settings.limits === "off") return true;
      const key = shard % world.settings.maxConcurrency;
      const before = latest.get(key);
      if (before !== undefined && now - before < WINDOW_MS) return false;
      latest.set(key, now);
      return true;
    },
  };
}

export function guildsOn(world: World, [id, count]: readonly [number, number]): readonly GuildRecord[] {
  return [...world.guilds.values()].filter(
    (guild) => guild.members.has(world.bot.id) && shardOf(guild.id, count) === id,
  );
}

/** https://docs.discord.com/developers/events/gateway-events#ready */
export function toReadyJson(world: World, session: string, shard: readonly [number, number]): Json {
  return {
    v: 10,
    user: { ...toUserJson(world.bot), verified: true, mfa_enabled: true, email: null, flags: 0 },
    guilds: guildsOn(world, shard).map((guild) => ({ id: guild.id, unavailable: true })),
    session_id: session,
    resume_gateway_url: `${world.url.replace("http", "ws")}/gateway`,
    shard,
    application: { id: world.app.id, flags: 0 },
    private_channels: [],
    relationships: [],
    presences: [],
    user_settings: {},
    session_type: "normal",
    geo_ordered_rtc_regions: [],
    auth: {},
    _trace: [],
  };
}
