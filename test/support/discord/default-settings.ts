import type { DiscordOptions } from "./local-discord.ts";
import type { WorldSettings } from "./world/world.ts";

export function toSettings(options: DiscordOptions): WorldSettings {
  return {
    limits: options.limits ?? "real",
    speed: options.speed ?? 1,
    ackMs: options.ackMs ?? 3000,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    shards: options.shards ?? 1,
    maxConcurrency: options.maxConcurrency ?? 1,
    identifiesMax: options.identifiesMax ?? 1000,
    privilegedIntents: options.privilegedIntents ?? 0,
    resumeMs: options.resumeMs ?? 5 * 60_000,
    replayMax: options.replayMax ?? 1000,
    activeThreadsMax: options.activeThreadsMax ?? 1000,
    invalidRequestsMax: options.invalidRequestsMax ?? 10_000,
    seed: options.seed ?? Math.floor(Math.random() * 2 ** 32),
  };
}
