import type { WebSocket } from "ws";
import { canSee } from "../world/permissions.ts";
import type { Dispatch, Json } from "../world/records.ts";
import { shardOf } from "../world/snowflakes.ts";
import type { World } from "../world/world.ts";
import { isWanted, visibleData } from "./intents.ts";

/** One app's session on one shard. It outlives its connection for a while. */
export interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  seq: number;
  /** What was sent last, for a resume. */
  readonly sent: { readonly seq: number; readonly packet: string }[];
  socket: WebSocket | undefined;
  /** When its connection was lost, in Discord's time. */
  lostAt: number | undefined;
}

/** Whether an event is for a session: by shard, by what the bot sees, by intent. */
export function isFor(world: World, session: Session, dispatch: Dispatch): boolean {
  const { guild, channel } = dispatch;
  const [id, count] = session.shard;
  // What happens in no guild comes on shard 0: https://docs.discord.com/developers/events/gateway#sharding
  if ((guild === undefined ? 0 : shardOf(guild.id, count)) !== id) return false;
  if (guild !== undefined && (!guild.members.has(world.bot.id) || guild.isUnavailable)) return false;
  if (channel !== undefined && !canSee(channel, world.bot)) return false;
  return isWanted(world, dispatch, session.intents);
}

/** Sends an event over a connection that hears it; keeps it for a resume in any case. */
export function send(world: World, session: Session, type: string, data: Json, isDeaf = false): void {
  session.seq += 1;
  const packet = JSON.stringify({ op: 0, t: type, s: session.seq, d: data });
  session.sent.push({ seq: session.seq, packet });
  if (session.sent.length > world.settings.replayMax) session.sent.shift();
  if (!isDeaf) session.socket?.send(packet);
}

export function sendDispatch(world: World, session: Session, dispatch: Dispatch, isDeaf = false): void {
  send(world, session, dispatch.type, visibleData(world, dispatch, session.intents), isDeaf);
}

/** What was missed since `seq`; undefined when not all of it is there any more. */
export function missedSince(session: Session, seq: number): readonly string[] | undefined {
  const missed = session.sent.filter((each) => each.seq > seq);
  return missed.length === session.seq - seq ? missed.map((each) => each.packet) : undefined;
}
