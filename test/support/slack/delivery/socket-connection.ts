import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import type { World } from "../world/world.ts";
import type { Answer, Outgoing, Retry } from "./outgoing.ts";

const PING_MS = 10_000;
/** How long after `disconnect` Slack closes a connection by itself. */
const CLOSE_AFTER_MS = 10_000;
const HOST = "applink-local-1";

/** One Socket Mode connection. https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface SocketConnection {
  /** Open, and not told to go. */
  readonly isReady: boolean;
  hello(count: number): void;
  send(outgoing: Outgoing, retry: Retry | undefined): Promise<Answer>;
  /** Sends `disconnect`; all reasons but `warning` end the connection. */
  leave(reason: string): void;
  cut(): void;
}

export function createSocketConnection(
  world: World,
  socket: WebSocket,
  onClose: () => void,
): SocketConnection {
  /** By envelope id: how to end the wait for its ack; undefined when that is over. */
  const envelopes = new Map<
    string,
    { readonly outgoing: Outgoing; readonly end: (answer: Answer) => void }
  >();
  const sent = new Set<string>();
  let isLeaving = false;

  const hear = (text: string) => {
    const message: { envelope_id?: string; payload?: Record<string, unknown> } = JSON.parse(text);
    const id = message.envelope_id ?? "";
    if (!sent.has(id)) world.problems.push(`an ack for an envelope that was not sent here: ${text}`);
    const found = envelopes.get(id);
    const hasBody = Object.keys(message.payload ?? {}).length > 0;
    if (hasBody && found !== undefined && !found.outgoing.acceptsAnswer)
      world.problems.push(`the ack of ${found.outgoing.type} takes no payload: ${text}`);
    found?.end({ outcome: "acked", status: undefined, body: hasBody ? message.payload : undefined });
  };

  const pings = setInterval(() => socket.ping(), PING_MS);
  socket.on("message", (data) => hear(String(data)));
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    clearInterval(pings);
    for (const { end } of envelopes.values()) end({ outcome: "lost" });
    onClose();
  });

  return {
    get isReady() {
      return !isLeaving && socket.readyState === socket.OPEN;
    },
    hello: (count) => socket.send(JSON.stringify(helloOf(world, count))),
    send(outgoing, retry) {
      const envelope = envelopeOf(outgoing, retry);
      sent.add(envelope.envelope_id);
      return new Promise((resolve) => {
        const end = (answer: Answer) => {
          clearTimeout(timer);
          envelopes.delete(envelope.envelope_id);
          resolve(answer);
        };
        const timer = setTimeout(() => end({ outcome: "timeout" }), world.settings.ackMs);
        envelopes.set(envelope.envelope_id, { outgoing, end });
        socket.send(JSON.stringify(envelope));
      });
    },
    leave(reason) {
      isLeaving = reason !== "warning";
      socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: HOST } }));
      if (isLeaving) setTimeout(() => socket.terminate(), CLOSE_AFTER_MS).unref();
    },
    cut: () => socket.terminate(),
  };
}

function helloOf(world: World, count: number) {
  return {
    type: "hello",
    num_connections: count,
    debug_info: { host: HOST, build_number: 10, approximate_connection_time: 18_060 },
    connection_info: { app_id: world.app.id },
  };
}

function envelopeOf(outgoing: Outgoing, retry: Retry | undefined) {
  return {
    envelope_id: randomUUID(),
    payload: outgoing.payload,
    type: outgoing.kind,
    accepts_response_payload: outgoing.acceptsAnswer,
    ...(outgoing.kind === "events_api"
      ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? "" }
      : {}),
  };
}
