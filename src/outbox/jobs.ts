import {
  type ChannelRef,
  type FinalId,
  type PostId,
  platformOf,
  type RoundId,
  type TakeId,
} from "../core/ids.ts";
import type { Job, JobTree } from "../ports/jobs.ts";

// The jobs, with the ids that make them repeatable. A job that belongs to nobody's turn goes first:
// it is short, and people are looking at it.

export function roundJobs(
  round: RoundId,
  takes: readonly { readonly id: TakeId; readonly turn: number }[],
): JobTree {
  return { job: gridJob(round), children: takes.map((take) => takeJob(take.id, take.turn)) };
}

export function takeJob(take: TakeId, turn: number): Job<"take.render"> {
  return {
    id: `take.${take}`,
    name: "take.render",
    payload: { v: 1, take },
    platform: undefined,
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
    turn: 0,
    delayMs: 0,
  };
}

export function finalJob(final: FinalId, turn: number): JobTree {
  return {
    job: {
      id: `final.${final}`,
      name: "final.render",
      payload: { v: 1, final },
      platform: undefined,
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
      turn: 0,
      delayMs: 0,
    },
    children: [],
  };
}
