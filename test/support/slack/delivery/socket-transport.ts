import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { SlackSockets } from "../local-slack.ts";
import type { World } from "../world/world.ts";
import type { Transport } from "./outgoing.ts";
import { createSocketConnection, type SocketConnection } from "./socket-connection.ts";

/** "Socket Mode allows your app to maintain up to 10 open WebSocket connections": https://docs.slack.dev/apis/events-api/using-socket-mode */
const CONNECTIONS_MAX = 10;

export interface SocketTransport extends Transport {
  readonly control: SlackSockets;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  stop(): void;
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode */
export function createSocketTransport(world: World): SocketTransport {
  const server = new WebSocketServer({ noServer: true });
  const connections = new Set<SocketConnection>();
  const ready = () => [...connections].filter((each) => each.isReady);

  const accept = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = createSocketConnection(world, webSocket, () => {
        connections.delete(connection);
        world.changed();
      });
      connections.add(connection);
      if (connections.size > CONNECTIONS_MAX) {
        world.problems.push(`more than ${CONNECTIONS_MAX} Socket Mode connections`);
        connection.leave("too_many_websockets");
        return;
      }
      connection.hello(ready().length);
      world.changed();
    });

  return {
    name: "socket",
    control: {
      get count() {
        return ready().length;
      },
      disconnect(reason) {
        const leaving = reason === "link_disabled" ? ready() : ready().slice(0, 1);
        for (const connection of leaving) connection.leave(reason);
      },
      cut() {
        for (const connection of connections) connection.cut();
      },
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? "", "http://localhost");
      // A ticket is for one connection.
      const hasTicket = world.socketTickets.delete(url.searchParams.get("ticket") ?? "");
      if (url.pathname === "/link/" && hasTicket) accept(request, socket, head);
      else socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
    },
    // "Each payload may be sent to any of the connections, and to one only."
    async send(outgoing, retry) {
      const candidates = ready();
      const connection = candidates[Math.floor(world.random() * candidates.length)];
      return connection === undefined ? { outcome: "lost" } : connection.send(outgoing, retry);
    },
    stop() {
      for (const connection of connections) connection.cut();
      server.close();
    },
  };
}
