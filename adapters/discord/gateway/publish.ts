import type { Card } from "../../../src/core/card.ts";
import type { MessageRef, PostId } from "../../../src/core/ids.ts";
import { ANSWER_MS } from "../../../src/ports/chat.ts";
import { postMark } from "../components/post-mark.ts";
import { toMessage } from "../components/to-message.ts";
import { messageRef } from "../discord-refs.ts";
import type { Desk, Encounter } from "./desk.ts";
import { untilRecorded } from "./until-recorded.ts";

/**
 * Answers with a post of ours, and tells which message it has become. Where nobody knows, nothing is said: it is
 * looked for then. Nor is anything when another session of the bot has answered, which tells it.
 */
export async function publish(
  desk: Desk,
  { answer, site, event }: Encounter<unknown>,
  card: Card,
  post: PostId,
): Promise<void> {
  const outcome = await answer.post(toMessage(card, { mark: postMark(post), shown: undefined }));
  const { guild, channel } = site;
  switch (outcome.kind) {
    case "taken": {
      const { message } = outcome;
      if (message !== undefined) await tell(desk, post, messageRef({ guild, channel, message }));
      return;
    }
    case "refused":
      desk.log.warn("discord.answer_not_shown", { way: "post", event, reason: outcome.reason });
      await tell(desk, post, undefined);
      return;
    case "unknown":
      desk.log.warn("discord.answer_in_doubt", { event, reason: outcome.reason });
      return;
    case "elsewhere":
      desk.log.debug("discord.answered_elsewhere", { event });
      return;
  }
}

async function tell(
  { inbox, stopping, log }: Desk,
  post: PostId,
  message: MessageRef | undefined,
): Promise<void> {
  try {
    await untilRecorded(() => inbox.answered(post, message), { forMs: ANSWER_MS, signal: stopping });
  } catch (error) {
    log.error("discord.answer_not_recorded", error, { post });
  }
}
