import type { AssetId, ChannelRef, FinalId, RoundId, TakeId, WorkspaceRef } from "../core/ids.ts";

/** What Draftroom was taken out of, or what was deleted: a workspace with all its channels, or one channel. */
export type Departed = WorkspaceRef | ChannelRef;

export interface DepartureStore {
  /** It left at that time. The latest leaving is the one that counts. */
  left(departed: Departed, at: Date): Promise<void>;
  /** It is back: what is there of it stays. */
  returned(departed: Departed): Promise<void>;
  /**
   * Takes back the leaving of workspaces in which a round or final was started more than `afterMs` milliseconds
   * after it, and of channels in which one was that their platform has shown.
   */
  disproved(afterMs: number): Promise<readonly Departed[]>;
  /** Those that left by then, the earliest first. */
  before(at: Date, limit: number): Promise<readonly Departed[]>;
  /** Work that was asked for before its workspace or channel left, and has not begun. */
  waiting(limit: number): Promise<WaitingWork>;
}

export interface WaitingWork {
  readonly takes: readonly TakeId[];
  readonly finals: readonly FinalId[];
}

/** Takes away what is kept of what left, and the assets that nothing names. */
export interface RemainsStore {
  /**
   * Takes away every row of one channel of what left by `leftBy`, the money too: all of them or none, so that the books add up at any moment. `not_due`: it came back, or left again later.
   * `nothing_left`: that was the last one, and the leaving itself is forgotten. Call it in a transaction
   * which remembers by `doom` what it says.
   */
  takeChannel(departed: Departed, leftBy: Date): Promise<TakenChannel>;
  /** Pictures that people sent before that time and that no round goes by. */
  unused(sentBefore: Date, limit: number): Promise<readonly AssetId[]>;
  /** The assets are to be deleted, once at each of these times. Repeatable. */
  doom(assets: readonly AssetId[], dueAt: readonly Date[]): Promise<void>;
  /** The earliest first. */
  doomed(by: Date, limit: number): Promise<readonly DoomedAsset[]>;
  /** Their bytes are deleted; this deletes their rows. */
  deleted(assets: readonly DoomedAsset[]): Promise<void>;
}

export type TakenChannel =
  | { readonly status: "taken"; readonly remains: Remains }
  | { readonly status: "nothing_left" | "not_due" };

/** The names under which bytes of a channel may be kept. */
export interface Remains {
  readonly rounds: readonly RoundId[];
  readonly takes: readonly TakeId[];
  readonly finals: readonly FinalId[];
  /** Those that its rows name, and the pictures that people sent. */
  readonly assets: readonly AssetId[];
}

export interface DoomedAsset {
  readonly asset: AssetId;
  readonly dueAt: Date;
}
