import { ChatError, type ChatSender } from "../ports/chat.ts";
import { DONE, type JobHandler } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, KeptReaction, Post } from "../ports/records.ts";
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
    // Ours first: what people do while the platform is asked is acted on by its own event, and then
    // what was read here is no longer so.
    const kept = await parts.database.records.reactions.all(post.id);
    const levels = await sender.reactions(post.ref);
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
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    parts.log.warn("reactions.unread", { post: post.id, kind: error.kind });
  }
}

function nameOf({ person, emoji }: Pick<KeptReaction, "person" | "emoji">): string {
  return `${emoji} ${person}`;
}
