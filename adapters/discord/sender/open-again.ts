import { Routes } from "discord.js";
import { ChatError } from "../../../src/ports/chat.ts";
import { ARCHIVED } from "../discord-error-meanings.ts";
import { discordCode } from "../discord-errors.ts";
import type { Discord } from "./ask-discord.ts";
import { ANYTHING } from "./message-answer.ts";

/**
 * Changes something in a channel. An archived thread takes posts only, which open it again; everything else has
 * to open it first: https://docs.discord.com/developers/topics/threads#active-archived-threads.
 *
 * @throws ChatError `gone` for a thread that a moderator has locked as well.
 */
export async function inOpenThread<T>(discord: Discord, channel: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (discordCode(error) !== ARCHIVED) throw error;
    await openAgain(discord, channel);
    return work();
  }
}

async function openAgain(discord: Discord, channel: string): Promise<void> {
  try {
    await discord.ask({
      doing: "open an archived thread again",
      needs: ["Manage Threads"],
      method: "patch",
      route: Routes.channel(channel),
      request: { body: { archived: false } },
      answer: ANYTHING,
    });
  } catch (error) {
    if (!(error instanceof ChatError) || error.kind !== "refused") throw error;
    throw new ChatError("gone", "The thread is archived and locked.", { cause: error.cause });
  }
}
