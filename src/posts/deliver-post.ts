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

/** How long to wait for somebody else who shows it, or for the message that a thread hangs under. */
const WAIT_MS = 250;

/**
 * Brings one message to what the records say now. The card is made from the records when it is shown,
 * not when it was asked for: late jobs show the latest, and a repeated job changes nothing. One job at
 * a time shows a post, so that a slow edit cannot land upon a newer one.
 */
export function createDeliverPost(parts: DeliverPostParts): JobHandler<"post.deliver"> {
  const { posts } = parts.database.records;
  return async ({ post: id }) => {
    const post = await posts.find(id);
    if (post === undefined || isDone(post)) return DONE;
    const place = await findPlace(parts, post);
    if (place === "not_yet") return wait("its thread is not there yet");
    const at = parts.clock();
    const until = new Date(at.getTime() + parts.leaseMs);
    const claim = await posts.claim(id, at, until);
    if (claim === "busy") return wait("somebody else is showing it");
    try {
      return await show(parts, id, { place, until, inDoubt: claim === "in_doubt" });
    } catch (error) {
      if (!isGone(error)) throw error;
      parts.log.warn("post.undeliverable", { post: id, message: error.message });
      await posts.gone(id);
      return DONE;
    } finally {
      await posts.unclaim(id, until);
    }
  };
}

interface Claim {
  readonly place: Place;
  readonly until: Date;
  readonly inDoubt: boolean;
}

function isDone(post: Post): boolean {
  return post.status === "gone" || (post.ref !== undefined && post.shown >= post.wanted);
}

function wait(reason: string): JobOutcome {
  return { kind: "snooze", delayMs: WAIT_MS, reason };
}

/** Shows it until what stands there is what is wanted: a change in the meantime asks for another edit. */
async function show(
  parts: DeliverPostParts,
  id: PostId,
  { place, until, inDoubt }: Claim,
): Promise<JobOutcome> {
  const { posts } = parts.database.records;
  for (let post = await posts.find(id); post && !isDone(post); post = await posts.find(id)) {
    // It changes faster than it is shown. Past the claim, another may be showing it.
    if (parts.clock() >= until) return wait("its claim ran out");
    const card = await parts.showPost(post);
    const ref = post.ref ?? (await sender(parts, post).post(place, card, { key: id, inDoubt }));
    if (post.ref !== undefined) await sender(parts, post).edit(ref, card);
    else await posts.sent(id, ref, place.thread, parts.clock());
    parts.log.debug("post.shown", { post: id, version: post.wanted });
    // Before it counts as shown: a job that comes again after a crash only looks at what is not.
    await seed(parts, post, ref, card.reactions);
    await posts.shown(id, post.wanted);
  }
  return DONE;
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
  // Somebody has deleted the grid: what was paid for is still shown, in the channel itself.
  if (root?.status === "gone") return post.place;
  if (root?.ref === undefined) return "not_yet";
  try {
    return { channel: post.place.channel, thread: await openThread(parts, root, root.ref) };
  } catch (error) {
    // The same, and nothing of ours has noticed it before.
    if (isGone(error)) return post.place;
    throw error;
  }
}

async function openThread(parts: DeliverPostParts, root: Post, ref: MessageRef): Promise<ThreadRef> {
  const round =
    root.subject.kind === "round" ? await parts.database.records.rounds.find(root.subject.round) : undefined;
  return sender(parts, root).thread(ref, shorten(round?.order.prompt ?? root.id, 80));
}

function isGone(error: unknown): error is ChatError {
  return error instanceof ChatError && error.kind === "gone";
}

function sender(parts: DeliverPostParts, post: Post): ChatSender {
  return parts.senderOf(platformOf(post.place.channel));
}
