import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { DiscordFaultBox } from "../faults.ts";
import type { DiscordGatewayControl } from "../local-discord.ts";
import type { Dispatch, Json } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { CLOSE, serveConnection } from "./connection.ts";
import { createControl, type GatewayState } from "./control-gateway.ts";
import { identify, resume } from "./handshake.ts";
import { createIdentifyLimits } from "./identify.ts";
import { isFor, type Session, sendDispatch } from "./session.ts";
import { createSessions } from "./sessions.ts";

export interface Gateway {
  readonly control: DiscordGatewayControl;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends an event to every session that it is for. Returns how many that were. */
  dispatch(dispatch: Dispatch): number;
  stop(): void;
}

/** https://docs.discord.com/developers/events/gateway */
export function createGateway(world: World, faults: DiscordFaultBox): Gateway {
  const state: GatewayState = {
    world,
    sessions: createSessions(world),
    limits: createIdentifyLimits(world),
    sockets: new WebSocketServer({ noServer: true }),
    count: { identified: 0, resumed: 0 },
    deaf: new WeakSet(),
    isOpen: true,
  };
  const { sessions, sockets, deaf } = state;
  const deliver = (session: Session, dispatch: Dispatch) =>
    sendDispatch(world, session, dispatch, session.socket !== undefined && deaf.has(session.socket));

  return {
    control: createControl(state),
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? "/", world.url);
      if (!state.isOpen || !/^\/gateway\/?$/.test(url.pathname)) {
        socket.destroy();
        return;
      }
      sockets.handleUpgrade(request, socket, head, (client) => welcome(state, client, url));
    },
    dispatch(dispatch) {
      const fault = faults.takeEventFault(dispatch.type);
      if (fault?.kind === "lost") return 0;
      const all = sessions.live().filter((each) => isFor(world, each, dispatch));
      for (const session of all) {
        if (fault?.kind === "delay") setTimeout(() => deliver(session, dispatch), fault.ms);
        else deliver(session, dispatch);
        if (fault?.kind === "duplicate") deliver(session, dispatch);
      }
      return all.length;
    },
    stop() {
      state.isOpen = false;
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

/** https://docs.discord.com/developers/events/gateway#connecting */
function welcome(state: GatewayState, socket: WebSocket, { searchParams, search }: URL): void {
  const { world, deaf } = state;
  if (searchParams.get("v") !== "10") {
    socket.close(CLOSE.invalidVersion);
    return;
  }
  if (searchParams.get("encoding") !== "json" || searchParams.has("compress")) {
    world.problems.push(`the gateway speaks plain JSON here, not ${search}`);
    socket.close(CLOSE.decodeError);
    return;
  }
  serveConnection({
    world,
    socket,
    isDeaf: () => deaf.has(socket),
    take: (op, data) => take(state, socket, op, data),
  });
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes */
function take(state: GatewayState, socket: WebSocket, op: number, data: Json): void {
  const hasSession = state.sessions.of(socket) !== undefined;
  const isHandshake = op === 2 || op === 6;
  if (isHandshake && hasSession) socket.close(CLOSE.alreadyAuthenticated);
  else if (op === 2) identify(state, socket, data);
  else if (op === 6) resume(state, socket, data);
  else if (!hasSession) socket.close(CLOSE.notAuthenticated);
  // Presence (3) and voice state (4) change nothing here; what else an app may send, Draftroom has no use for.
  else if (op !== 3 && op !== 4) {
    state.world.problems.push(`the app sent opcode ${op} to the gateway`);
    socket.close(CLOSE.unknownOpcode);
  }
}
