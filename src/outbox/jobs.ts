import type { Final } from "../core/final.ts";
import { type ChannelRef, type PostId, platformOf, type RoundId } from "../core/ids.ts";
import type { ModelName } from "../core/model.ts";
import type { Take } from "../core/round.ts";
import type { Job, JobTree } from "../ports/jobs.ts";

// The jobs, with the ids that make them repeatable. A job that belongs to nobody's turn goes first:
// it is short, and people are looking at it.

export function roundJobs(round: RoundId, takes: readonly TakeTurn[]): JobTree {
  return { job: gridJob(round), children: takes.map(takeJob) };
}

export type TakeTurn = Pick<Take, "id" | "turn" | "model">;

/** The same take with another model is another job: it waits in that one's queue, with all of its tries. */
export function takeJob({ id, turn, model }: TakeTurn): Job<"take.render"> {
  return {
    id: `take.${id}.${model}`,
    name: "take.render",
    payload: { v: 2, take: id, model },
    platform: undefined,
    model,
    turn,
    delayMs: 0,
  };
}

export function gridJob(round: RoundId): Job<"grid.compose"> {
  return {
    id: `grid.${round}`,
    name: "grid.compose",
    payload: { v: 1, round },
    platform: undefined,
    model: undefined,
    turn: 0,
    delayMs: 0,
  };
}

/** The same for a round whose grid job still waits, for jobs of takes that have ended: it waits for none. */
export function lateGridJob(round: RoundId): Job<"grid.compose"> {
  return { ...gridJob(round), id: `${gridJob(round).id}.late` };
}

/** The same job in the queue of another model, where somebody takes it. */
export function inQueueOf(job: Job, model: ModelName): Job {
  return { ...job, model };
}

export function finalJob({ id, model }: Pick<Final, "id" | "model">, turn: number): JobTree {
  return {
    job: {
      id: `final.${id}.${model}`,
      name: "final.render",
      payload: { v: 2, final: id, model },
      platform: undefined,
      model,
      turn,
      delayMs: 0,
    },
    children: [],
  };
}

/** One job a version of the post, so that a change while an older version is being shown is not lost. */
export function deliverJob(post: PostId, version: number, channel: ChannelRef): JobTree {
  return {
    job: {
      id: `post.${post}.${version}`,
      name: "post.deliver",
      payload: { v: 1, post },
      platform: platformOf(channel),
      model: undefined,
      turn: 0,
      delayMs: 0,
    },
    children: [],
  };
}
