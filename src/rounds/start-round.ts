import { createKeepReferences, type KeptReferences } from "../assets/keep-references.ts";
import type { Credits } from "../core/credits.ts";
import type { EventId, IdSource, PostId, RoundId, TakeId, UserRef } from "../core/ids.ts";
import { type ModelName, type ModelSpec, priceOf, priceOfTakes } from "../core/model.ts";
import { SEED_MAX, TAKE_SIZE } from "../core/recipe.ts";
import type { Concept, RoundOrder, RoundOrigin } from "../core/round.ts";
import type { Denial, Gate, Permit } from "../gate/gate.ts";
import { findModel, type Models, modelOf } from "../models/models.ts";
import { deliverJob, roundJobs } from "../outbox/jobs.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Attachment, IsLive, Place } from "../ports/chat.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, NewRound } from "../ports/records.ts";
import { answerBy } from "../posts/answer-by.ts";
import { findLivePost, type LivePost, livePostOf } from "./live-post.ts";
import { takeReservation } from "./take-reservation.ts";

export type StartRound = (wish: RoundWish) => Promise<StartRoundResult>;

export interface RoundWish {
  readonly event: EventId;
  readonly place: Place;
  readonly person: UserRef;
  readonly origin: RoundOrigin;
  /** Undefined begins a new concept. */
  readonly concept: Concept | undefined;
  /** The person who asked for the round that this one comes from. */
  readonly formerRequester: UserRef | undefined;
  /** Undefined asks the channel's, and so does one that is there no more. */
  readonly model: ModelName | undefined;
  /** Undefined draws a seed. */
  readonly order: Omit<RoundOrder, "seed"> & { readonly seed: number | undefined };
  /** Pictures that came with the event, to go by besides those of the order. */
  readonly attachments: readonly Attachment[];
  readonly isLive: IsLive;
}

export type StartRoundResult =
  | {
      readonly status: "started";
      readonly round: RoundId;
      readonly held: Credits;
      /** What is left in the budget. */
      readonly available: Credits;
      readonly live: LivePost | undefined;
    }
  /** This event has made its round before. `live`: and its post is still to be shown by the answer. */
  | { readonly status: "exists"; readonly round: RoundId; readonly live: LivePost | undefined }
  | Exclude<KeptReferences, { readonly status: "kept" }>
  | Denial;

export interface StartRoundParts {
  readonly gate: Gate;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly models: Models;
  readonly ids: IdSource;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly clock: Clock;
  /** Called after the commit. */
  readonly poke: () => void;
}

/**
 * Accepts a round: its record, its held credits and its jobs commit together, or nothing does. When
 * this resolves with `started`, no crash can lose it.
 */
export function createStartRound(parts: StartRoundParts): StartRound {
  const keepReferences = createKeepReferences(parts);
  return async (wish) => {
    const permit = await parts.gate.check({
      verb: wish.origin.kind === "like" ? "draft" : wish.origin.kind,
      person: wish.person,
      channel: wish.place.channel,
      requester: wish.formerRequester,
    });
    if (permit.status === "denied") return permit;
    const kept = await keepReferences(wish.event, wish.attachments);
    if (kept.status !== "kept") return kept;
    const result = await accept(parts, wish, kept.references, permit);
    if (result.status === "started") parts.poke();
    if (result.status !== "exists" || !wish.isLive) return result;
    return { ...result, live: await findLivePost(parts, result.round, permit) };
  };
}

function accept(
  parts: StartRoundParts,
  wish: RoundWish,
  sent: RoundOrder["references"],
  permit: Permit,
): Promise<StartRoundResult> {
  const order: RoundOrder = {
    ...wish.order,
    seed: wish.order.seed ?? drawSeed(parts.random),
    references: [...wish.order.references, ...sent],
  };
  const at = parts.clock();
  const { models } = parts;
  const named = wish.model === undefined ? undefined : findModel(models, "draft", wish.model);
  const { spec } = named ?? modelOf(models, "draft", permit.channel);
  const takePrice = priceOf(spec, TAKE_SIZE);
  return parts.database.transact<StartRoundResult>(async (records, undo) => {
    const turns = await records.turns.take("takes", wish.place.channel, wish.person, order.count);
    const round = plan(parts, wish, { order, spec, takePrice, turns, at });
    // The round first: a second delivery of the same event waits here for the first, then finds it.
    const started = await records.rounds.start(round);
    if (started.status === "exists") return undo({ ...started, live: undefined });
    const charged = await parts.gate.charge(records, permit, {
      holds: round.takes.map((take) => ({
        id: takeReservation(take.id),
        amount: takePrice,
      })),
      tier: "draft",
      subject: round.id,
      memo: `${order.count} takes, ${spec.name}`,
    });
    if (charged.status === "denied") return undo(charged);
    await records.outbox.add([
      // What an answer shows is delivered when there is more to show; the sweep finds what nobody answered with.
      ...(round.answerBy ? [] : [deliverJob(round.post, 1, wish.place.channel)]),
      roundJobs(
        round.id,
        round.takes.map((take) => ({ ...take, model: round.model })),
      ),
    ]);
    return {
      status: "started",
      round: round.id,
      held: priceOfTakes(takePrice, order.count),
      available: charged.available,
      live: round.answerBy && livePostOf(parts, round, permit, charged.available),
    };
  });
}

interface Plan {
  readonly order: RoundOrder;
  readonly spec: ModelSpec;
  readonly takePrice: Credits;
  readonly turns: readonly number[];
  readonly at: Date;
}

function plan(
  parts: StartRoundParts,
  wish: RoundWish,
  { order, spec, takePrice, turns, at }: Plan,
): NewRound {
  return {
    id: parts.ids() as RoundId,
    event: wish.event,
    concept: wish.concept?.id,
    newConcept: parts.ids() as NewRound["newConcept"],
    requester: wish.person,
    order,
    origin: wish.origin,
    model: spec.name,
    takePrice,
    place: wish.place,
    post: parts.ids() as PostId,
    // A round of a concept stands in its thread, wherever it was asked for.
    answerBy: wish.isLive && wish.concept === undefined ? answerBy(at) : undefined,
    takes: turns.map((turn, index) => ({
      id: parts.ids() as TakeId,
      number: index + 1,
      seed: (order.seed + index) % (SEED_MAX + 1),
      turn,
    })),
    at,
  };
}

export function drawSeed(random: () => number): number {
  return Math.floor(random() * (SEED_MAX + 1));
}
