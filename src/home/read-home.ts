import type { ChannelRef, UserRef, WorkspaceRef } from "../core/ids.ts";
import type { Ask, Gate } from "../gate/gate.ts";
import type { Undecided, UnderWay } from "../ports/home.ts";
import type { Balance } from "../ports/ledger.ts";
import type { Clock } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";

/** What a person has under way in a workspace, what waits for them, and the budgets that they manage. */
export interface HomeView {
  /** The newest first, of at most `CONCEPTS_MAX` concepts. */
  readonly underWay: readonly UnderWay[];
  /** Other people's, that this person may decide about. The newest first, at most `DECISIONS_MAX`. */
  readonly decisions: readonly Undecided[];
  /** The most recently used first, at most `BUDGETS_MAX`. */
  readonly budgets: readonly { readonly channel: ChannelRef; readonly balance: Balance }[];
  /** How many budgets more, among the channels that were looked at. */
  readonly moreBudgets: number;
  readonly at: Date;
}

export type ReadHome = (workspace: WorkspaceRef, person: UserRef) => Promise<HomeView>;

export interface ReadHomeParts {
  readonly database: Database;
  readonly gate: Gate;
  readonly clock: Clock;
}

const CONCEPTS_MAX = 10;
const DECISIONS_MAX = 10;
const BUDGETS_MAX = 20;
/** How many of a workspace's finals and channels are looked at for those that are this person's, the newest first. */
const UNDECIDED_MAX = 100;
const CHANNELS_MAX = 100;

export function createReadHome(parts: ReadHomeParts): ReadHome {
  return async (workspace, person) => {
    const { home, ledger } = parts.database.records;
    const at = parts.clock();
    const managed = await managedChannels(parts, workspace, person);
    const budgets = [];
    for (const { ref, account } of managed.slice(0, BUDGETS_MAX)) {
      budgets.push({ channel: ref, balance: await ledger.balance(account, at) });
    }
    return {
      underWay: await home.underWay(workspace, person, CONCEPTS_MAX),
      decisions: await decisionsOf(parts, workspace, person),
      budgets,
      moreBudgets: managed.length - budgets.length,
      at,
    };
  };
}

async function managedChannels({ database, gate }: ReadHomeParts, workspace: WorkspaceRef, person: UserRef) {
  const managed = [];
  for (const channel of await database.records.channels.list(workspace, CHANNELS_MAX)) {
    const permit = await gate.check({ verb: "change_budget", person, channel, requester: undefined });
    if (permit.status === "permitted") managed.push(permit.channel);
  }
  return managed;
}

async function decisionsOf(
  { database, gate }: ReadHomeParts,
  workspace: WorkspaceRef,
  person: UserRef,
): Promise<readonly Undecided[]> {
  const decisions: Undecided[] = [];
  const decides = new Map<ChannelRef, boolean>();
  for (const final of await database.records.home.undecided(workspace, UNDECIDED_MAX)) {
    const { channel, requester } = final;
    // One's own is among what one has under way.
    if (requester === person) continue;
    // Asked once a channel: who decides about somebody else's final there decides about anybody else's.
    const mayDecide =
      decides.get(channel) ?? (await isPermitted(gate, { verb: "decide", person, channel, requester }));
    decides.set(channel, mayDecide);
    if (mayDecide) decisions.push(final);
    if (decisions.length === DECISIONS_MAX) break;
  }
  return decisions;
}

async function isPermitted(gate: Gate, ask: Ask): Promise<boolean> {
  return (await gate.check(ask)).status === "permitted";
}
