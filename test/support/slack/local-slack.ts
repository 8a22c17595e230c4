import type { FaultScope } from "../cloud/fault-box.ts";
import type { SlackMessage, SlackView } from "./slack-message.ts";
import type { SlackPerson, SlackTeam } from "./slack-people.ts";

/**
 * A server on a free loopback port that stands in for Slack's cloud: Web API, Socket Mode, signed
 * HTTP deliveries and OAuth. It enforces what Slack documents; what it does not know (a method, a
 * route, an argument) is a recorded problem.
 */
export interface LocalSlack {
  /** `http://127.0.0.1:{port}`. */
  readonly url: string;
  /** For `slackApiUrl`: `{url}/api/`. */
  readonly apiUrl: string;
  /** For OAuth: `{url}/oauth/v2/authorize`. */
  readonly authorizeUrl: string;
  /** `A…`. One local Slack knows one app. */
  readonly appId: string;
  /** `xapp-…` with `connections:write`. */
  readonly appToken: string;
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  addWorkspace(options?: WorkspaceOptions): SlackTeam;
  addEnterprise(name?: string): SlackEnterprise;
  /**
   * Delivers by HTTP from now on, one of the addresses in turn (a balancer). Asks each to answer
   * `url_verification` first, as Slack does. Without it, events go to Socket Mode connections.
   *
   * @throws Error when an address does not give the challenge back.
   */
  deliverTo(...urls: readonly string[]): Promise<void>;
  /**
   * A person answers the consent page of an authorize address: the address that their browser is sent to.
   *
   * @throws Error when Slack would show an error page instead.
   */
  approveInstall(authorizeUrl: string, by: SlackPerson, choice?: InstallChoice): Promise<string>;
  /** Every Web API call, upload and response_url use, in the order of arrival. */
  readonly calls: readonly SlackCall[];
  /** Every try at delivering an event, a command or a click to the app. */
  readonly deliveries: readonly SlackDelivery[];
  /** What no Slack would have understood. A test asserts that there is none. */
  readonly problems: readonly string[];
  readonly faults: SlackFaults;
  readonly sockets: SlackSockets;
  /**
   * The first thing that `find` makes, asked again whenever anything in the world changes (and every
   * 25 ms, for what is not of this world).
   *
   * @throws Error, with `describe()`, when it is not found in time.
   */
  until<T>(find: () => T | undefined | false | null, options?: { readonly timeoutMs?: number }): Promise<T>;
  /** Events that will be tried again when their time has come. */
  readonly retriesWaiting: number;
  /** Resolves when nothing is being delivered and no retry is waiting. */
  settled(options?: { readonly timeoutMs?: number }): Promise<void>;
  /** Lets Slack's time go on at once: windows, expiries and retries that fall into it are over. */
  pass(ms: number): void;
  /** The whole world in words, for a failing test. */
  describe(): string;
  /** All that people (or one of them) would see now, as one self-contained HTML page. */
  page(title: string, person?: SlackPerson): string;
  /** A message or view as it stands now, as a part of such a page; `errors` of a form by block id. */
  excerpt(of: SlackMessage | SlackView, errors?: Readonly<Record<string, string>>): string;
  stop(): Promise<void>;
}

export interface SlackOptions {
  readonly manifest?: AppManifest;
  /**
   * `real` (default): the tiers that Slack documents. `off`: none. Or calls a minute by method (for
   * chat.postMessage without its limit by channel); the others as documented.
   */
  readonly limits?: "real" | "off" | Readonly<Record<string, number>>;
  /** How many times faster Slack's minutes pass: rate windows, event retries, expiries. Not the 3 seconds. Default 1. */
  readonly speed?: number;
  /** How long Slack waits for an answer, in ms. Default 3000. */
  readonly ackMs?: number;
  /** How long a trigger_id may be used, in ms. Default 3000. */
  readonly triggerMs?: number;
  /** How long an uploaded file is being processed, in ms. Default 150. */
  readonly fileReadyMs?: number;
  /** Whether installing hands out tokens that expire after 12 hours. Default false. */
  readonly tokenRotation?: boolean;
  /** Of everything random: which connection, which fault. Default: random, and told by `describe()`. */
  readonly seed?: number;
}

/** The parts of an app manifest that change what Slack sends. Defaults: everything Draftroom uses. */
export interface AppManifest {
  readonly features?: {
    readonly slash_commands?: readonly { readonly command: string; readonly should_escape?: boolean }[];
    readonly shortcuts?: readonly { readonly callback_id: string; readonly type: "global" | "message" }[];
    readonly app_home?: { readonly home_tab_enabled?: boolean };
  };
  readonly oauth_config?: { readonly redirect_urls?: readonly string[] };
  readonly settings?: {
    readonly event_subscriptions?: { readonly bot_events?: readonly string[] };
    readonly interactivity?: { readonly is_enabled: boolean };
  };
}

export interface WorkspaceOptions {
  readonly name?: string;
  readonly domain?: string;
  /** User groups need a paid plan. Default true. */
  readonly paid?: boolean;
}

/** An Enterprise organisation, whose workspaces share one installation. */
export interface SlackEnterprise {
  readonly id: string;
  addWorkspace(options?: WorkspaceOptions): SlackTeam;
  /** Installs for the whole organisation. */
  install(options?: InstallOptions): SlackInstall;
}

export interface InstallOptions {
  /** Default: every scope that the local Slack knows. */
  readonly scopes?: readonly string[];
}

export interface InstallChoice {
  readonly deny?: boolean;
  /** What the person granted, when they declined optional scopes. Default: everything that was asked for. */
  readonly scopes?: readonly string[];
  /** For the whole organisation. Default false. */
  readonly wholeOrganisation?: boolean;
}

export interface SlackInstall {
  /** `xoxb-…`, or `xoxe.xoxb-…` with rotation. */
  readonly botToken: string;
  /** `xoxe-…` with rotation. */
  readonly refreshToken: string | undefined;
  readonly botId: string;
  readonly botUserId: string;
  readonly scopes: readonly string[];
}

export interface SlackCall {
  /** `chat.postMessage`; `upload`, `download` and `response_url` for those routes. */
  readonly method: string;
  readonly team: string | undefined;
  readonly args: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch, when the call arrived. */
  readonly at: number;
  /** What was answered; undefined while it is being answered, and when the answer was lost. */
  readonly answer: SlackAnswer | undefined;
  /** Whether the call changed or read the world (false for a refusal, a 429, a reset before). */
  readonly took: boolean;
}

export interface SlackAnswer {
  readonly status: number;
  readonly ok: boolean;
  readonly error: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface SlackDelivery {
  /** `event_id`, or the `trigger_id` of what a person did. */
  readonly id: string;
  readonly kind: "events_api" | "slash_commands" | "interactive";
  /** The event's, command's or interaction's type: `reaction_added`, `/draft`, `block_actions`. */
  readonly type: string;
  readonly team: string;
  readonly at: number;
  /** 0 for the first try. */
  readonly retry: number;
  readonly by: "http" | "socket";
  readonly outcome: "waiting" | "acked" | "refused" | "timeout" | "lost";
  /** The HTTP status, if there was one. */
  readonly status: number | undefined;
  /** From sending to the ack, in ms. */
  readonly tookMs: number | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
}

export type CallFault =
  /** 429 with Retry-After, in whole seconds. */
  | { readonly kind: "rate_limited"; readonly retryAfterS: number }
  /** An HTTP status with a body that is no JSON, before the call has effect. */
  | { readonly kind: "status"; readonly status: number }
  /** The connection is cut before the call has effect. */
  | { readonly kind: "reset_before" }
  /** The call has its effect, and the answer is lost. */
  | { readonly kind: "reset_after" }
  | { readonly kind: "slow"; readonly ms: number }
  /** `ok: false` with this error, before the call has effect. */
  | { readonly kind: "error"; readonly error: string };

export type EventFault =
  /** Delivered twice, a little apart, though the first was acked. */
  | { readonly kind: "duplicate" }
  /** Held back until the next delivery has gone out (at most 500 ms). */
  | { readonly kind: "reorder" }
  /** The ack is not heard: delivered again as a retry. */
  | { readonly kind: "lost_ack" }
  | { readonly kind: "delay"; readonly ms: number };

export interface SlackFaults {
  /** `method`: a Web API method, `upload`, `download`, `response_url`, or `*` for all Web API methods. */
  call(method: string, fault: CallFault, scope?: FaultScope): void;
  /** `type`: as in `SlackDelivery.type`, or `*`. */
  event(type: string, fault: EventFault, scope?: FaultScope): void;
  /** No more faults. */
  clear(): void;
  /** How many faults were injected, by kind. */
  readonly injected: Readonly<Record<string, number>>;
}

export interface SlackSockets {
  /** Open Socket Mode connections that have heard hello. */
  readonly count: number;
  /** Sends `disconnect` to the oldest connection and closes it when its reason says so. */
  disconnect(reason: "warning" | "refresh_requested" | "link_disabled"): void;
  /** Cuts every connection, as a network does. */
  cut(): void;
}
