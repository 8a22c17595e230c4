import type { Card } from "../../../src/core/card.ts";
import { shorten } from "../../../src/core/prompt.ts";
import type { ChatSender, Place } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { Access } from "../installs/access.ts";
import { readMessage } from "../slack-refs.ts";
import type { Slack } from "./ask-slack.ts";

interface Parts {
  readonly slack: Slack;
  readonly access: Access;
  readonly log: Log;
  readonly clock: Clock;
}

/** A status stands for two minutes. https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
const RENEW_MS = 100_000;
/** A channel has no status: what takes no longer than this needs no message of its own. */
const QUIET_MS = 20_000;
const LENGTH_MAX = 150;

/** Work in a thread is shown as what the bot "is doing" there; in a channel it is not shown for a while. */
export function createStatusLine({ slack, access, log, clock }: Parts): ChatSender["status"] {
  async function setStatus(
    thread: NonNullable<Place["thread"]>,
    status: string,
  ): Promise<number | undefined> {
    const { team, channel, ts } = readMessage(thread);
    try {
      await slack.ask(await access.of(team), "assistant.threads.setStatus", (client) =>
        client.assistant.threads.setStatus({ channel_id: channel, thread_ts: ts, status }),
      );
      return RENEW_MS;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn("slack.no_status", { thread, reason });
      return undefined;
    }
  }

  return async (place, card, since) => {
    if (place.thread !== undefined) return setStatus(place.thread, toStatus(card));
    const leftMs = since.getTime() + QUIET_MS - clock().getTime();
    return leftMs > 0 ? leftMs : undefined;
  };
}

/** "is finishing take 3 in 2K: a red fox". Brackets are no longer those that Slack reads. */
function toStatus({ summary }: Card): string {
  const words = shorten(summary, LENGTH_MAX).replace(/</g, "‹").replace(/>/g, "›");
  return `is ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}
