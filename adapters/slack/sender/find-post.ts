import type { ConversationsHistoryResponse } from "@slack/web-api";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { TeamAccess } from "../installs/access.ts";
import { isLimit } from "../slack-errors.ts";
import type { Slack } from "./ask-slack.ts";
import { inThread, type SharePlace } from "./in-thread.ts";
import { inChannel } from "./join-channel.ts";

/** Slack's clock and ours may be that far apart. */
const CLOCKS_APART_MS = 10_000;
const PAGE = 200;
const PAGES_MAX = 10;

export interface SoughtPost {
  readonly place: SharePlace;
  /** Of its first block. */
  readonly block: string;
  readonly since: Date;
}

/**
 * Looks for a post of the bot's own that may have gone out unanswered. Undefined when it is not there, and
 * when the app may not look: then it is posted once more, since a message twice is better than none.
 *
 * @throws ChatError
 */
export async function findPost(
  slack: Slack,
  access: TeamAccess,
  post: SoughtPost,
  log: Log,
): Promise<string | undefined> {
  const { channel } = post.place;
  try {
    return await inChannel(slack, access, channel, () =>
      inThread(post.place, (place) => search(slack, access, { ...post, place })),
    );
  } catch (error) {
    if (!(error instanceof ChatError) || error.kind !== "refused") throw error;
    log.warn("slack.posted_unseen", { team: access.team, channel, block: post.block, reason: error.message });
    return undefined;
  }
}

/** https://docs.slack.dev/reference/methods/conversations.history, https://docs.slack.dev/reference/methods/conversations.replies */
async function search(
  slack: Slack,
  access: TeamAccess,
  { place, block, since }: SoughtPost,
): Promise<string | undefined> {
  const { channel, thread } = place;
  const oldest = String((since.getTime() - CLOCKS_APART_MS) / 1000);
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const page = { channel, oldest, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const asked: Promise<ConversationsHistoryResponse> =
      thread === undefined
        ? slack.ask(access, "conversations.history", (client) => client.conversations.history(page))
        : slack.ask(access, "conversations.replies", (client) =>
            client.conversations.replies({ ...page, ts: thread }),
          );
    const { messages, response_metadata: more } = await (cursor === undefined ? asked : orNoFurther(asked));
    const found = messages?.find(
      (each) =>
        (each.bot_id === access.bot || each.user === access.botUser) && each.blocks?.[0]?.block_id === block,
    );
    if (found?.ts !== undefined) return found.ts;
    cursor = more?.next_cursor;
    if (!cursor) return undefined;
  }
  return undefined;
}

/**
 * Some apps may look once a minute, at 15 messages: https://docs.slack.dev/apis/web-api/rate-limits. To wait
 * for a page would be to begin anew each time, and never to post.
 */
async function orNoFurther<T>(page: Promise<T>): Promise<T> {
  try {
    return await page;
  } catch (error) {
    if (!(error instanceof ChatError) || !isLimit(error)) throw error;
    throw new ChatError("refused", "Slack shows Draftroom too few messages at a time");
  }
}
