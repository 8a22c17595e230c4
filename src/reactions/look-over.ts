import { type MessageRef, platformOf } from "../core/ids.ts";
import { ChatError, type ChatSender, type ReactionLevel } from "../ports/chat.ts";
import type { Log } from "../ports/log.ts";
import type { KeptReaction, Post } from "../ports/posts.ts";
import type { Database } from "../ports/records.ts";
import type { ApplyReaction } from "./on-reaction.ts";

export interface LookOverParts {
  readonly database: Database;
  readonly senderOf: (platform: string) => ChatSender;
  readonly apply: ApplyReaction;
  readonly log: Log;
}

/**
 * Reads the reactions of one of our messages, and acts on what was put on or taken off unheard. `false` when it
 * cannot be read for now: then it is left for the next time.
 */
export type LookOver = (post: Post) => Promise<boolean>;

/** Waits before each other try, in milliseconds: the next time may be in ten minutes. */
const TRY_AGAIN_MS = [250, 1_000, 3_000] as const;

export function createLookOver(parts: LookOverParts): LookOver {
  return async (post) => {
    if (post.ref === undefined) return true;
    const sender = parts.senderOf(platformOf(post.place.channel));
    try {
      // Ours first: what people do while the platform is asked is acted on by its own event, and then
      // what was read here is no longer so.
      const kept = await parts.database.records.reactions.all(post.id);
      const levels = await readPatiently(sender, post.ref);
      const now = levels.flatMap(({ emoji, people }) => people.map((person) => ({ emoji, person })));
      const were = new Map(kept.map((each) => [nameOf(each), each]));
      const are = new Set(now.map(nameOf));
      for (const level of now) {
        const was = were.get(nameOf(level)) ?? { present: false, adds: 0 };
        if (!was.present) await parts.apply(post, { ...level, on: true }, was);
      }
      for (const was of kept) {
        if (was.present && !are.has(nameOf(was))) await parts.apply(post, { ...was, on: false }, was);
      }
      return true;
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      parts.log.warn("reactions.unread", { post: post.id, kind: error.kind });
      return error.kind !== "unavailable";
    }
  };
}

async function readPatiently(sender: ChatSender, message: MessageRef): Promise<readonly ReactionLevel[]> {
  for (const waitMs of TRY_AGAIN_MS) {
    try {
      return await sender.reactions(message);
    } catch (error) {
      if (!(error instanceof ChatError) || error.kind !== "unavailable") throw error;
      const { retryAfterMs = 0 } = error;
      await new Promise((resolve) =>
        setTimeout(resolve, Math.max(waitMs, Math.min(retryAfterMs, WAIT_MS_MAX))),
      );
    }
  }
  return sender.reactions(message);
}

const WAIT_MS_MAX = 10_000;

function nameOf({ person, emoji }: Pick<KeptReaction, "person" | "emoji">): string {
  return `${emoji} ${person}`;
}
