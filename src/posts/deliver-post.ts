import type { Emoji } from "../core/card.ts";
import { type MessageRef, type PostId, platformOf, type ThreadRef } from "../core/ids.ts";
import { shorten } from "../core/prompt.ts";
import { ChatError, type ChatSender, type Place } from "../ports/chat.ts";
import { DONE, type JobHandler, type JobOutcome } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, Post } from "../ports/records.ts";
import type { ShowPost } from "./show-post.ts";

export interface DeliverPostParts {
  readonly database: Database;
  readonly senderOf: (platform: string) => ChatSender;
  readonly showPost: ShowPost;
  readonly log: Log;
  readonly clock: Clock;
  /** How long one process may take to post before another may look after it, in milliseconds. */
  readonly leaseMs: number;
}

/** How long to wait for somebody else's post, or for the message that a thread hangs under. */
const WAIT_MS = 250;

/**
 * Brings one message to what the records say now. The card is made from the records when it is shown,
 * not when it was asked for: late jobs show the latest, and a repeated job changes nothing.
 */
export function createDeliverPost(parts: DeliverPostParts): JobHandler<"post.deliver"> {
  return async ({ post: id }) => {
    const post = await parts.database.records.posts.find(id);
    if (post === undefined || post.status === "gone") return DONE;
    try {
      return post.ref === undefined ? await postFirst(parts, post) : await edit(parts, post, post.ref);
    } catch (error) {
      if (!(error instanceof ChatError) || error.kind === "unavailable") throw error;
      parts.log.warn("post.undeliverable", { post: id, kind: error.kind, message: error.message });
      await parts.database.records.posts.gone(id);
      return DONE;
    }
  };
}

/** Edits until what stands there is what is wanted: a change during the edit asks for another. */
async function edit(parts: DeliverPostParts, post: Post, ref: MessageRef): Promise<JobOutcome> {
  const { posts } = parts.database.records;
  for (let now: Post | undefined = post; now && now.shown < now.wanted; now = await posts.find(post.id)) {
    const card = await parts.showPost(now);
    await sender(parts, now).edit(ref, card);
    // Before it counts as shown: a job that comes again after a crash only looks at what is not.
    await seed(parts, now, ref, card.reactions);
    await posts.shown(now.id, now.wanted);
  }
  return DONE;
}

async function postFirst(parts: DeliverPostParts, post: Post): Promise<JobOutcome> {
  const { posts } = parts.database.records;
  const place = await findPlace(parts, post);
  if (place === "not_yet") return { kind: "snooze", delayMs: WAIT_MS, reason: "its thread is not there yet" };
  const at = parts.clock();
  const claim = await posts.claim(post.id, at, new Date(at.getTime() + parts.leaseMs));
  if (claim === "busy") return { kind: "snooze", delayMs: WAIT_MS, reason: "somebody else is posting it" };
  if (claim === "sent") return DONE;
  const card = await parts.showPost(post);
  let ref: MessageRef;
  try {
    ref = await sender(parts, post).post(place, card, { key: post.id, inDoubt: claim === "in_doubt" });
  } catch (error) {
    // The platform answered: the message is certainly not there, and the next try need not wait for the lease.
    if (error instanceof ChatError && error.kind !== "unavailable") await posts.unclaim(post.id);
    throw error;
  }
  await posts.sent(post.id, ref, place.thread, parts.clock());
  parts.log.debug("post.sent", { post: post.id });
  await seed(parts, post, ref, card.reactions);
  await posts.shown(post.id, post.wanted);
  const now = await posts.find(post.id);
  return now ? edit(parts, now, ref) : DONE;
}

/** Once a message: platforms count each seed against a limit that people's reactions need too. */
async function seed(
  parts: DeliverPostParts,
  post: Post,
  ref: MessageRef,
  reactions: readonly Emoji[],
): Promise<void> {
  if (post.seeded || reactions.length === 0) return;
  await sender(parts, post).seed(ref, reactions);
  await parts.database.records.posts.seeded(post.id);
}

async function findPlace(parts: DeliverPostParts, post: Post): Promise<Place | "not_yet"> {
  if (post.under === undefined || post.place.thread !== undefined) return post.place;
  const root = await parts.database.records.posts.find(post.under);
  if (root?.status === "gone") throw new ChatError("gone", "the message it belongs to is no more");
  if (root?.ref === undefined) return "not_yet";
  return { channel: post.place.channel, thread: await openThread(parts, root.id, root.ref, root) };
}

async function openThread(
  parts: DeliverPostParts,
  id: PostId,
  ref: MessageRef,
  root: Post,
): Promise<ThreadRef> {
  const round =
    root.subject.kind === "round" ? await parts.database.records.rounds.find(root.subject.round) : undefined;
  return sender(parts, root).thread(ref, shorten(round?.order.prompt ?? id, 80));
}

function sender(parts: DeliverPostParts, post: Post): ChatSender {
  return parts.senderOf(platformOf(post.place.channel));
}
