import { setTimeout as sleep } from "node:timers/promises";
import { SocketModeClient } from "@slack/socket-mode";
import { WebAPIRateLimitedError, type WebClientOptions } from "@slack/web-api";
import type { Secret } from "../../../src/core/secret.ts";
import type { Log } from "../../../src/ports/log.ts";
import { createSdkLogger } from "../installs/sdk-logger.ts";
import { refusalOf } from "../slack-errors.ts";
import { backoffMs } from "./backoff.ts";

/** What comes through a socket: https://docs.slack.dev/apis/events-api/using-socket-mode#events */
export interface Envelope {
  readonly type: string;
  readonly envelope_id: string;
  readonly body: Record<string, unknown>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
  readonly ack: (answer?: object) => Promise<void>;
}

/** One WebSocket to Slack that is opened again whenever it ends. */
export interface SocketConnection {
  /**
   * Resolves when Slack has said hello for the first time, however long that takes.
   *
   * @throws Error when Slack does not take the app's token.
   */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface SocketConnectionParts {
  /** `xapp-…`, with the scope `connections:write`. */
  readonly appToken: Secret;
  /** In an object of its own: Slack's SDK changes what it is given. */
  readonly options: () => WebClientOptions;
  readonly onEnvelope: (envelope: Envelope) => void;
  /** It is open again after it was lost. */
  readonly onReconnect: () => void;
  readonly log: Log;
}

/** A pong that is that late means that nobody is there. */
const PONG_MS_MAX = 10_000;
const HELLO_MS_MAX = 20_000;
/** A socket that ended sooner was not worth opening: the next one waits. */
const STEADY_MS = 5_000;
const CLOSE_MS = 1_000;

export function createSocketConnection(parts: SocketConnectionParts): SocketConnection {
  const stopping = new AbortController();
  const { signal } = stopping;
  let client: SocketModeClient | undefined;
  let kept: Promise<void> = Promise.resolve();

  /** From one opening to the end of that socket. Resolves with how long to wait before the next. */
  async function openOnce(before: State, opened: () => void): Promise<number> {
    client = createClient(parts);
    const attempt = await open(client);
    if (attempt.status === "failed") return failed(parts.log, before, attempt);
    if (signal.aborted) {
      await close(client);
      return 0;
    }
    opened();
    if (before.hasOpened) parts.onReconnect();
    before.hasOpened = true;
    const since = Date.now();
    await attempt.closed;
    before.failures = Date.now() - since < STEADY_MS ? before.failures + 1 : 0;
    return backoffMs(before.failures);
  }

  async function keepOpen(opened: () => void): Promise<void> {
    const state: State = { failures: 0, hasOpened: false };
    while (!signal.aborted) {
      const waitMs = await openOnce(state, opened);
      await sleep(waitMs, undefined, { signal }).catch(() => {});
    }
  }

  return {
    start() {
      const opened = Promise.withResolvers<void>();
      kept = keepOpen(opened.resolve).then(opened.resolve, opened.reject);
      return opened.promise;
    },
    async stop() {
      stopping.abort();
      if (client !== undefined) await close(client);
      // It may be in the middle of opening one more, which it then closes by itself.
      await Promise.race([kept, sleep(CLOSE_MS)]);
    },
  };
}

interface State {
  /** In a row. */
  failures: number;
  hasOpened: boolean;
}

/** @throws Error when it is the token, and nobody has been told yet. */
function failed(log: Log, state: State, { error, retryAfterMs }: Failed): number {
  const refusal = refusalOf(error);
  if (!state.hasOpened && refusal !== undefined) throw badToken(refusal, error);
  state.failures += 1;
  log.warn("slack.socket_not_opened", { reason: refusal ?? wordsOf(error), failures: state.failures });
  return Math.max(backoffMs(state.failures), retryAfterMs);
}

function createClient({ appToken, options, onEnvelope, log }: SocketConnectionParts): SocketModeClient {
  const client = new SocketModeClient({
    appToken: appToken.reveal(),
    clientOptions: options(),
    logger: createSdkLogger(log),
    clientPingTimeout: PONG_MS_MAX,
    // Its own way to reconnect waits seconds at best and hours at worst, and ends the process on some errors.
    autoReconnectEnabled: false,
  });
  client.on("slack_event", onEnvelope);
  return client;
}

interface Failed {
  readonly status: "failed";
  readonly error: unknown;
  /** That Slack asked for. */
  readonly retryAfterMs: number;
}
type Attempt = { readonly status: "open"; readonly closed: Promise<void> } | Failed;

async function open(client: SocketModeClient): Promise<Attempt> {
  const closed = new Promise<void>((resolve) => void client.once("disconnected", () => resolve()));
  const patience = setTimeout(() => void close(client), HELLO_MS_MAX);
  try {
    await client.start();
    return { status: "open", closed };
  } catch (error) {
    const retryAfterMs = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0;
    return { status: "failed", error, retryAfterMs };
  } finally {
    clearTimeout(patience);
  }
}

/** Asked a second time, the client does not wait for Slack's goodbye. */
async function close(client: SocketModeClient): Promise<void> {
  const closed = client.disconnect();
  const force = setTimeout(() => void client.disconnect(), CLOSE_MS);
  await closed;
  clearTimeout(force);
}

/** https://docs.slack.dev/reference/methods/apps.connections.open */
function badToken(refusal: string, cause: unknown): Error {
  const where = "api.slack.com/apps → Basic Information → App-Level Tokens";
  return new Error(
    `Slack does not take SLACK_APP_TOKEN (${refusal}): make one with the scope connections:write at ${where}.`,
    { cause },
  );
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : "no connection";
}
