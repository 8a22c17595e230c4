import type { Round } from "../core/round.ts";
import type { Denial, Permit } from "../gate/gate.ts";
import { type StartFinalParts, startFinal } from "./start-final.ts";
import { type FirstPick, whoWasFirst } from "./who-was-first.ts";

export type PickTake = (round: Round, number: number, permit: Permit) => Promise<PickResult>;

export type PickResult =
  | FirstPick
  | { readonly status: "no_such_take"; readonly count: number }
  | { readonly status: "take_failed" }
  | Denial;

/** A take is chosen for finishing: the first to get here is the one; everybody after hears who it was. */
export function createPickTake(parts: StartFinalParts): PickTake {
  return async (round, number, permit) => {
    const take = round.takes.find((each) => each.number === number);
    if (take === undefined) return { status: "no_such_take", count: round.order.count };
    if (take.state.status === "failed") return { status: "take_failed" };
    const wish = { round, take, permit };
    const result = await parts.database.transact<PickResult>(async (records, undo) => {
      const started = await startFinal(parts, records, wish);
      if (started.status === "picked") return started;
      return undo(started.status === "denied" ? started : await whoWasFirst(records, wish));
    });
    if (result.status === "picked") parts.poke();
    return result;
  };
}
