import { Routes } from "discord.js";
import { ChatError, type ChatSender } from "../../../src/ports/chat.ts";
import type { Discord } from "./ask-discord.ts";
import { ANYTHING } from "./message-answer.ts";
import { neededAt, toSpot } from "./places.ts";

/** It is shown for 10 s: https://docs.discord.com/developers/resources/channel#trigger-typing-indicator */
const AGAIN_MS = 9_000;

/**
 * Shows in a thread that somebody types, as long as work for it goes on: its message then comes when it is done, and
 * notifies whom it is for, which an edit of a busy message would not. The channel has its live message.
 */
export function createTyping(discord: Discord): ChatSender["status"] {
  return async (place) => {
    if (place.thread === undefined) return undefined;
    const spot = toSpot(place);
    try {
      await discord.ask({
        doing: "show that it is at work",
        needs: neededAt(spot, false),
        method: "post",
        route: Routes.channelTyping(spot.channel),
        request: {},
        answer: ANYTHING,
      });
      return AGAIN_MS;
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      return error.kind === "unavailable" ? (error.retryAfterMs ?? AGAIN_MS) : undefined;
    }
  };
}
