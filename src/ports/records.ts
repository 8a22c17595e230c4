import type { Asset } from "../core/asset.ts";
import type { Credits } from "../core/credits.ts";
import type { FailureKind } from "../core/failure.ts";
import type { Decision, Final } from "../core/final.ts";
import type {
  AccountId,
  AssetId,
  ChannelRef,
  ConceptId,
  EventId,
  FinalId,
  MemberRef,
  PostId,
  RoundId,
  TakeId,
  UserRef,
  WorkspaceRef,
} from "../core/ids.ts";
import type { ModelName, ModelSpec } from "../core/model.ts";
import type { Tier } from "../core/recipe.ts";
import type { Role } from "../core/roles.ts";
import type { InsteadOf, Round, RoundOrder, RoundOrigin, Vote } from "../core/round.ts";
import type { Place } from "./chat.ts";
import type { HomeStore } from "./home.ts";
import type { Ledger } from "./ledger.ts";
import type { BreakerStore, CallStore } from "./model-records.ts";
import type { PostStore, ReactionStore } from "./posts.ts";
import type { DepartureStore, RemainsStore } from "./retention.ts";
import type { InboxStore, OutboxStore, TurnStore } from "./work.ts";

/** What Draftroom remembers. Every call of one `Records` value sees, and belongs to, the same transaction (or none). */
export interface Records {
  readonly ledger: Ledger;
  readonly channels: ChannelStore;
  readonly rounds: RoundStore;
  readonly finals: FinalStore;
  readonly posts: PostStore;
  readonly reactions: ReactionStore;
  readonly assets: AssetStore;
  readonly calls: CallStore;
  readonly breakers: BreakerStore;
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly turns: TurnStore;
  readonly home: HomeStore;
  readonly departures: DepartureStore;
  readonly remains: RemainsStore;
}

export interface Database {
  /** Each call on its own. */
  readonly records: Records;
  /**
   * All of the work or nothing: a rejection, or a call of `undo` with the value to return, takes it
   * back. Await nothing but `records` inside: on the embedded database there is one session, and
   * anything else that needs it would wait for ever.
   */
  transact<T>(work: (records: Records, undo: (value: T) => never) => Promise<T>): Promise<T>;
}

export interface ChannelStore {
  find(channel: ChannelRef): Promise<ChannelRecord | undefined>;
  /** Those of a workspace, the most recently used first. */
  list(workspace: WorkspaceRef, limit: number): Promise<readonly ChannelRef[]>;
  /** The workspaces of a platform that have channels here and are not known to have left. */
  workspaces(platform: string): Promise<readonly WorkspaceRef[]>;
  /** Opens the channel with its own account and starting credits when it is new. */
  open(channel: ChannelRef, startCredits: Credits, at: Date): Promise<ChannelRecord>;
  /** Replaces the list of a role; undefined goes back to the platform's settings. */
  setRole(
    channel: ChannelRef,
    role: Role,
    people: readonly MemberRef[] | undefined,
    by: UserRef,
    at: Date,
  ): Promise<void>;
  /** Sets the model of a tier; undefined goes back to the first of the settings. */
  setModel(
    channel: ChannelRef,
    tier: Tier,
    model: ModelName | undefined,
    by: UserRef,
    at: Date,
  ): Promise<void>;
  /** Whether advice is given in a channel at all. */
  setAdvice(channel: ChannelRef, isOn: boolean, by: UserRef, at: Date): Promise<void>;
  /** A person wants none there. */
  dismissAdvice(channel: ChannelRef, person: UserRef, at: Date): Promise<void>;
  hasDismissedAdvice(channel: ChannelRef, person: UserRef): Promise<boolean>;
}

export interface ChannelRecord {
  readonly ref: ChannelRef;
  readonly account: AccountId;
  /** Undefined: nobody has set the list here. */
  readonly directors: readonly MemberRef[] | undefined;
  readonly managers: readonly MemberRef[] | undefined;
  /** Which models were set here: they may not be there any more. */
  readonly models: Readonly<Record<Tier, ModelName | undefined>>;
  readonly isAdviceOn: boolean;
}

export interface NewRound {
  readonly id: RoundId;
  readonly event: EventId;
  /** An existing concept, or undefined to begin one with `newConcept`. */
  readonly concept: ConceptId | undefined;
  readonly newConcept: ConceptId;
  readonly requester: UserRef;
  readonly order: RoundOrder;
  readonly origin: RoundOrigin;
  readonly model: ModelName;
  readonly takePrice: Credits;
  readonly place: Place;
  readonly post: PostId;
  /** Until when the answer to the event may become its post: as `sending`, and held for it. Undefined: the post waits. */
  readonly answerBy: Date | undefined;
  readonly takes: readonly {
    readonly id: TakeId;
    readonly number: number;
    readonly seed: number;
    readonly turn: number;
  }[];
  readonly at: Date;
}

export interface RoundStore {
  /** Records the round, its takes, its post and, for a new idea, its concept. `exists`: this event has made its round already. */
  start(
    round: NewRound,
  ): Promise<{ readonly status: "started" } | { readonly status: "exists"; readonly round: RoundId }>;
  find(id: RoundId): Promise<Round | undefined>;
  findTake(id: TakeId): Promise<TakeWork | undefined>;
  /** A take's work begins: `first` moves its round from `queued` to `rendering`. `ended`: there is nothing left to do. */
  beginTake(id: TakeId, at: Date): Promise<"first" | "begun" | "ended">;
  /** False when the take has ended already. */
  takeMade(id: TakeId, asset: AssetId, at: Date): Promise<boolean>;
  takeFailed(id: TakeId, failure: FailureKind, at: Date): Promise<boolean>;
  /** Another model makes it now: it waits again. False when the take has ended already, or `from` has it no more. */
  passTake(id: TakeId, pass: Pass, at: Date): Promise<boolean>;
  /** A person wants it no more: `queued → failed`. False when it has begun or ended. */
  dropTake(id: TakeId, at: Date): Promise<boolean>;
  /** `queued | rendering → choosing`. */
  offer(id: RoundId, grid: AssetId, at: Date): Promise<boolean>;
  /** The takes are made, but they do not become a grid, for now. False when the round has ended already. */
  trouble(id: RoundId, trouble: FailureKind, at: Date): Promise<boolean>;
  /** `queued | rendering → failed`. */
  fail(id: RoundId, failure: FailureKind, at: Date): Promise<boolean>;
  /** `choosing → closed`. */
  close(id: RoundId, final: FinalId, at: Date): Promise<boolean>;
  /** `closed → choosing`, when that final came to nothing. */
  reopen(id: RoundId, final: FinalId, at: Date): Promise<boolean>;
  vote(id: RoundId, person: UserRef, number: number, at: Date): Promise<void>;
  unvote(id: RoundId, person: UserRef, number: number): Promise<void>;
  /** The earliest first. */
  votes(id: RoundId): Promise<readonly Vote[]>;
  /** Which models takes and finals wait for that have not ended. */
  modelsAtWork(): Promise<readonly Pick<ModelSpec, "tier" | "name">[]>;
  /** Unfinished and unchanged since, oldest first. */
  stale(before: Date, limit: number): Promise<readonly RoundId[]>;
  /** It was looked at, and is alive: not stale for now. */
  alive(id: RoundId, at: Date): Promise<void>;
}

/** From the model that has the work now to another. */
export interface Pass {
  readonly from: ModelName;
  readonly to: ModelName;
  /** What to say about it: the model that was asked first. */
  readonly insteadOf: InsteadOf;
}

/** A take and what is needed to make it. */
export interface TakeWork {
  readonly id: TakeId;
  readonly round: Round;
  readonly number: number;
  readonly seed: number;
  readonly turn: number;
  readonly model: ModelName;
  readonly insteadOf: InsteadOf | undefined;
  readonly status: "queued" | "rendering" | "made" | "failed";
}

export interface NewFinal {
  readonly id: FinalId;
  readonly round: RoundId;
  readonly take: TakeId;
  readonly seed: number;
  readonly size: Final["size"];
  readonly model: ModelName;
  readonly price: Credits;
  readonly pickedBy: UserRef;
  readonly post: PostId;
  readonly turn: number;
  readonly at: Date;
}

export interface FinalStore {
  /** Records the final and its post, which stands in the thread of the concept. */
  start(final: NewFinal): Promise<void>;
  find(id: FinalId): Promise<Final | undefined>;
  turnOf(id: FinalId): Promise<number>;
  /** How many finals of a take have come, whatever was decided about them. */
  madeOf(take: TakeId): Promise<number>;
  /** The posts of a round's finals that were sent back. */
  sentBack(round: RoundId): Promise<readonly PostId[]>;
  /** `queued → rendering`. False when the final has ended already. */
  begin(id: FinalId, at: Date): Promise<boolean>;
  /** `queued | rendering → delivered`. */
  deliver(id: FinalId, asset: AssetId, preview: AssetId, at: Date): Promise<boolean>;
  fail(id: FinalId, failure: FailureKind, at: Date): Promise<boolean>;
  /** Another model makes it now: it waits again. False when the final has ended already, or `from` has it no more. */
  pass(id: FinalId, pass: Pass, at: Date): Promise<boolean>;
  /** A person wants it no more: `queued → failed`. False when it has begun or ended. */
  drop(id: FinalId, at: Date): Promise<boolean>;
  /** `delivered → approved | sent_back`. */
  decide(id: FinalId, decision: Decision, by: UserRef, at: Date): Promise<boolean>;
  stale(before: Date, limit: number): Promise<readonly FinalId[]>;
  alive(id: FinalId, at: Date): Promise<void>;
}

export interface AssetStore {
  /** Repeatable. */
  add(asset: Asset, at: Date): Promise<void>;
  find(id: AssetId): Promise<Asset | undefined>;
}
