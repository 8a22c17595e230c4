import { setTimeout as sleep } from "node:timers/promises";
import { DiscordjsError, DiscordjsErrorCodes, Events, GatewayCloseCodes } from "discord.js";
import type { Log } from "../../../src/ports/log.ts";
import type { DiscordClient } from "../discord-client.ts";

interface Parts {
  readonly client: DiscordClient;
  readonly log: Log;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

const FIRST_WAIT_MS = 500;
const WAIT_MS_MAX = 30_000;

/**
 * Resolves once every shard is connected and knows its servers, however long that takes.
 *
 * @throws Error, which names the setting, when Discord does not let the bot in.
 */
export async function openConnection({ client, log, signal }: Parts): Promise<void> {
  const refused = Promise.withResolvers<never>();
  const ready = new Promise<void>((resolve) => void client.once(Events.ClientReady, () => resolve()));
  const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  let ofShard: unknown;
  let isSettled = false;
  client.on(Events.ShardError, (error) => {
    ofShard = error;
  });
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    const words = REFUSALS.get(code) ?? `Discord has closed the connection for good (${code}).`;
    if (isSettled) log.error("discord.shard_ended", new Error(words), { shard, code });
    isSettled = true;
    refused.reject(new Error(words));
  });

  async function connect(): Promise<void> {
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        return await client.connect();
      } catch (error) {
        if (isBadToken(error)) throw new Error(BAD_TOKEN, { cause: error });
        // Refused; or a shard has failed, which goes on trying by itself.
        if (isSettled || error === ofShard) return;
        log.warn("discord.not_reached", { reason: wordsOf(error), failures });
        const waitMs = Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 16));
        await sleep(waitMs * (1 - Math.random() / 2), undefined, { signal }).catch(() => {});
      }
    }
  }

  await Promise.race([connect().then(() => ready), refused.promise, ended]);
  isSettled = true;
}

const PORTAL = "https://discord.com/developers/applications";
const BAD_TOKEN = `Discord does not take DISCORD_TOKEN: copy the bot's token from ${PORTAL} → your app → Bot → Reset Token.`;
const BAD_SHARDS =
  "Discord does not take DISCORD_SHARDS: leave it out, or give as many shards as GET /gateway/bot advises, such as 0-3/4.";
const BAD_INTENTS =
  "Discord refuses the intents Guilds and Guild Message Reactions, which need no permission. Update Draftroom, and tell its developers.";

/** After these, discord.js does not connect again: https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const REFUSALS: ReadonlyMap<number, string> = new Map([
  [GatewayCloseCodes.AuthenticationFailed, BAD_TOKEN],
  [GatewayCloseCodes.InvalidShard, BAD_SHARDS],
  [GatewayCloseCodes.ShardingRequired, BAD_SHARDS],
  [
    GatewayCloseCodes.InvalidAPIVersion,
    "Discord does not take version 10 of its gateway any more. Update Draftroom.",
  ],
  [GatewayCloseCodes.InvalidIntents, BAD_INTENTS],
  [GatewayCloseCodes.DisallowedIntents, BAD_INTENTS],
]);

function isBadToken(error: unknown): boolean {
  return error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
