import type { Card } from "../core/card.ts";
import { type MessageRef, type PostId, platformOf, type ThreadRef } from "../core/ids.ts";
import { shorten } from "../core/prompt.ts";
import { ChatError, type ChatSender, type Place } from "../ports/chat.ts";
import { DONE, type JobHandler, type JobOutcome } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Post } from "../ports/posts.ts";
import type { Database } from "../ports/records.ts";
import type { LookOver } from "../reactions/look-over.ts";
import type { ShowPost } from "./show-post.ts";

export interface DeliverPostParts {
  readonly database: Database;
  readonly senderOf: (platform: string) => ChatSender;
  readonly showPost: ShowPost;
  readonly lookOver: LookOver;
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
  return async ({ post: id }) => {
    const post = await parts.database.records.posts.find(id);
    if (post === undefined) return DONE;
    try {
      return await deliver(parts, post);
    } catch (error) {
      return await afterFailure(parts, post, error);
    }
  };
}

async function deliver(parts: DeliverPostParts, post: Post): Promise<JobOutcome> {
  const { posts } = parts.database.records;
  if (await isDone(parts, post)) return DONE;
  const place = await findPlace(parts, post);
  if (place === "not_yet") return wait("its thread is not there yet");
  const at = parts.clock();
  const until = new Date(at.getTime() + parts.leaseMs);
  if (!(await posts.claim(post.id, at, until))) return wait("somebody else is showing it");
  try {
    return await show(parts, post.id, { place, until });
  } finally {
    await posts.unclaim(post.id, until);
  }
}

interface Claim {
  readonly place: Place;
  readonly until: Date;
}

async function isDone(parts: DeliverPostParts, post: Post): Promise<boolean> {
  if (post.status === "gone") return true;
  return isShown(post) && (post.seeded || (await parts.showPost(post)).reactions.length === 0);
}

function isShown(post: Post): boolean {
  return post.ref !== undefined && post.shown >= post.wanted;
}

function wait(reason: string): JobOutcome {
  return { kind: "snooze", delayMs: WAIT_MS, reason };
}

/** Shows it until what stands there is what is wanted: a change in the meantime asks for another edit. */
async function show(parts: DeliverPostParts, id: PostId, claim: Claim): Promise<JobOutcome> {
  const { posts } = parts.database.records;
  let seen = await posts.find(id);
  for (; seen && seen.status !== "gone" && !isShown(seen); seen = await posts.find(id)) {
    // It changes faster than it is shown. Past the claim, another may be showing it.
    if (parts.clock() >= claim.until) return wait("its claim ran out");
    const card = await parts.showPost(seen);
    const standsMs = await showInPassing(parts, seen, card, claim);
    // Not a message yet. It becomes one when the work ends, which asks for a job of its own, or goes on too long.
    if (standsMs !== undefined) return { kind: "snooze", delayMs: standsMs, reason: "its work goes on" };
    await showCard(parts, seen, card, claim);
  }
  return seen === undefined || seen.status === "gone" || seen.seeded ? DONE : seed(parts, seen);
}

/** A message that may stand there already is not shown in passing, but looked for. */
async function showInPassing(
  parts: DeliverPostParts,
  post: Post,
  card: Card,
  { place }: Claim,
): Promise<number | undefined> {
  if (post.status !== "waiting" || card.tone !== "busy") return undefined;
  return sender(parts, post).status(place, card, post.createdAt);
}

async function showCard(parts: DeliverPostParts, post: Post, card: Card, { place }: Claim): Promise<void> {
  const { posts } = parts.database.records;
  if (post.ref !== undefined) await sender(parts, post).edit(post.ref, card);
  else await posts.sent(post.id, await postCard(parts, post, card, place), place.thread, parts.clock());
  if (post.status === "sending") return afterDoubt(parts, post.id);
  await posts.shown(post.id, post.wanted);
  parts.log.debug("post.shown", { post: post.id, version: post.wanted });
}

/**
 * It may have stood there for a while, unknown to us: what people did to it went unheard. It may also show
 * less than is wanted, so that it is edited in the next turn.
 */
async function afterDoubt({ database, lookOver }: DeliverPostParts, id: PostId): Promise<void> {
  const post = await database.records.posts.find(id);
  if (post) await lookOver(post);
}

async function postCard(parts: DeliverPostParts, post: Post, card: Card, place: Place): Promise<MessageRef> {
  const { posts } = parts.database.records;
  const inDoubtSince = (await posts.sending(post.id)) === "in_doubt" ? post.createdAt : undefined;
  try {
    return await sender(parts, post).post(place, card, { key: post.id, inDoubtSince });
  } catch (error) {
    // Only when it was not in doubt before: that this try has failed says nothing of an earlier one.
    if (inDoubtSince === undefined && error instanceof ChatError && !error.inDoubt) {
      await posts.notSent(post.id);
    }
    throw error;
  }
}

/** Waiting for a limit is not a failure; a place that is gone is the end. Everything else is tried again. */
async function afterFailure(parts: DeliverPostParts, post: Post, error: unknown): Promise<JobOutcome> {
  if (isGone(error)) {
    parts.log.warn("post.undeliverable", { post: post.id, message: error.message });
    await parts.database.records.posts.gone(post.id);
    return DONE;
  }
  if (error instanceof ChatError && error.kind === "unavailable" && error.retryAfterMs !== undefined) {
    return { kind: "snooze", delayMs: error.retryAfterMs, reason: error.message };
  }
  throw error;
}

/**
 * Once a message: platforms count each seed against a limit that people's reactions need too. While the
 * limit lets no more through, other posts go first.
 */
async function seed(parts: DeliverPostParts, post: Post): Promise<JobOutcome> {
  const { reactions } = await parts.showPost(post);
  if (post.ref === undefined || reactions.length === 0) return DONE;
  const laterMs = await sender(parts, post).seed(post.ref, reactions);
  if (laterMs !== undefined) return { kind: "snooze", delayMs: laterMs, reason: "reactions are limited" };
  await parts.database.records.posts.seeded(post.id);
  return DONE;
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
