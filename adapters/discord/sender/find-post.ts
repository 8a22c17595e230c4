import { Routes } from "discord.js";
import { z } from "zod";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import { readMark } from "../components/post-mark.ts";
import type { Discord } from "./ask-discord.ts";
import { MESSAGE, type MessageAnswer } from "./message-answer.ts";
import { patiently } from "./patiently.ts";
import type { Spot } from "./places.ts";
import type { Self } from "./self.ts";
import { snowflakeAt } from "./snowflakes.ts";

/** Discord's clock and ours may be that far apart. */
const CLOCKS_APART_MS = 10_000;
/** https://docs.discord.com/developers/resources/message#get-channel-messages */
const PAGE = 100;
const PAGES_MAX = 20;
const PAGE_ANSWER = z.array(MESSAGE);

export interface SoughtPost {
  readonly spot: Spot;
  readonly mark: number;
  readonly since: Date;
}

interface Parts {
  readonly discord: Discord;
  readonly self: Self;
  readonly log: Log;
}

/**
 * Looks for a post of the bot's own that may have gone out unanswered, or as the answer to an interaction.
 * Undefined when it is not there, and when the bot may not look: then it is posted once more, since a message
 * twice is better than none.
 *
 * @throws ChatError
 */
export async function findPost(parts: Parts, post: SoughtPost): Promise<MessageAnswer | undefined> {
  try {
    return await search(parts, post);
  } catch (error) {
    if (!(error instanceof ChatError) || error.kind !== "refused") throw error;
    const { guild, channel } = post.spot;
    parts.log.warn("discord.posted_unseen", { guild, channel, reason: error.message });
    return undefined;
  }
}

/** From the oldest on: `after` gives the page that follows it, the newest first. */
async function search(
  { discord, self }: Parts,
  { spot, mark, since }: SoughtPost,
): Promise<MessageAnswer | undefined> {
  const bot = await self();
  let after = snowflakeAt(new Date(since.getTime() - CLOCKS_APART_MS));
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const query = new URLSearchParams({ after, limit: String(PAGE) });
    const page = await patiently(() =>
      discord.ask({
        doing: "look for a message",
        needs: ["View Channel", "Read Message History"],
        method: "get",
        route: Routes.channelMessages(spot.channel),
        request: { query },
        answer: PAGE_ANSWER,
      }),
    );
    const found = page.find(({ author, components }) => author.id === bot && readMark(components) === mark);
    if (found !== undefined || page.length < PAGE) return found;
    after = page.reduce((latest, { id }) => (BigInt(id) > BigInt(latest) ? id : latest), after);
  }
  return undefined;
}
