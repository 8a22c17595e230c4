import type { FaultScope } from "../cloud/fault-box.ts";
import type { DiscordJson } from "./discord-message.ts";
import type { CommandJson, DiscordGuild, DiscordPerson } from "./discord-people.ts";
import type { Excerpt } from "./page/render-excerpt.ts";

/**
 * A server on a free loopback port that stands in for Discord's cloud: REST v10, the gateway, the CDN, and
 * people with the client open. It enforces what Discord documents; what it does not know (a route, a field)
 * is a recorded problem.
 */
export interface LocalDiscord {
  /** `http://127.0.0.1:{port}`. */
  readonly url: string;
  /** For `DISCORD_API_URL`: `{url}/api/`. */
  readonly apiUrl: string;
  /** For `DISCORD_CDN_URL`: `{url}/`. */
  readonly cdnUrl: string;
  /** The bot's token. One local Discord knows one app. */
  readonly token: string;
  readonly applicationId: string;
  readonly botUserId: string;
  /** Another token of the same bot; the one before is not valid any more. */
  resetToken(): string;
  addGuild(options?: GuildOptions): DiscordGuild;
  /** The direct conversation with somebody is theirs: `person.direct`. */
  person(id: string): DiscordPerson | undefined;
  /** Puts commands without a call of the API; of all guilds, or of one. */
  register(commands: readonly object[], guild?: DiscordGuild): void;
  /** The commands that are registered. */
  commands(guild?: DiscordGuild): readonly CommandJson[];
  /**
   * The REST calls, CDN downloads (`GET /attachments`) too, in the order of arrival. `route`: such as
   * `POST /channels/{channel}/messages`, where `*` stands for anything; default: all.
   */
  calls(route?: string): readonly DiscordCall[];
  /** Every try at delivering an interaction to the app, and how it was answered. */
  readonly interactions: readonly DiscordInteraction[];
  readonly faults: DiscordFaults;
  readonly gateway: DiscordGatewayControl;
  /** What no Discord would have understood, and rules broken that only Discord's own log shows. A test asserts that there is none. */
  problems(): readonly string[];
  /** Answers with 401, 403 or 429 in the last ten minutes (a 429 of scope `shared` is none). */
  readonly invalidRequests: number;
  /**
   * The first thing that `find` makes, asked again whenever anything in the world changes (and every
   * 25 ms, for what is not of this world).
   *
   * @throws Error, with `describe()`, when it is not found in time.
   */
  until<T>(find: () => T | undefined | false | null, options?: { readonly timeoutMs?: number }): Promise<T>;
  /** Lets Discord's time go on at once: windows, tokens, links and limits that end in it are over. */
  pass(ms: number): void;
  /** Discord's time, in ms since the epoch. */
  now(): number;
  /** The whole world in words, for a failing test. */
  describe(): string;
  /** All that people (or one of them) would see now, as one self-contained HTML page. */
  page(title: string, person?: DiscordPerson): string;
  /** A message, a thread, or the form in front of a person (by their id), as it stands now, as a part of such a page. */
  excerpt(of: Excerpt): string;
  stop(): Promise<void>;
}

export interface DiscordOptions {
  /** `real` (default): Discord's buckets, the 50 a second, one identify per 5 seconds. `off`: none of these. */
  readonly limits?: "real" | "off";
  /** How many times faster Discord's time passes: rate windows, expiries. Not the 3 seconds. Default 1. */
  readonly speed?: number;
  /** How long an interaction waits for its answer, in real ms. Default 3000. */
  readonly ackMs?: number;
  /** Default 41,250. In real ms. */
  readonly heartbeatMs?: number;
  /** How many shards `GET /gateway/bot` advises. Default 1. */
  readonly shards?: number;
  /** How many shards may identify at once. Default 1. */
  readonly maxConcurrency?: number;
  /** Sessions that may begin in a day. Default 1000. */
  readonly identifiesMax?: number;
  /** Intents that the app has turned on in the developer portal, as bits. Default: none of the privileged. */
  readonly privilegedIntents?: number;
  /** How long the gateway keeps a session for a resume, in ms of Discord's time. Default 5 minutes. */
  readonly resumeMs?: number;
  /** How many events it keeps for a resume. Default 1000. */
  readonly replayMax?: number;
  /** Active threads of a guild. Default 1000. */
  readonly activeThreadsMax?: number;
  /** 401, 403 and 429 in ten minutes after which everything is refused. Default 10,000. */
  readonly invalidRequestsMax?: number;
  /** Of everything random: which fault. Default: random, and told by `describe()`. */
  readonly seed?: number;
}

export interface GuildOptions {
  /** Default: any free one. For tests of sharding: `(id >> 22) % shards` is its shard. */
  readonly id?: string;
  readonly name?: string;
  /** Bits. Default: the eight permissions that Draftroom asks for. */
  readonly botPermissions?: bigint;
  /** Whether the bot is in it from the beginning. Default true. */
  readonly bot?: boolean;
  /** Boosts: 2 allows 50 MiB a file, 3 allows 100 MiB. Default 0. */
  readonly premiumTier?: 0 | 1 | 2 | 3;
  /** Bytes of a file, where it is not what the tier says. */
  readonly attachmentLimit?: number;
}

export interface DiscordCall {
  /** `POST /channels/{channel}/messages`; of an unknown one, method and path. */
  readonly route: string;
  readonly method: string;
  /** Without `/api/v10`, with the query. */
  readonly path: string;
  /** The JSON body, of multipart too; undefined without one. */
  readonly body: unknown;
  /** The files of a multipart body. */
  readonly files: readonly { readonly field: string; readonly name: string; readonly size: number }[];
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, in Discord's time, when the call arrived. */
  readonly at: number;
  /** undefined while it is being answered, and when the answer was lost. */
  readonly answer: DiscordAnswer | undefined;
  /** Whether the call changed or read the world (false for a refusal, a 429, a reset before). */
  readonly took: boolean;
}

export interface DiscordAnswer {
  readonly status: number;
  /** Discord's JSON error code; undefined for a success. */
  readonly code: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface DiscordInteraction {
  readonly id: string;
  /** 2 command, 3 component, 4 autocomplete, 5 form. */
  readonly type: number;
  /** As it was dispatched. */
  readonly payload: DiscordJson;
  /** Sessions that it was dispatched to. */
  readonly sentTo: number;
  /** Answers that were refused because there was one already (40060). */
  readonly refused: number;
  /** The type of the answer that was taken, such as 4; undefined without one. */
  readonly answeredWith: number | undefined;
  /** From sending to the answer, in real ms. */
  readonly tookMs: number | undefined;
}

export type CallFault =
  /** 429. `scope` default `user`; `global` sets the global header as well. `code`: such as 30046. */
  | {
      readonly kind: "rate_limited";
      readonly retryAfterS: number;
      readonly scope?: "user" | "global" | "shared";
      readonly code?: number;
    }
  /** An HTTP status, such as 500 or 502, with a body that is no JSON, before the call has effect. */
  | { readonly kind: "status"; readonly status: number }
  /** A refusal of Discord's, before the call has effect. Default status 400. */
  | { readonly kind: "error"; readonly code: number; readonly status?: number; readonly message?: string }
  /** The connection is cut before the call has effect. */
  | { readonly kind: "reset_before" }
  /** The call has its effect, and the connection is cut instead of an answer. */
  | { readonly kind: "reset_after" }
  /** The call has its effect, and a 500 is the answer. */
  | { readonly kind: "lost_answer" }
  /** The call has its effect after this time. In real ms. */
  | { readonly kind: "slow"; readonly ms: number }
  /** The call has its effect at once; the answer takes this long. In real ms. */
  | { readonly kind: "slow_answer"; readonly ms: number };

export type EventFault =
  | { readonly kind: "duplicate" }
  /** Never sent, and not replayed either. */
  | { readonly kind: "lost" }
  /** In real ms; later events overtake it. */
  | { readonly kind: "delay"; readonly ms: number };

export interface DiscordFaults {
  /** `route`: as in `LocalDiscord.calls`. */
  call(route: string, fault: CallFault, scope?: FaultScope): void;
  /** `type`: of the dispatch, such as `MESSAGE_REACTION_ADD`, or `*`. */
  event(type: string, fault: EventFault, scope?: FaultScope): void;
  /** No more faults. */
  clear(): void;
  /** How many faults were injected, by kind. */
  readonly injected: Readonly<Record<string, number>>;
}

export interface DiscordGatewayControl {
  /** Sessions that are connected and ready. */
  readonly sessions: readonly DiscordSession[];
  /** How many sessions have begun (IDENTIFY), and how many were gone on with (RESUME), since the start. */
  readonly identified: number;
  readonly resumed: number;
  /** Cuts every connection, as a network does. Sessions can be resumed. */
  cut(): void;
  /** Cuts, and takes no connection until `open()`. */
  close(): void;
  open(): void;
  /** Asks every session to reconnect (opcode 7), then closes. */
  reconnect(): void;
  /** Tells every session that it is invalid (opcode 9), and whether it can be resumed. */
  invalidate(isResumable: boolean): void;
  /** Forgets what could be resumed: the next resume is answered with an invalid session. */
  forget(): void;
  /** Heartbeats are not acknowledged, and nothing is sent any more: a zombie connection. It ends with the connections. */
  deafen(): void;
}

export interface DiscordSession {
  readonly id: string;
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  /** Of the last event sent. */
  readonly seq: number;
}
