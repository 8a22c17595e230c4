import { Events, GatewayDispatchEvents } from "discord.js";
import type { Log } from "../../../src/ports/log.ts";
import type { DiscordClient } from "../discord-client.ts";

interface Parts {
  readonly client: DiscordClient;
  /** A session has begun where one was before: what people did in between has not come through. */
  readonly onMissed: () => void;
  /** Aborted once connections end because they are to. */
  readonly stopping: AbortSignal;
  readonly log: Log;
}

/**
 * Tells when connections come and go, and when events were missed: a session that is resumed replays them, another
 * does not (https://docs.discord.com/developers/events/gateway#resuming).
 */
export function watchShards({ client, onMissed, stopping, log }: Parts): void {
  const begun = new Set<number>();
  const lost = new Set<number>();

  client.ws.on(GatewayDispatchEvents.Ready, (_, shard) => {
    const isAnother = begun.has(shard);
    begun.add(shard);
    lost.delete(shard);
    log.info("discord.shard_ready", { shard, session: isAnother ? "another" : "first" });
    if (isAnother) onMissed();
  });

  client.ws.on(GatewayDispatchEvents.Resumed, (_, shard) => {
    lost.delete(shard);
    log.info("discord.shard_ready", { shard, session: "resumed" });
  });

  // It comes at every try to connect again, which is twice a second: it is said once.
  client.on(Events.ShardReconnecting, (shard) => {
    if (lost.has(shard) || stopping.aborted) return;
    lost.add(shard);
    log.warn("discord.shard_lost", { shard });
  });
}
