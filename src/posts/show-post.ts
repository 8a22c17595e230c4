import { finalCard } from "../cards/final-card.ts";
import type { PickedFinal } from "../cards/picked-line.ts";
import { roundCard } from "../cards/round-card.ts";
import type { FormerRound } from "../cards/round-headline.ts";
import type { Card } from "../core/card.ts";
import type { MessageRef, PostId } from "../core/ids.ts";
import type { Prices } from "../core/prices.ts";
import type { Round } from "../core/round.ts";
import type { Gate } from "../gate/gate.ts";
import type { Clock } from "../ports/log.ts";
import type { Post } from "../ports/posts.ts";
import type { Database, Records } from "../ports/records.ts";

/** The card of a post, as the records are now. */
export type ShowPost = (post: Post) => Promise<Card>;

export interface ShowPostParts {
  readonly database: Database;
  readonly gate: Gate;
  readonly prices: Prices;
  readonly clock: Clock;
}

export function createShowPost(parts: ShowPostParts): ShowPost {
  return async (post) => {
    const { records } = parts.database;
    const { subject } = post;
    const final = subject.kind === "final" ? await records.finals.find(subject.final) : undefined;
    const round = await records.rounds.find(
      subject.kind === "round" ? subject.round : (final?.round ?? missing(post)),
    );
    if (round === undefined) return missing(post);
    const { channel, approval } = await parts.gate.standing(round.concept.channel);
    const balance = await records.ledger.balance(channel.account, parts.clock());
    const { prices } = parts;
    if (final) return finalCard({ final, round, approval, available: balance.available });
    const former = await findFormer(records, round);
    const picked = await findPicked(records, round, post);
    const votes = await records.rounds.votes(round.id);
    return roundCard({ round, former, votes, picked, approval, prices, available: balance.available });
  };
}

async function findFormer(records: Records, { origin }: Round): Promise<FormerRound | undefined> {
  if (origin.kind === "draft") return undefined;
  const former =
    origin.kind === "reroll"
      ? await records.rounds.find(origin.of)
      : (await records.rounds.findTake(origin.of))?.round;
  return former && { prompt: former.order.prompt, message: await messageOf(records, former.post) };
}

async function findPicked(
  records: Records,
  { state }: Round,
  { place }: Post,
): Promise<PickedFinal | undefined> {
  const final = state.status === "closed" ? await records.finals.find(state.final) : undefined;
  if (final === undefined) return undefined;
  return {
    final,
    message: await messageOf(records, final.post),
    isInThread: place.thread !== undefined,
  };
}

/** Where a post stands; undefined while it does not, or no longer. */
async function messageOf(records: Records, id: PostId): Promise<MessageRef | undefined> {
  const post = await records.posts.find(id);
  return post?.status === "gone" ? undefined : post?.ref;
}

function missing(post: Post): never {
  throw new Error(`post ${post.id} is about something that is not there`);
}
