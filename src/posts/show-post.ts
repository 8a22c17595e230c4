import { finalCard } from "../cards/final-card.ts";
import { roundCard } from "../cards/round-card.ts";
import type { Card } from "../core/card.ts";
import type { Prices } from "../core/prices.ts";
import type { Gate } from "../gate/gate.ts";
import type { Clock } from "../ports/log.ts";
import type { Post } from "../ports/posts.ts";
import type { Database } from "../ports/records.ts";

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
    const picked = round.state.status === "closed" ? await records.finals.find(round.state.final) : undefined;
    const votes = await records.rounds.votes(round.id);
    return roundCard({ round, votes, picked, approval, prices, available: balance.available });
  };
}

function missing(post: Post): never {
  throw new Error(`post ${post.id} is about something that is not there`);
}
