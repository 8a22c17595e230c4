import { Routes } from "discord.js";
import type { Discord } from "./ask-discord.ts";
import { MESSAGE, type MessageAnswer } from "./message-answer.ts";

/** https://docs.discord.com/developers/resources/message#get-channel-message */
export function lookAtMessage(discord: Discord, channel: string, message: string): Promise<MessageAnswer> {
  return discord.ask({
    doing: "read a message",
    needs: ["View Channel", "Read Message History"],
    method: "get",
    route: Routes.channelMessage(channel, message),
    request: {},
    answer: MESSAGE,
  });
}
