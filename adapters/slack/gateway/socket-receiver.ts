import type { App, Receiver } from "@slack/bolt";
import type { WebClientOptions } from "@slack/web-api";
import type { Secret } from "../../../src/core/secret.ts";
import type { Log } from "../../../src/ports/log.ts";
import { createInProgress } from "./in-progress.ts";
import { isRefusedForGood } from "./refused-for-good.ts";
import { createSocketConnection, type Envelope } from "./socket-connection.ts";

export interface SocketReceiverParts {
  readonly appToken: Secret;
  readonly options: () => WebClientOptions;
  readonly onReconnect: () => void;
  readonly log: Log;
}

/** Slack recycles each connection every few hours; with two, there is always one. It takes up to ten. https://docs.slack.dev/apis/events-api/using-socket-mode#connections */
const CONNECTIONS = 2;

/**
 * Receives through WebSockets that we open. Where Bolt's own receiver acknowledges first and works then,
 * this one answers when the work is recorded: what fails is not acknowledged, and Slack delivers it again.
 */
export function createSocketReceiver(parts: SocketReceiverParts): Receiver {
  const progress = createInProgress((error) => parts.log.error("slack.envelope_failed", error));
  let app: App | undefined;

  async function receive({ body, ack, retry_num, retry_reason }: Envelope): Promise<void> {
    let answer: object | undefined;
    try {
      await app?.processEvent({
        body,
        ack: async (given) => {
          answer = given;
        },
        ...(retry_num === undefined ? {} : { retryNum: retry_num }),
        ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
      });
    } catch (error) {
      if (!isRefusedForGood(error)) return;
    }
    await ack(answer).catch((error: unknown) =>
      parts.log.warn("slack.ack_not_sent", { reason: error instanceof Error ? error.message : "" }),
    );
  }

  const connections = Array.from({ length: CONNECTIONS }, () =>
    createSocketConnection({ ...parts, onEnvelope: (envelope) => progress.tell(receive(envelope)) }),
  );

  return {
    init(given) {
      app = given;
    },
    async start() {
      const started = connections.map((connection) => connection.start());
      try {
        // One is enough to be talked to. Each refuses a bad token.
        await Promise.any(started);
      } catch (error) {
        throw error instanceof AggregateError ? error.errors[0] : error;
      }
    },
    async stop() {
      await progress.settled();
      await Promise.all(connections.map((connection) => connection.stop()));
    },
  };
}
