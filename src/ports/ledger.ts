import type { Credits } from "../core/credits.ts";
import type { AccountId, ChannelRef, ReservationId, UserRef } from "../core/ids.ts";
import type { Tier } from "../core/recipe.ts";

/**
 * Two-phase credits: reserve, then spend or release, exactly once. Entries are append-only, ids come
 * from the caller, and every call may be repeated with the same id.
 *
 * A budget runs in periods. What a period was charged, it gets back: a release after the period has
 * rolled over goes to the old one. Unused allowance lapses with its period; unused grants carry over,
 * also those that come back later.
 */
export interface Ledger {
  grant(grant: Grant): Promise<GrantResult>;
  /** All holds or none. */
  reserve(order: ReserveOrder): Promise<ReserveResult>;
  /** Spends up to the reserved amount, or all of it when `amount` is undefined. The rest becomes available again. */
  spend(id: ReservationId, amount: Credits | undefined, at: Date): Promise<SettleResult>;
  release(id: ReservationId, reason: string, at: Date): Promise<SettleResult>;
  /**
   * Makes the current period's allowance `amount` and lets it recur. What is used stays used; an
   * allowance below that leaves nothing available.
   */
  setAllowance(order: AllowanceOrder): Promise<"set" | "exists">;
  freeze(account: AccountId, by: UserRef, at: Date): Promise<"frozen" | "already_frozen">;
  unfreeze(account: AccountId): Promise<"unfrozen" | "not_frozen">;
  balance(account: AccountId, at: Date): Promise<Balance>;
  /** The newest first. */
  entries(account: AccountId, limit: number): Promise<readonly Entry[]>;
  /** What is held now, by the work that holds it, oldest first. */
  holds(account: AccountId): Promise<readonly Hold[]>;
  /** Who spent most in the current period, most first. */
  spenders(account: AccountId, limit: number): Promise<readonly Spender[]>;
  /** Reservations held past their time, oldest first. */
  overdue(at: Date, limit: number): Promise<readonly Overdue[]>;
}

/** Invariant, also a check of the table: `granted = available + reserved + spent`. Of the current period. */
export interface Balance {
  readonly granted: Credits;
  readonly available: Credits;
  readonly reserved: Credits;
  readonly spent: Credits;
  readonly allowance: Credits;
  readonly recurs: Recurrence | undefined;
  /** When the next period starts; undefined when the budget does not recur. */
  readonly resetsAt: Date | undefined;
  readonly frozenBy: UserRef | undefined;
}

export const PERIODS = ["day", "week", "month"] as const;
export type Period = (typeof PERIODS)[number];

/** Periods start at midnight in the time zone: of each day, of Monday, of the 1st. */
export interface Recurrence {
  readonly every: Period;
  /** An IANA name, such as `Europe/Madrid`. */
  readonly timeZone: string;
}

export interface Grant {
  readonly id: string;
  readonly account: AccountId;
  readonly amount: Credits;
  readonly by: UserRef;
  readonly memo: string;
  readonly at: Date;
}
export type GrantResult =
  | { readonly status: "granted" }
  | { readonly status: "exists" }
  | { readonly status: "exists_with_different_amount"; readonly amount: Credits };

export interface ReserveOrder {
  readonly account: AccountId;
  readonly holds: readonly { readonly id: ReservationId; readonly amount: Credits }[];
  readonly tier: Tier;
  /** The round or final that the credits are for. */
  readonly subject: string;
  readonly channel: ChannelRef;
  readonly person: UserRef;
  readonly memo: string;
  readonly at: Date;
  /** Later than the work's whole retry ladder. */
  readonly expiresAt: Date;
}
export type ReserveResult =
  | { readonly status: "reserved"; readonly available: Credits }
  | { readonly status: "exists" }
  | { readonly status: "exists_with_different_amount" }
  | { readonly status: "frozen"; readonly by: UserRef }
  | {
      readonly status: "insufficient";
      readonly available: Credits;
      readonly needed: Credits;
      readonly resetsAt: Date | undefined;
    };

export type SettleResult =
  | { readonly status: "spent" | "released" }
  | { readonly status: "already_spent" | "already_released" | "not_found" }
  | { readonly status: "exceeds_reservation"; readonly reserved: Credits };

export interface AllowanceOrder {
  readonly id: string;
  readonly account: AccountId;
  readonly amount: Credits;
  readonly recurs: Recurrence;
  readonly by: UserRef;
  readonly at: Date;
}

export interface Entry {
  readonly at: Date;
  readonly kind: EntryKind;
  readonly id: string;
  readonly amount: Credits;
  readonly period: number;
  readonly person: UserRef | undefined;
  readonly memo: string;
}
/** `carry_*` moves unused grants to the next period; `cut` lowers an allowance. */
export type EntryKind =
  | "grant"
  | "allowance"
  | "cut"
  | "carry_in"
  | "carry_out"
  | "reserve"
  | "spend"
  | "release";

export interface Hold {
  readonly subject: string;
  readonly tier: Tier;
  readonly person: UserRef;
  readonly amount: Credits;
  readonly since: Date;
}
export interface Spender {
  readonly person: UserRef;
  readonly spent: Credits;
}
export interface Overdue {
  readonly id: ReservationId;
  readonly tier: Tier;
  readonly subject: string;
}
