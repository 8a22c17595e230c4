import type {
  APIUnavailableGuild,
  GatewayChannelDeleteDispatchData,
  GatewayGuildCreateDispatchData,
  GatewayGuildDeleteDispatchData,
} from "discord.js";
import { channelRef, DISCORD, readWorkspace, workspaceRef } from "../discord-refs.ts";
import type { Desk } from "./desk.ts";
import type { InTurn } from "./in-turn.ts";
import { untilRecorded } from "./until-recorded.ts";
import { uploadLimit } from "./upload-limit.ts";

/** The servers that the bot is in. What becomes of them is recorded in order, and tried until it is. */
export interface Guilds {
  /** A session has begun, with these servers of its shard. Of others, the bot was removed unheard. */
  began(guilds: readonly APIUnavailableGuild[], shard: Shard): Promise<void>;
  /** A server is there: the bot was in it, has joined it, or an outage of it is over. */
  came(guild: GatewayGuildCreateDispatchData): Promise<void>;
  /** The bot was removed, or the server is out of reach for a while. */
  went(guild: GatewayGuildDeleteDispatchData): Promise<void>;
  channelDeleted(channel: GatewayChannelDeleteDispatchData): Promise<void>;
}

const LANE = "guilds";

/** Which of how many. */
type Shard = readonly [id: number, total: number];

/** https://docs.discord.com/developers/events/gateway#sharding-sharding-formula */
function isOf([id, total]: Shard, guild: string): boolean {
  return Number((BigInt(guild) >> 22n) % BigInt(total)) === id;
}

/** @param onMissed what people did in a server has not come through for a while. */
export function createGuilds(desk: Desk, inTurn: InTurn, onMissed: () => void): Guilds {
  const present = new Set<string>();
  const outOfReach = new Set<string>();
  const { inbox, limits, roles, stopping, log } = desk;

  async function record(hand: () => Promise<void>): Promise<void> {
    try {
      await inTurn(LANE, () => untilRecorded(hand, { forMs: Number.POSITIVE_INFINITY, signal: stopping }));
    } catch (error) {
      log.error("discord.guild_not_recorded", error);
    }
  }

  async function leave(id: string): Promise<void> {
    present.delete(id);
    roles.forget(id);
    log.info("discord.guild_left", { guild: id });
    await record(() => inbox.workspace(workspaceRef(id), "left"));
  }

  /** Servers that something is kept of, also from before this process. */
  async function keptOf(): Promise<readonly string[]> {
    try {
      const patience = { forMs: Number.POSITIVE_INFINITY, signal: stopping };
      return (await untilRecorded(() => inbox.workspacesOf(DISCORD), patience)).map(readWorkspace);
    } catch (error) {
      log.error("discord.guild_not_recorded", error);
      return [];
    }
  }

  return {
    async began(guilds, shard) {
      const there = new Set(guilds.map(({ id }) => id));
      const isMissing = (id: string) => isOf(shard, id) && !there.has(id);
      const left = [...present].filter(isMissing).map(leave);
      // Those that the bot has joined while this was asked are present.
      const kept = (await keptOf()).filter((id) => isMissing(id) && !present.has(id));
      await Promise.all([...left, ...kept.map(leave)]);
    },
    async came({ id, unavailable, premium_tier }) {
      if (unavailable) return;
      const bytes = uploadLimit(premium_tier, undefined);
      if (bytes !== undefined) limits.learn(id, bytes);
      if (outOfReach.delete(id)) onMissed();
      if (present.has(id)) return;
      present.add(id);
      await record(() => inbox.workspace(workspaceRef(id), "returned"));
    },
    async went({ id, unavailable }) {
      if (!unavailable) return leave(id);
      outOfReach.add(id);
      log.warn("discord.guild_out_of_reach", { guild: id });
    },
    async channelDeleted({ id: channel, guild_id: guild }) {
      if (guild !== undefined) await record(() => inbox.channelGone(channelRef({ guild, channel })));
    },
  };
}
