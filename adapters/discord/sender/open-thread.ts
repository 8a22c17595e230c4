import { Routes, ThreadAutoArchiveDuration } from "discord.js";
import { ChatError, type ChatSender } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import { discordCode } from "../discord-errors.ts";
import { readMessage, threadRef } from "../discord-refs.ts";
import type { Discord } from "./ask-discord.ts";
import { ANYTHING } from "./message-answer.ts";

const ALREADY_THERE = 160004;

/**
 * There can be no thread: the bot may not open one, the channel has none (voice, forums, a thread itself), the
 * guild has as many as it may, or its AutoMod does not like the title.
 */
const NO_THREAD: ReadonlySet<number> = new Set([50008, 50013, 50024, 160006, 160007, 200001]);

/** https://docs.discord.com/developers/resources/channel#start-thread-from-message */
const NAME_MAX = 100;

/**
 * Opens the thread under a message. Its id is the message's, so that an answer need not be read, nor a thread be
 * looked for. Where there can be none, the conversation goes on in replies to the message.
 */
export function createOpenThread(discord: Discord, log: Log): ChatSender["thread"] {
  return async (ref, title) => {
    const { guild, channel, message } = readMessage(ref);
    const thread = threadRef({ guild, channel: message, replyTo: undefined });
    try {
      await discord.ask({
        doing: "open a thread",
        needs: ["Create Public Threads"],
        method: "post",
        route: Routes.threads(channel, message),
        request: { body: { name: toName(title), auto_archive_duration: STAYS } },
        answer: ANYTHING,
      });
      return thread;
    } catch (error) {
      const code = discordCode(error) ?? 0;
      if (code === ALREADY_THERE) return thread;
      if (!(error instanceof ChatError) || !NO_THREAD.has(code)) throw error;
      log.warn("discord.no_thread", { guild, channel, code, reason: error.message });
      return threadRef({ guild, channel, replyTo: message });
    }
  };
}

/**
 * Three days without a message: a final that arrives on a Friday evening still waits in the channel's list on
 * Monday, since an archived thread takes no reactions; and a week of them would be too long a list.
 */
const STAYS = ThreadAutoArchiveDuration.ThreeDays;

function toName(title: string): string {
  const line = title.replace(/[\p{C}\s]+/gu, " ").trim();
  return line === "" ? "Draft" : cutTo(line, NAME_MAX);
}

/** Discord does not say what it counts: UTF-16 units are the most that it can be. */
function cutTo(line: string, lengthMax: number): string {
  let name = "";
  for (const { segment } of new Intl.Segmenter("en").segment(line)) {
    if (name.length + segment.length > lengthMax) break;
    name += segment;
  }
  return name.trimEnd();
}
