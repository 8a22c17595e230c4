import type { WebSocket } from "ws";
import type { World } from "../world/world.ts";
import type { Session } from "./session.ts";

/** The sessions of the app, connected or waiting to be resumed. */
export interface Sessions {
  add(session: Session, socket: WebSocket): void;
  /** Gives a session another connection. */
  attach(session: Session, socket: WebSocket): void;
  /** Takes its connection away; it can be resumed. */
  detach(session: Session): void;
  end(session: Session): void;
  endAll(): void;
  find(id: unknown): Session | undefined;
  of(socket: WebSocket): Session | undefined;
  connected(): readonly Session[];
  /** Those that events are for: connected, or not lost for too long. */
  live(): readonly Session[];
}

export function createSessions(world: World): Sessions {
  const all = new Set<Session>();
  const isLive = (session: Session) =>
    session.lostAt === undefined || world.clock.now() - session.lostAt <= world.settings.resumeMs;
  const sessions: Sessions = {
    add(session, socket) {
      all.add(session);
      sessions.attach(session, socket);
    },
    attach(session, socket) {
      if (session.socket !== socket) session.socket?.terminate();
      session.socket = socket;
      session.lostAt = undefined;
      socket.on("close", (code) => {
        if (session.socket !== socket) return;
        sessions.detach(session);
        // "When you close the connection with close code 1000 or 1001, your session will be invalidated":
        // https://docs.discord.com/developers/events/gateway#initiating-a-disconnect
        if (code === 1000 || code === 1001) all.delete(session);
      });
    },
    detach(session) {
      session.socket = undefined;
      session.lostAt = world.clock.now();
      world.changed();
    },
    end: (session) => void all.delete(session),
    endAll: () => all.clear(),
    find: (id) => [...all].find((each) => each.id === id && isLive(each)),
    of: (socket) => [...all].find((each) => each.socket === socket),
    connected: () => [...all].filter((each) => each.socket !== undefined),
    live: () => [...all].filter(isLive),
  };
  return sessions;
}
