import type { Credits } from "../core/credits.ts";
import type { ChannelRef, MemberRef, ReservationId, UserRef } from "../core/ids.ts";
import type { Tier } from "../core/recipe.ts";
import { type Approval, approvalOf, type Staff } from "../core/roles.ts";
import type { Clock } from "../ports/log.ts";
import type { ChannelRecord, Database, Records } from "../ports/records.ts";
import { type IsIn, isAmong } from "./is-among.ts";

/** Everything that a person can ask for. */
export type Verb =
  | "draft"
  | "vote"
  | "reroll"
  | "vary"
  | "cancel"
  | "pick"
  | "decide"
  | "read_budget"
  | "change_budget";

export interface Ask {
  readonly verb: Verb;
  readonly person: UserRef;
  readonly channel: ChannelRef;
  /** Whose round or final it is about; undefined for verbs that are about none. */
  readonly requester: UserRef | undefined;
}

/** Who has what to say in a channel. */
export interface Standing {
  readonly channel: ChannelRecord;
  readonly staff: Staff;
  readonly approval: Approval;
}

declare const passed: unique symbol;
/** Proof that the gate was asked. Only the gate makes one, and only a permit can be charged. */
export interface Permit extends Standing {
  readonly status: "permitted";
  readonly verb: Verb;
  readonly person: UserRef;
  readonly [passed]: true;
}

/** Why not, with what is needed to say the next step. */
export type Denial = { readonly status: "denied"; readonly managers: readonly MemberRef[] } & (
  | { readonly reason: "directors_only"; readonly directors: readonly MemberRef[] }
  | { readonly reason: "requester_only"; readonly requester: UserRef }
  | {
      readonly reason: "requester_or_directors";
      readonly requester: UserRef;
      readonly directors: readonly MemberRef[];
    }
  | { readonly reason: "managers_only" }
  | { readonly reason: "frozen"; readonly by: UserRef }
  | {
      readonly reason: "insufficient";
      readonly available: Credits;
      readonly needed: Credits;
      readonly resetsAt: Date | undefined;
      /** The budget's own. */
      readonly timeZone: string | undefined;
    }
);

export interface Charge {
  readonly holds: readonly { readonly id: ReservationId; readonly amount: Credits }[];
  readonly tier: Tier;
  readonly subject: string;
  readonly memo: string;
}

export interface Charged {
  readonly status: "charged";
  /** What is left in the budget. */
  readonly available: Credits;
}

/**
 * The one gate: policy, roles and budget are asked here, whichever way a verb came in. `check` asks
 * who may; `charge` asks the budget, within the transaction that records the work.
 */
export interface Gate {
  /** Who directs and manages there. Opens nothing: the channel may be new. */
  staff(channel: ChannelRef): Promise<Staff>;
  standing(channel: ChannelRef): Promise<Standing>;
  check(ask: Ask): Promise<Permit | Denial>;
  /** Holds the credits, or says why not: the transaction is then to be undone. */
  charge(records: Records, permit: Permit, charge: Charge): Promise<Charged | Denial>;
}

export interface GateParts {
  readonly database: Database;
  /** Who directs and manages by the platform's own settings. */
  readonly staffOf: (channel: ChannelRef) => Promise<Staff>;
  readonly isIn: IsIn;
  readonly startCredits: Credits;
  /** How long a hold lives, in milliseconds: longer than a job's whole retry ladder. */
  readonly holdMs: number;
  readonly clock: Clock;
}

export function createGate(parts: GateParts): Gate {
  async function standing(ref: ChannelRef): Promise<Standing> {
    const platform = await parts.staffOf(ref);
    const channel = await parts.database.records.channels.open(ref, parts.startCredits, parts.clock());
    const staff = together(platform, channel);
    return { channel, staff, approval: approvalOf(staff) };
  }

  return {
    standing,
    async staff(ref) {
      const platform = await parts.staffOf(ref);
      return together(platform, await parts.database.records.channels.find(ref));
    },
    async check(ask) {
      const here = await standing(ask.channel);
      const denial = await roleDenial(ask, here, parts.isIn);
      if (denial) return denial;
      // The only place that makes a permit.
      return { ...here, status: "permitted", verb: ask.verb, person: ask.person } as Permit;
    },

    async charge(records, permit, charge) {
      const at = parts.clock();
      const { managers } = permit.staff;
      const reserved = await records.ledger.reserve({
        ...charge,
        account: permit.channel.account,
        channel: permit.channel.ref,
        person: permit.person,
        at,
        expiresAt: new Date(at.getTime() + parts.holdMs),
      });
      switch (reserved.status) {
        case "reserved":
          return { status: "charged", available: reserved.available };
        case "exists": {
          const { available } = await records.ledger.balance(permit.channel.account, at);
          return { status: "charged", available };
        }
        case "frozen":
          return { status: "denied", reason: "frozen", by: reserved.by, managers };
        case "insufficient": {
          const { available, needed, resetsAt } = reserved;
          const timeZone = (await records.ledger.balance(permit.channel.account, at)).recurs?.timeZone;
          return {
            status: "denied",
            reason: "insufficient",
            available,
            needed,
            resetsAt,
            timeZone,
            managers,
          };
        }
        case "exists_with_different_amount":
          throw new Error(`one reservation, two amounts: ${charge.subject}`);
      }
    },
  };
}

/** A list that was set here counts instead of the platform's. */
function together(platform: Staff, channel: ChannelRecord | undefined): Staff {
  return {
    directors: channel?.directors ?? platform.directors,
    managers: channel?.managers ?? platform.managers,
  };
}

async function roleDenial(ask: Ask, { staff, approval }: Standing, isIn: IsIn): Promise<Denial | undefined> {
  const { directors, managers } = staff;
  const isRequester = ask.person === ask.requester;
  const denied = { status: "denied", managers } as const;
  switch (ask.verb) {
    case "draft":
    case "vote":
    case "read_budget":
      return undefined;
    case "change_budget":
      return (await isAmong(managers, ask.person, isIn)) ? undefined : { ...denied, reason: "managers_only" };
    case "reroll":
    case "vary":
    case "cancel":
      if (isRequester || (await isAmong(directors, ask.person, isIn))) return undefined;
      return { ...denied, reason: "requester_or_directors", requester: about(ask), directors };
    case "pick":
    case "decide":
      if (approval === "director") {
        const isDirector = await isAmong(directors, ask.person, isIn);
        return isDirector ? undefined : { ...denied, reason: "directors_only", directors };
      }
      return isRequester ? undefined : { ...denied, reason: "requester_only", requester: about(ask) };
  }
}

function about(ask: Ask): UserRef {
  if (ask.requester === undefined) throw new Error(`${ask.verb} is about somebody's round`);
  return ask.requester;
}
