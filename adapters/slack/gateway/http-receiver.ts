import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type App, type CustomRoute, HTTPReceiver, type Receiver } from "@slack/bolt";
import type { Secret } from "../../../src/core/secret.ts";
import type { Log } from "../../../src/ports/log.ts";
import { createSdkLogger } from "../installs/sdk-logger.ts";
import { isRefusedForGood } from "./refused-for-good.ts";

export interface HttpReceiverParts {
  readonly signingSecret: Secret;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Pages of our own beside it, such as those to install the app. */
  readonly routes: readonly CustomRoute[];
  readonly log: Log;
}

export interface HttpReceiver extends Receiver {
  /** Where it listens, such as `http://127.0.0.1:3001`. Only while it is started. */
  url(): string;
}

const EVENTS_PATH = "/slack/events";
const HEALTH_PATH = "/health";
/** Slack's payloads have a few kB; the largest, of messages with many blocks, some tens. */
const BODY_BYTES_MAX = 256 * 1024;
/** How long connections get to end by themselves, in milliseconds. */
const CLOSE_MS = 1_000;
const IDLE_LOOK_MS = 20;

/** Receives signed requests: https://docs.slack.dev/authentication/verifying-requests-from-slack. Bolt checks signature, age and size. */
export function createHttpReceiver({
  signingSecret,
  host,
  port,
  routes,
  log,
}: HttpReceiverParts): HttpReceiver {
  const receiver = new HTTPReceiver({
    signingSecret: signingSecret.reveal(),
    endpoints: EVENTS_PATH,
    // "ok" only once the handler has ended: what fails is answered with 500, and Slack delivers it again.
    processBeforeResponse: true,
    bodyLimit: BODY_BYTES_MAX,
    customRoutes: [health(), ...routes],
    logger: createSdkLogger(log),
    async processEventErrorHandler({ error, response }) {
      if (response.headersSent) return false;
      const isForGood = isRefusedForGood(error);
      // https://docs.slack.dev/apis/events-api#retries
      response.writeHead(isForGood ? 401 : 500, isForGood ? { "x-slack-no-retry": "1" } : {}).end();
      return true;
    },
    unhandledRequestHandler({ response }) {
      log.warn("slack.answered_too_late");
      if (!response.headersSent) response.writeHead(503).end();
    },
  });
  let server: Server | undefined;

  return {
    init: (app: App) => receiver.init(app),
    async start() {
      server = await listen(receiver, host, port);
      return server;
    },
    async stop() {
      if (server === undefined) return;
      const closed = once(server, "close");
      server.close();
      // What is still being answered becomes idle in a moment.
      const idle = setInterval(() => server?.closeIdleConnections(), IDLE_LOOK_MS);
      const hanging = setTimeout(() => server?.closeAllConnections(), CLOSE_MS);
      await closed;
      clearInterval(idle);
      clearTimeout(hanging);
    },
    url() {
      const address = server?.address() as AddressInfo | null | undefined;
      if (!address) throw new Error("the receiver is not started");
      const name = host.includes(":") ? `[${host}]` : host;
      return `http://${name}:${address.port}`;
    },
  };
}

function health(): CustomRoute {
  return {
    path: HEALTH_PATH,
    method: "GET",
    handler: (_request, response) => void response.writeHead(200, { "content-type": "text/plain" }).end("ok"),
  };
}

async function listen(receiver: HTTPReceiver, host: string, port: number): Promise<Server> {
  try {
    // Plain HTTP: encryption ends at the proxy before it.
    return (await receiver.start({ host, port })) as Server;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new Error(`Another program has port ${port}: set SLACK_PORT to a free one.`, { cause: error });
  }
}
