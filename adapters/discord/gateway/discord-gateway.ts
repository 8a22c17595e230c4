import type { ChatGateway, ChatInbox } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { DiscordClient, Shards } from "../discord-client.ts";
import { DISCORD } from "../discord-refs.ts";
import type { RecentInteractions } from "../recent-interactions.ts";
import { createAttach } from "./attached-files.ts";
import { createCallbacks } from "./callbacks.ts";
import type { Desk } from "./desk.ts";
import { createInProgress } from "./in-progress.ts";
import { listen } from "./listen.ts";
import { createLookAgain } from "./look-again.ts";
import { openConnection } from "./open-connection.ts";
import { createOpenForms } from "./open-forms.ts";
import { createOurMessages } from "./our-messages.ts";
import { watchShards } from "./shard-watch.ts";
import { untilRecorded } from "./until-recorded.ts";
import { createWhereabouts } from "./whereabouts.ts";

export interface DiscordGatewayParts {
  /** Not connected yet. */
  readonly client: DiscordClient;
  /** The client's. */
  readonly shards: Shards;
  readonly roles: Desk["roles"];
  readonly limits: Desk["limits"];
  readonly recent: RecentInteractions;
  /** Where people's pictures are, beside Discord's own hosts. */
  readonly cdnUrl: URL;
  readonly log: Log;
  readonly clock: Clock;
}

export interface DiscordGateway extends ChatGateway {
  /** Where people find it, in words. */
  place(): string;
}

/** How long stopping waits for what is being done. */
const STOP_MS = 10_000;
/** And then for the last to be told that it stops. */
const FAREWELL_MS = 3_000;

/** Hears what happens on Discord, and answers it. */
export function createDiscordGateway(parts: DiscordGatewayParts): DiscordGateway {
  const { client, log, clock } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const failed = (error: unknown) => log.error("discord.event_failed", error);
  const work = createInProgress(failed);
  const farewells = createInProgress(failed);

  function createDesk(inbox: ChatInbox): Desk {
    return {
      inbox,
      callbacks: createCallbacks(client.rest),
      whereabouts: createWhereabouts(client),
      roles: parts.roles,
      limits: parts.limits,
      recent: parts.recent,
      forms: createOpenForms(clock),
      ours: createOurMessages(),
      attach: createAttach(parts.cdnUrl),
      bot: () => client.user?.id,
      isIn: (guild) => client.guilds.cache.has(guild),
      premiumTier: (guild) => client.guilds.cache.get(guild)?.premiumTier,
      stopping: signal,
      log,
      clock,
    };
  }

  async function lookOver(inbox: ChatInbox): Promise<void> {
    const patience = { forMs: Number.POSITIVE_INFINITY, signal };
    try {
      await untilRecorded(() => inbox.reconnected(DISCORD), patience);
    } catch (error) {
      log.error("discord.missed_not_recorded", error);
    }
  }

  let lookAgain: ReturnType<typeof createLookAgain> | undefined;

  return {
    platform: DISCORD,
    async start(inbox) {
      const looking = createLookAgain(() => work.add(lookOver(inbox)));
      lookAgain = looking;
      watchShards({ client, onMissed: () => looking.ask(0), stopping: signal, log });
      listen({ client, desk: createDesk(inbox), lookAgain: looking, work, farewells });
      try {
        await openConnection({ client, log, signal });
      } catch (error) {
        await client.disconnect();
        throw error;
      }
      log.info("discord.started", { shards: inWords(parts.shards), guilds: client.guilds.cache.size });
    },
    async stop() {
      stopping.abort();
      lookAgain?.stop();
      await work.settled(STOP_MS);
      await farewells.settled(FAREWELL_MS);
      await client.disconnect();
    },
    place() {
      const name = client.user === null ? "" : ` as ${client.user.username}`;
      const { shards } = parts;
      return `Discord${name}${shards === "auto" ? "" : `, shards ${inWords(shards)}`}`;
    },
  };
}

function inWords(shards: Shards): string {
  return shards === "auto" ? "auto" : `${shards.ids.join(" ")} of ${shards.total}`;
}
