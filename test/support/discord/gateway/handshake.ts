import type { WebSocket } from "ws";
import { toGuildCreateJson } from "../world/describe-things.ts";
import type { Json } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { CLOSE, toFrame } from "./connection.ts";
import { guildsOn, type IdentifyLimits, readIdentify, toReadyJson } from "./identify.ts";
import { isFor, missedSince, type Session, send, sendDispatch } from "./session.ts";
import type { Sessions } from "./sessions.ts";

export interface Handshakes {
  readonly world: World;
  readonly sessions: Sessions;
  readonly limits: IdentifyLimits;
  /** How many sessions have begun, and how many were gone on with. */
  readonly count: { identified: number; resumed: number };
}

/** READY, then a GUILD_CREATE for each guild: https://docs.discord.com/developers/events/gateway#identifying */
export function identify(
  { world, sessions, limits, count }: Handshakes,
  socket: WebSocket,
  data: Json,
): void {
  const identified = readIdentify(world, data);
  if (typeof identified === "number") {
    socket.close(identified);
    return;
  }
  if (!limits.take(identified.shard[0])) {
    socket.send(toFrame(9, false));
    return;
  }
  const session: Session = {
    ...identified,
    id: world.secret(),
    seq: 0,
    sent: [],
    socket: undefined,
    lostAt: undefined,
  };
  sessions.add(session, socket);
  count.identified += 1;
  send(world, session, "READY", toReadyJson(world, session.id, session.shard));
  for (const guild of guildsOn(world, session.shard)) {
    const data = toGuildCreateJson(world, guild);
    const create = { type: "GUILD_CREATE", guild, channel: undefined, data };
    if (isFor(world, session, create)) sendDispatch(world, session, create);
  }
  world.changed();
}

/** "The Gateway will send the missed events in order, finishing with a Resumed event": https://docs.discord.com/developers/events/gateway#resuming */
export function resume({ world, sessions, count }: Handshakes, socket: WebSocket, data: Json): void {
  if (data.token !== world.app.token) {
    socket.close(CLOSE.authenticationFailed);
    return;
  }
  const session = sessions.find(data.session_id);
  const seq = Number(data.seq);
  if (session !== undefined && seq > session.seq) {
    socket.close(CLOSE.invalidSeq);
    return;
  }
  const missed = session === undefined ? undefined : missedSince(session, seq);
  if (session === undefined || missed === undefined) {
    if (session !== undefined) sessions.end(session);
    socket.send(toFrame(9, false));
    return;
  }
  sessions.attach(session, socket);
  count.resumed += 1;
  for (const packet of missed) socket.send(packet);
  send(world, session, "RESUMED", { _trace: [] });
  world.changed();
}
