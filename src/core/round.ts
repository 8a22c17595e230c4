import type { Credits } from "./credits.ts";
import type { FailureKind } from "./failure.ts";
import type { AssetId, ChannelRef, ConceptId, FinalId, PostId, RoundId, TakeId, UserRef } from "./ids.ts";
import type { Keep } from "./keep.ts";
import type { ModelName } from "./model.ts";
import type { Aspect, Size } from "./recipe.ts";

export const TAKES_MAX = 16;
export const TAKES_DEFAULT = 4;
/** More pictures to go by than that, and a model follows none of them. */
export const REFERENCES_MAX = 4;

/** One idea being worked on. Its thread hangs under the post of its first round. */
export interface Concept {
  readonly id: ConceptId;
  readonly channel: ChannelRef;
  readonly requester: UserRef;
  readonly rootPost: PostId;
}

/** What a round was asked to make. */
export interface RoundOrder {
  readonly prompt: string;
  /** The seed of take 1; take n has `seed + n - 1`, modulo 2^32. */
  readonly seed: number;
  readonly aspect: Aspect;
  readonly count: number;
  /** The size of the final to come. */
  readonly finalSize: Size;
  /** How closely it is to follow its take. */
  readonly keep: Keep;
  /** Pictures to go by, at most `REFERENCES_MAX`. */
  readonly references: readonly AssetId[];
}

/** Where a round came from. */
export type RoundOrigin =
  | { readonly kind: "draft" }
  | { readonly kind: "reroll"; readonly of: RoundId }
  /** The recipe of an asset, used again. */
  | { readonly kind: "like"; readonly of: AssetId }
  | { readonly kind: "vary"; readonly of: TakeId; readonly number: number };

export interface Round {
  readonly id: RoundId;
  readonly concept: Concept;
  /** 1 for the first round of its concept. */
  readonly number: number;
  readonly requester: UserRef;
  readonly order: RoundOrder;
  readonly origin: RoundOrigin;
  /** Which one was asked. */
  readonly model: ModelName;
  /** What each take was held for. */
  readonly takePrice: Credits;
  readonly post: PostId;
  readonly createdAt: Date;
  /** As many as were ordered, by number. */
  readonly takes: readonly Take[];
  readonly state: RoundState;
}

export type RoundState =
  | { readonly status: "queued" }
  /** `trouble`: the takes are made, but the grid is not, for now. */
  | { readonly status: "rendering"; readonly trouble: FailureKind | undefined }
  | { readonly status: "choosing"; readonly grid: AssetId }
  | { readonly status: "closed"; readonly grid: AssetId; readonly final: FinalId }
  | { readonly status: "failed"; readonly failure: FailureKind };
export type RoundStatus = RoundState["status"];

export interface Take {
  readonly id: TakeId;
  readonly round: RoundId;
  /** From 1. */
  readonly number: number;
  readonly seed: number;
  /** Its place in the fair order. */
  readonly turn: number;
  /** Which one makes it. */
  readonly model: ModelName;
  readonly insteadOf: InsteadOf | undefined;
  readonly state: TakeState;
}

/** The model that could not, and why. Another has the work now. */
export interface InsteadOf {
  readonly model: ModelName;
  readonly because: FailureKind;
}

export type TakeState =
  | { readonly status: "queued" }
  | { readonly status: "rendering" }
  | { readonly status: "made"; readonly asset: AssetId }
  | { readonly status: "failed"; readonly failure: FailureKind };

/** A person's number on a grid. One each. */
export interface Vote {
  readonly person: UserRef;
  readonly number: number;
}

/** The single number with the most votes; undefined when there is none or a tie. */
export function soleLeader(votes: readonly Vote[]): number | undefined {
  const counts = new Map<number, number>();
  for (const vote of votes) counts.set(vote.number, (counts.get(vote.number) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const leaders = [...counts].filter(([, count]) => count === most);
  return leaders.length === 1 ? leaders[0]?.[0] : undefined;
}
