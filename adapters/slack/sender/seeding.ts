import type { Emoji } from "../../../src/core/card.ts";
import type { MessageRef } from "../../../src/core/ids.ts";
import { ChatError, type ChatSender } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { Access } from "../installs/access.ts";
import { slackWord } from "../slack-errors.ts";
import { readMessage } from "../slack-refs.ts";
import type { Slack } from "./ask-slack.ts";
import { toEmojiName } from "./emoji-names.ts";
import type { SenderLimits } from "./sender-limits.ts";

interface Parts {
  readonly slack: Slack;
  readonly access: Access;
  readonly log: Log;
  readonly clock: Clock;
  readonly limits: SenderLimits;
}

/** Those that are not done: a message that was deleted, or is seeded by another process, would stay for ever. */
const MESSAGES_MAX = 1_000;
/** When there is no better answer. */
const ASK_AGAIN_MS = 2_000;

/**
 * Seeds never wait, and never fail: they are a convenience beside the buttons, and Slack takes fewer of them
 * than of anything else (50 a minute). What comes too late to be of use is left out.
 */
export function createSeeding({ slack, access, log, clock, limits }: Parts): ChatSender["seed"] {
  const placed = new Map<MessageRef, number>();

  /** Resolves as `seed` does. */
  async function place(message: MessageRef, reactions: readonly Emoji[]): Promise<number | undefined> {
    const { team, channel, ts } = readMessage(message);
    const bot = await access.of(team);
    const lastMs = Number(ts) * 1000 + limits.seedMsMax - clock().getTime();
    for (const [index, emoji] of reactions.entries()) {
      if (index < (placed.get(message) ?? 0)) continue;
      if (lastMs < 0) return undefined;
      const name = toEmojiName(emoji);
      const answer = await slack.askNow(bot, "reactions.add", reactions.length - index, (client) =>
        client.reactions.add({ channel, timestamp: ts, name }).catch(ignoreRepeat),
      );
      if (answer.status === "later") return answer.retryAfterMs > lastMs ? undefined : answer.retryAfterMs;
      placed.set(message, index + 1);
    }
    return undefined;
  }

  return async (message, reactions) => {
    const again = await place(message, reactions).catch((error: unknown) => {
      if (!(error instanceof ChatError)) throw error;
      log.warn("slack.not_seeded", { message, reason: error.message });
      return error.kind === "unavailable" ? (error.retryAfterMs ?? ASK_AGAIN_MS) : undefined;
    });
    if (again === undefined) placed.delete(message);
    const [oldest] = placed.keys();
    if (placed.size > MESSAGES_MAX && oldest !== undefined) placed.delete(oldest);
    return again;
  };
}

function ignoreRepeat(error: unknown): void {
  if (slackWord(error) !== "already_reacted") throw error;
}
