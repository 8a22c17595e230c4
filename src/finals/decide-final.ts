import type { Decision, Final } from "../core/final.ts";
import type { UserRef } from "../core/ids.ts";
import type { Round } from "../core/round.ts";
import type { Permit } from "../gate/gate.ts";
import type { Clock } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { refreshSentBack } from "./refresh-sent-back.ts";

export type DecideFinal = (
  final: Final,
  round: Round,
  decision: Decision,
  permit: Permit,
) => Promise<DecideResult>;

export type DecideResult =
  | { readonly status: "decided" }
  | { readonly status: "already_decided"; readonly decision: Decision["status"]; readonly by: UserRef }
  /** Still being made, or failed. */
  | { readonly status: "nothing_to_decide" };

export interface DecideFinalParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** A person decides. Sent back, the grid is open again for another pick. */
export function createDecideFinal(parts: DecideFinalParts): DecideFinal {
  return async (final, round, decision, permit) => {
    const at = parts.clock();
    const result = await parts.database.transact<DecideResult>(async (records) => {
      if (!(await records.finals.decide(final.id, decision, permit.person, at))) {
        const was = whatWasDecided((await records.finals.find(final.id)) ?? final);
        if (was.status === "nothing_to_decide") return was;
        // A repeat of one's own decision is that decision.
        const isRepeat = was.by === permit.person && was.decision === decision.status;
        return isRepeat ? { status: "decided" } : was;
      }
      await refreshPost(records, round.post, round.concept.channel, at);
      if (decision.status === "sent_back") {
        await records.rounds.reopen(round.id, final.id, at);
        await refreshSentBack(records, round, at);
      } else await refreshPost(records, final.post, round.concept.channel, at);
      return { status: "decided" };
    });
    if (result.status === "decided") parts.poke();
    return result;
  };
}

/** Of a final that nobody can decide about. */
export function whatWasDecided({ state }: Final): Exclude<DecideResult, { readonly status: "decided" }> {
  const isDecided = state.status === "approved" || state.status === "sent_back";
  return isDecided
    ? { status: "already_decided", decision: state.status, by: state.by }
    : { status: "nothing_to_decide" };
}
