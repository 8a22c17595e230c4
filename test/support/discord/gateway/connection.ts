import type { WebSocket } from "ws";
import type { Json } from "../world/records.ts";
import type { World } from "../world/world.ts";

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
export const CLOSE = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  rateLimited: 4008,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** "Apps can send 120 gateway events per connection every 60 seconds": https://docs.discord.com/developers/events/gateway#rate-limiting */
const SENDS = { max: 120, windowMs: 60_000 } as const;
/** "Must not exceed 4096 bytes": https://docs.discord.com/developers/events/gateway#sending-events */
const BYTES_MAX = 4096;

export interface ConnectionParts {
  readonly world: World;
  readonly socket: WebSocket;
  readonly isDeaf: () => boolean;
  /** A frame other than a heartbeat. */
  take(op: number, data: Json): void;
}

/** Says hello, acknowledges heartbeats, and closes on who sends none or too much. */
export function serveConnection({ world, socket, isDeaf, take }: ConnectionParts): void {
  const { heartbeatMs } = world.settings;
  const sends: number[] = [];
  // "If your app fails to send a heartbeat event in time, your connection will be closed."
  const expectHeartbeat = () => setTimeout(() => socket.close(CLOSE.sessionTimedOut), heartbeatMs * 2);
  let patience = expectHeartbeat();
  socket.on("close", () => clearTimeout(patience));
  socket.on("error", () => socket.terminate());
  socket.send(toFrame(10, { heartbeat_interval: heartbeatMs, _trace: [] }));

  socket.on("message", (bytes: Buffer) => {
    const frame = parse(bytes);
    if (frame === undefined) return socket.close(CLOSE.decodeError);
    const now = world.clock.now();
    sends.push(now);
    while ((sends[0] ?? now) <= now - SENDS.windowMs) sends.shift();
    if (sends.length > SENDS.max) return socket.close(CLOSE.rateLimited);
    if (frame.op !== 1) return isDeaf() ? undefined : take(Number(frame.op), (frame.d ?? {}) as Json);
    clearTimeout(patience);
    patience = expectHeartbeat();
    if (!isDeaf()) socket.send(toFrame(11, null));
  });
}

/** https://docs.discord.com/developers/events/gateway-events#payload-structure */
export function toFrame(op: number, data: unknown): string {
  return JSON.stringify({ op, t: null, s: null, d: data });
}

function parse(bytes: Buffer): Json | undefined {
  if (bytes.length > BYTES_MAX) return undefined;
  try {
    const frame: unknown = JSON.parse(bytes.toString());
    return typeof frame === "object" && frame !== null ? (frame as Json) : undefined;
  } catch {
    return undefined;
  }
}
