import type { Emoji } from "../core/card.ts";
import type { UserRef } from "../core/ids.ts";
import { ChatError, type ChatSender } from "../ports/chat.ts";
import { DONE, type JobHandler } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, Post } from "../ports/records.ts";
import type { ApplyReaction } from "./on-reaction.ts";

export interface ReconcileParts {
  readonly database: Database;
  readonly senderOf: (platform: string) => ChatSender;
  readonly apply: ApplyReaction;
  readonly log: Log;
  readonly clock: Clock;
}

/** Older messages still answer to clicks and events; they are only no longer looked over. */
const LOOK_BACK_MS = 7 * 24 * 60 * 60 * 1000;
const POSTS_MAX = 200;

/** Looks over the open messages of a platform, newest first, and acts on what was put on or taken off unheard. */
export function createReconcile(parts: ReconcileParts): JobHandler<"upkeep.reconcile"> {
  return async ({ platform }, attempt) => {
    const since = new Date(parts.clock().getTime() - LOOK_BACK_MS);
    for (const post of await parts.database.records.posts.open(platform, since, POSTS_MAX)) {
      if (attempt.signal.aborted) break;
      await reconcilePost(parts, post, parts.senderOf(platform));
    }
    return DONE;
  };
}

async function reconcilePost(parts: ReconcileParts, post: Post, sender: ChatSender): Promise<void> {
  if (post.ref === undefined) return;
  try {
    const levels = await sender.reactions(post.ref);
    const now = levels.flatMap(({ emoji, people }) => people.map((person) => ({ emoji, person })));
    const kept = await parts.database.records.reactions.present(post.id);
    for (const { person, emoji } of missing(now, kept)) await parts.apply(post, person, emoji, true);
    for (const { person, emoji } of missing(kept, now)) await parts.apply(post, person, emoji, false);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    parts.log.warn("reactions.unread", { post: post.id, kind: error.kind });
  }
}

interface Level {
  readonly person: UserRef;
  readonly emoji: Emoji;
}

/** Those of `these` that are not among `others`. */
function missing(these: readonly Level[], others: readonly Level[]): readonly Level[] {
  const known = new Set(others.map(({ person, emoji }) => `${emoji} ${person}`));
  return these.filter(({ person, emoji }) => !known.has(`${emoji} ${person}`));
}
