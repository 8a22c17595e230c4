import type { Final } from "../core/final.ts";
import type { UserRef } from "../core/ids.ts";
import type { Round } from "../core/round.ts";
import type { Permit } from "../gate/gate.ts";
import type { Clock } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { refreshSentBack } from "./refresh-sent-back.ts";

export type Decision = "approved" | "sent_back";
export type DecideFinal = (
  final: Final,
  round: Round,
  decision: Decision,
  permit: Permit,
) => Promise<DecideResult>;

export type DecideResult =
  | { readonly status: "decided"; readonly decision: Decision }
  | { readonly status: "already_decided"; readonly decision: Decision; readonly by: UserRef }
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
        const { state } = (await records.finals.find(final.id)) ?? final;
        if (state.status !== "approved" && state.status !== "sent_back")
          return { status: "nothing_to_decide" };
        // A repeat of one's own decision is that decision.
        if (state.by === permit.person && state.status === decision) return { status: "decided", decision };
        return { status: "already_decided", decision: state.status, by: state.by };
      }
      await refreshPost(records, round.post, round.concept.channel, at);
      if (decision === "sent_back") {
        await records.rounds.reopen(round.id, final.id, at);
        await refreshSentBack(records, round, at);
      } else await refreshPost(records, final.post, round.concept.channel, at);
      return { status: "decided", decision };
    });
    if (result.status === "decided") parts.poke();
    return result;
  };
}
