import { Routes } from "discord.js";
import type { Discord } from "./ask-discord.ts";
import { USER } from "./message-answer.ts";

/** The id of the bot's user, which is who its posts are by. An old app's is not the app's. */
export type Self = () => Promise<string>;

/** Asked once. https://docs.discord.com/developers/resources/user#get-current-user */
export function createSelf(discord: Discord): Self {
  let id: string | undefined;
  return async () => {
    id ??= (
      await discord.ask({
        doing: "ask who the bot is",
        needs: [],
        method: "get",
        route: Routes.user(),
        request: {},
        answer: USER,
      })
    ).id;
    return id;
  };
}
