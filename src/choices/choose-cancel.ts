import { type Credits, credits } from "../core/credits.ts";
import type { Final } from "../core/final.ts";
import type { UserRef } from "../core/ids.ts";
import type { Round } from "../core/round.ts";
import type { CancelFinal } from "../finals/cancel-final.ts";
import type { Denial, Gate } from "../gate/gate.ts";
import type { CancelRound } from "../rounds/cancel-round.ts";

export type Cancelled =
  /** `stopped`: takes that are not made. `underWay`: those that are all the same. `returned`: the credits of the former. */
  | {
      readonly status: "round_cancelled";
      readonly stopped: number;
      readonly underWay: number;
      readonly returned: Credits;
    }
  | { readonly status: "final_cancelled"; readonly returned: Credits }
  /** What is left of it is being made, and is paid for anyway. */
  | { readonly status: "under_way" }
  /** It is over. */
  | { readonly status: "too_late" }
  /** It was cancelled before. */
  | { readonly status: "nothing" }
  | Denial;

export interface ChooseCancelParts {
  readonly gate: Gate;
  readonly cancelRound: CancelRound;
  readonly cancelFinal: CancelFinal;
}

export async function chooseCancelRound(
  parts: ChooseCancelParts,
  person: UserRef,
  round: Round,
): Promise<Cancelled> {
  const { channel } = round.concept;
  const permit = await parts.gate.check({ verb: "cancel", person, channel, requester: round.requester });
  if (permit.status === "denied") return permit;
  const result = await parts.cancelRound(round, permit);
  if (result.status === "cancelled") {
    const { stopped, underWay } = result;
    return { status: "round_cancelled", stopped, underWay, returned: credits(round.takePrice * stopped) };
  }
  if (isCancelled(round)) return { status: "nothing" };
  const isAtWork = round.takes.some(({ state }) => state.status === "rendering");
  return { status: isAtWork ? "under_way" : "too_late" };
}

/** Whoever picked has asked for the final. */
export async function chooseCancelFinal(
  parts: ChooseCancelParts,
  person: UserRef,
  { final, round }: { readonly final: Final; readonly round: Round },
): Promise<Cancelled> {
  const { channel } = round.concept;
  const permit = await parts.gate.check({ verb: "cancel", person, channel, requester: final.pickedBy });
  if (permit.status === "denied") return permit;
  const result = await parts.cancelFinal(final, round, permit);
  if (result.status === "cancelled") return { status: "final_cancelled", returned: final.price };
  return isCancelled(final) ? { status: "nothing" } : result;
}

/** Before: the message says so. */
function isCancelled({ state }: Round | Final): boolean {
  return state.status === "failed" && state.failure === "cancelled";
}
