import type { Decision, Final } from "../core/final.ts";
import type { EventId } from "../core/ids.ts";
import type { Round } from "../core/round.ts";
import type { Denial, Permit } from "../gate/gate.ts";
import type { Records } from "../ports/records.ts";
import type { DecideResult } from "./decide-final.ts";
import { type StartFinalParts, startFinal } from "./start-final.ts";
import { type FirstPick, whoWasFirst } from "./who-was-first.ts";

export type RedoFinal = (redo: Redo) => Promise<RedoResult>;

export interface Redo {
  readonly event: EventId;
  readonly final: Final;
  readonly round: Round;
  /** To pick. */
  readonly permit: Permit;
}

export type RedoResult =
  | FirstPick
  | Exclude<DecideResult, { readonly status: "decided" }>
  | Denial
  /** This event has done it before. */
  | { readonly status: "nothing" };

/**
 * Sends a final back and has its take finished once more, both or neither: without the credits for
 * another, the one that is there stays. One that was sent back before is made again while its grid is
 * open.
 */
export function createRedoFinal(parts: StartFinalParts): RedoFinal {
  return async (redo) => {
    const { event, final, round, permit } = redo;
    const take = round.takes.find((each) => each.id === final.take);
    if (take === undefined) throw new Error(`final ${final.id} is of no take of its round`);
    const wish = { round, take, permit };
    const at = parts.clock();
    const result = await parts.database.transact<RedoResult>(async (records, undo) => {
      // A final that was sent back stays so: only the event can tell a late repeat from another wish.
      if (!(await records.inbox.admit(event, at))) return { status: "nothing" };
      const back = await sendBack(records, redo, at);
      if (back.status !== "sent_back") return undo(back);
      const started = await startFinal(parts, records, wish);
      if (started.status === "picked") return started;
      return undo(started.status === "denied" ? started : await whoWasFirst(records, wish));
    });
    if (result.status === "picked") parts.poke();
    return result;
  };
}

const WITHOUT_WORDS: Decision = { status: "sent_back", because: undefined };

/** Sent back by this person now, or before by anybody. */
async function sendBack(
  records: Records,
  { final, round, permit }: Redo,
  at: Date,
): Promise<{ readonly status: "sent_back" } | Exclude<DecideResult, { readonly status: "decided" }>> {
  if (await records.finals.decide(final.id, WITHOUT_WORDS, permit.person, at)) {
    await records.rounds.reopen(round.id, final.id, at);
  } else {
    const { state } = (await records.finals.find(final.id)) ?? final;
    if (state.status === "approved") return { status: "already_decided", decision: "approved", by: state.by };
    if (state.status !== "sent_back") return { status: "nothing_to_decide" };
  }
  return { status: "sent_back" };
}
