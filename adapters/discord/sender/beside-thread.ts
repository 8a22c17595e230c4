import { ChatError } from "../../../src/ports/chat.ts";
import { discordCode } from "../discord-errors.ts";
import type { Discord } from "./ask-discord.ts";
import { lookAtMessage } from "./look-at-message.ts";
import type { Spot } from "./places.ts";
import type { Self } from "./self.ts";

/** The thread is no more, or a moderator has locked it: its channel may still be written to. */
const THREAD_TROUBLE: ReadonlySet<number> = new Set([10003, 160005, 50083]);

/**
 * Does something in a thread; where that is no more, beside it, as a reply to the message of ours that it hung
 * under: what was paid for is still shown. Whatever began in a thread of others stays in it.
 */
export async function besideThread<T>(
  { discord, self }: { readonly discord: Discord; readonly self: Self },
  spot: Spot,
  work: (spot: Spot) => Promise<T>,
): Promise<T> {
  try {
    return await work(spot);
  } catch (error) {
    if (spot.channel === spot.parent || !THREAD_TROUBLE.has(discordCode(error) ?? 0)) throw error;
    // "The created thread and the message it was started from will share the same id."
    // https://docs.discord.com/developers/topics/threads#public-private-threads
    const root = spot.channel;
    if (!(await isOurs(discord, self, spot.parent, root))) throw error;
    return work({ ...spot, channel: spot.parent, replyTo: root });
  }
}

async function isOurs(discord: Discord, self: Self, channel: string, message: string): Promise<boolean> {
  try {
    return (await lookAtMessage(discord, channel, message)).author.id === (await self());
  } catch (error) {
    if (error instanceof ChatError && error.kind !== "unavailable") return false;
    throw error;
  }
}
