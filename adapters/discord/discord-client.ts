import { Client, type ClientOptions, Events, GatewayIntentBits, Options, RESTEvents } from "discord.js";
import type { Secret } from "../../src/core/secret.ts";
import type { Log } from "../../src/ports/log.ts";
import { REST_OPTIONS } from "./discord-rest.ts";

/** Which of the app's shards a process runs: as many as Discord advises, or these of that many. */
export type Shards = "auto" | { readonly ids: readonly number[]; readonly total: number };

export interface DiscordClientParts {
  readonly token: Secret;
  /** Such as `https://discord.com/api/`. */
  readonly apiUrl: URL;
  /** Such as `https://cdn.discordapp.com/`. */
  readonly cdnUrl: URL;
  readonly shards: Shards;
  readonly log: Log;
}

/** Connected by the gateway. Its `rest` can be used before, and stays of use afterwards. */
export function createDiscordClient(parts: DiscordClientParts): DiscordClient {
  const client = new DiscordClient(parts.token, toOptions(parts));
  const { log } = parts;
  client.on(Events.Error, (error) => log.error("discord.client_failed", error));
  client.on(Events.Warn, (message) => log.warn("discord.sdk", { message }));
  // Tried again by discord.js itself. Without a listener, Node ends the process.
  client.on(Events.ShardError, ({ message }, shard) =>
    log.warn("discord.shard_failed", { shard, reason: message }),
  );
  client.rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) =>
    log.warn("discord.refused_often", { count, leftMs: remainingTime }),
  );
  return client;
}

/** After 10,000 in ten minutes Discord takes no more: https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans */
const REFUSALS_TOLD_EVERY = 500;

export class DiscordClient extends Client {
  readonly #token: Secret;
  #isConnecting = false;

  constructor(token: Secret, options: ClientOptions) {
    super(options);
    this.#token = token;
    this.rest.setToken(token.reveal());
    // After one 401, from an outage say, it would send nothing any more until a restart.
    this.rest.on(RESTEvents.Response, (_request, { status }) => {
      if (status === 401) setImmediate(() => this.rest.setToken(token.reveal()));
    });
  }

  /**
   * Resolves when every shard has been let in. May be tried again, but not when it was a shard that has failed
   * (`shardError` has the same error): shards go on trying by themselves.
   *
   * @throws what `login` does.
   */
  async connect(): Promise<void> {
    this.#isConnecting = true;
    try {
      await this.login(this.#token.reveal());
    } finally {
      this.#isConnecting = false;
    }
  }

  /** Ends every connection, one that is being opened too. */
  async disconnect(): Promise<void> {
    this.#isConnecting = false;
    await this.destroy();
  }

  /** `login` destroys the client for good when it fails, and whatever destroys it takes the token from senders. */
  override async destroy(): Promise<void> {
    if (this.#isConnecting) return;
    await super.destroy();
    this.rest.setToken(this.#token.reveal());
  }
}

function toOptions({ apiUrl, cdnUrl, shards }: DiscordClientParts): ClientOptions {
  return {
    // None of them is privileged: https://docs.discord.com/developers/events/gateway#privileged-intents
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageReactions],
    makeCache: Options.cacheWithLimits(CACHES),
    sweepers: Options.DefaultSweeperSettings,
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    waitGuildTimeout: WAIT_FOR_GUILDS_MS,
    rest: {
      ...REST_OPTIONS,
      invalidRequestWarningInterval: REFUSALS_TOLD_EVERY,
      api: withoutSlash(apiUrl),
      cdn: withoutSlash(cdnUrl),
    },
    ...(shards === "auto" ? { shards } : { shards: [...shards.ids], shardCount: shards.total }),
  };
}

/** For guilds that Discord has an outage of. Events of the others are handled meanwhile. */
const WAIT_FOR_GUILDS_MS = 5_000;

/**
 * What is remembered: servers, their channels, threads and roles, which say what a thread belongs to and which of
 * two ids is a role. Everything else comes with the event that it is needed for. (The caches that are not named
 * here cannot be limited.)
 */
const CACHES = {
  ApplicationCommandManager: 0,
  AutoModerationRuleManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: { maxSize: 0, keepOverLimit: isSelf },
  GuildScheduledEventManager: 0,
  GuildSoundboardSoundManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadMemberManager: 0,
  UserManager: { maxSize: 0, keepOverLimit: isSelf },
  VoiceStateManager: 0,
} as const;

function isSelf({ id, client }: { readonly id: string; readonly client: Client }): boolean {
  return id === client.user?.id;
}

function withoutSlash(url: URL): string {
  return url.href.replace(/\/$/, "");
}
