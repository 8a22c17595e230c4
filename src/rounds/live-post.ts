import { roundCard } from "../cards/round-card.ts";
import type { Card } from "../core/card.ts";
import type { Credits } from "../core/credits.ts";
import type { PostId, RoundId } from "../core/ids.ts";
import type { Round } from "../core/round.ts";
import type { Permit } from "../gate/gate.ts";
import { findModel, type Models, modelOf } from "../models/models.ts";
import type { Clock } from "../ports/log.ts";
import type { Post } from "../ports/posts.ts";
import type { Database, NewRound } from "../ports/records.ts";
import { answerBy } from "../posts/answer-by.ts";

/** The post of a round that the answer to its event is to be, with what it begins with. */
export interface LivePost {
  readonly post: PostId;
  readonly card: Card;
}

export interface LivePostParts {
  readonly database: Database;
  readonly models: Models;
  readonly clock: Clock;
}

/** Of a round that has just begun a concept. */
export function livePostOf(
  { models }: Pick<LivePostParts, "models">,
  { newConcept, place, ...round }: NewRound,
  permit: Permit,
  available: Credits,
): LivePost {
  const { requester, post, at } = round;
  const concept = { id: newConcept, channel: place.channel, requester, rootPost: post };
  return begin(models, { ...round, concept, number: 1, createdAt: at, takes: [] }, permit, available);
}

/** Of a round whose event comes again; undefined when its post is shown, or no longer held for an answer. */
export async function findLivePost(
  { database, models, clock }: LivePostParts,
  id: RoundId,
  permit: Permit,
): Promise<LivePost | undefined> {
  const { rounds, posts, ledger } = database.records;
  const round = await rounds.find(id);
  const post = round && (await posts.find(round.post));
  if (!post || !isHeldForAnswer(post, clock())) return undefined;
  const { available } = await ledger.balance(permit.channel.account, clock());
  return begin(models, round, permit, available);
}

function isHeldForAnswer({ status, heldUntil, createdAt }: Post, now: Date): boolean {
  const until = answerBy(createdAt);
  return status === "sending" && heldUntil?.getTime() === until.getTime() && now < until;
}

/** However far the round has got: what has come since is shown by an edit. */
function begin(
  models: Models,
  round: Omit<Round, "state">,
  { approval, channel }: Permit,
  available: Credits,
): LivePost {
  const begun: Round = { ...round, state: { status: "queued" } };
  const card = roundCard({
    round: begun,
    former: undefined,
    votes: [],
    picked: undefined,
    approval,
    model: findModel(models, "draft", round.model)?.spec,
    finalModel: modelOf(models, "final", channel).spec,
    shortfalls: [],
    available,
  });
  return { post: round.post, card };
}
