import type { WebSocket, WebSocketServer } from "ws";
import type { DiscordGatewayControl } from "../local-discord.ts";
import { toFrame } from "./connection.ts";
import type { Handshakes } from "./handshake.ts";

export interface GatewayState extends Handshakes {
  readonly sockets: WebSocketServer;
  /** Connections that hear nothing and are heard by nobody. */
  readonly deaf: WeakSet<WebSocket>;
  isOpen: boolean;
}

/** How long an app has to leave by itself when it is asked to reconnect, in real ms. */
const LEAVE_MS = 5000;

export function createControl(state: GatewayState): DiscordGatewayControl {
  const { sessions, sockets, deaf, count } = state;
  const cut = () => {
    for (const session of sessions.connected()) sessions.detach(session);
    for (const client of sockets.clients) client.terminate();
  };
  return {
    get sessions() {
      return sessions.connected().map(({ id, shard, intents, seq }) => ({ id, shard, intents, seq }));
    },
    get identified() {
      return count.identified;
    },
    get resumed() {
      return count.resumed;
    },
    cut,
    close() {
      state.isOpen = false;
      cut();
    },
    open() {
      state.isOpen = true;
    },
    reconnect() {
      for (const { socket } of sessions.connected()) {
        socket?.send(toFrame(7, null));
        setTimeout(() => socket?.terminate(), LEAVE_MS).unref();
      }
    },
    invalidate(isResumable) {
      for (const session of sessions.connected()) {
        session.socket?.send(toFrame(9, isResumable));
        sessions.detach(session);
        if (!isResumable) sessions.end(session);
      }
    },
    forget: () => sessions.endAll(),
    deafen() {
      for (const { socket } of sessions.connected()) if (socket !== undefined) deaf.add(socket);
    },
  };
}
