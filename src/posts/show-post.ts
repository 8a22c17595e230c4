import { recipesOf } from "../assets/recipes-of.ts";
import { finalCard } from "../cards/final-card.ts";
import type { PickedFinal } from "../cards/picked-line.ts";
import { roundCard } from "../cards/round-card.ts";
import type { FormerRound } from "../cards/round-headline.ts";
import type { Card } from "../core/card.ts";
import type { Final } from "../core/final.ts";
import type { FinalId, MessageRef, PostId, TakeId } from "../core/ids.ts";
import type { Round, RoundOrigin } from "../core/round.ts";
import type { Shortfall } from "../core/shortfall.ts";
import type { Gate } from "../gate/gate.ts";
import { findModel, type Models, modelOf } from "../models/models.ts";
import type { Clock } from "../ports/log.ts";
import type { Post } from "../ports/posts.ts";
import type { Database, Records } from "../ports/records.ts";

/** The card of a post, as the records are now. */
export type ShowPost = (post: Post) => Promise<Card>;

export interface ShowPostParts {
  readonly database: Database;
  readonly gate: Gate;
  readonly models: Models;
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
    const { available } = balance;
    const { models } = parts;
    if (final) {
      const shortfalls = await shortfallsOfFinal(records, final);
      const model = findModel(models, "final", final.model)?.spec;
      return finalCard({ final, round, approval, available, model, shortfalls });
    }
    const former = await findFormer(records, round);
    const picked = await findPicked(records, round, post);
    const votes = await records.rounds.votes(round.id);
    const recipes = await recipesOf(records, round);
    return roundCard({
      round,
      former,
      votes,
      picked,
      approval,
      available,
      model: findModel(models, "draft", round.model)?.spec,
      finalModel: modelOf(models, "final", channel).spec,
      shortfalls: distinct(recipes.flatMap((each) => each.shortfalls)),
    });
  };
}

async function shortfallsOfFinal({ assets }: Records, { state }: Final): Promise<readonly Shortfall[]> {
  const asset = "asset" in state ? await assets.find(state.asset) : undefined;
  return asset?.recipe?.shortfalls ?? [];
}

function distinct(shortfalls: readonly Shortfall[]): readonly Shortfall[] {
  return [...new Map(shortfalls.map((each) => [JSON.stringify(each), each])).values()];
}

async function findFormer(records: Records, { origin }: Round): Promise<FormerRound | undefined> {
  const former = await findOrigin(records, origin);
  return former && { prompt: former.order.prompt, message: await messageOf(records, former.post) };
}

async function findOrigin({ rounds, finals }: Records, origin: RoundOrigin): Promise<Round | undefined> {
  switch (origin.kind) {
    case "draft":
      return undefined;
    case "reroll":
      return rounds.find(origin.of);
    case "vary":
      return (await rounds.findTake(origin.of))?.round;
    case "like": {
      const final = await finals.find(origin.of as string as FinalId);
      if (final) return rounds.find(final.round);
      return (await rounds.findTake(origin.of as string as TakeId))?.round;
    }
  }
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
