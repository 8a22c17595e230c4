/** https://docs.discord.com/developers/reference#snowflakes: milliseconds since 2015, then 22 bits. */
const EPOCH = 1_420_070_400_000;

export function snowflakeAt(ms: number, increment = 0): string {
  return String((BigInt(Math.floor(ms) - EPOCH) << 22n) | BigInt(increment));
}

export function timeOf(snowflake: string): number {
  return Number(BigInt(snowflake) >> 22n) + EPOCH;
}

/** Fresh ids, each larger than all before. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const next = BigInt(snowflakeAt(now()));
    last = next > last ? next : last + 1n;
    return String(last);
  };
}

/** `shard_id = (guild_id >> 22) % num_shards`: https://docs.discord.com/developers/events/gateway#sharding */
export function shardOf(guild: string, count: number): number {
  return Number((BigInt(guild) >> 22n) % BigInt(count));
}

export function isSnowflake(value: unknown): value is string {
  return typeof value === "string" && /^\d{15,20}$/.test(value);
}
