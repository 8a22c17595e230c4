import type { Round, Take } from "../core/round.ts";
import type { Permit } from "../gate/gate.ts";
import { findModel, type Models } from "../models/models.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, Records } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { releaseTake } from "./fail-take.ts";

export type CancelRound = (round: Round, permit: Permit) => Promise<CancelRoundResult>;

export type CancelRoundResult =
  /**
   * `stopped`: takes that will not be made, and whose credits are back. `underWay`: those that have begun with
   * a model that is paid for them anyway: they come.
   */
  | { readonly status: "cancelled"; readonly stopped: number; readonly underWay: number }
  /** Nothing is left to stop. */
  | { readonly status: "too_late" };

export interface CancelRoundParts {
  readonly database: Database;
  readonly models: Models;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
}

/**
 * Stops what can be stopped for nothing. A worker that is at a take of which the model lets go for nothing
 * notices within a second.
 */
export function createCancelRound(parts: CancelRoundParts): CancelRound {
  return async (round, permit) => {
    const at = parts.clock();
    const result = await parts.database.transact<CancelRoundResult>(async (records) => {
      const now = (await records.rounds.find(round.id)) ?? round;
      const open = now.takes.filter(({ state }) => state.status === "queued" || state.status === "rendering");
      let stopped = 0;
      for (const take of open) if (await stop(parts, records, take, at)) stopped += 1;
      if (stopped === 0) return { status: "too_late" };
      const isOver = now.takes.length === stopped + failedBefore(now);
      // Nobody is to wait for jobs that will find nothing to do.
      if (isOver) await records.rounds.fail(round.id, "cancelled", at);
      await refreshPost(records, round.post, round.concept.channel, at);
      return { status: "cancelled", stopped, underWay: open.length - stopped };
    });
    parts.log.info("round.cancelled", { round: round.id, by: permit.person, ...result });
    parts.poke();
    return result;
  };
}

async function stop(parts: CancelRoundParts, records: Records, take: Take, at: Date): Promise<boolean> {
  const isFree = findModel(parts.models, "draft", take.model)?.spec.onAbort === "free";
  const isStopped = isFree
    ? await records.rounds.takeFailed(take.id, "cancelled", at)
    : await records.rounds.dropTake(take.id, at);
  if (isStopped) await releaseTake(parts, records, take.id, "cancelled", at);
  return isStopped;
}

function failedBefore({ takes }: Round): number {
  return takes.filter(({ state }) => state.status === "failed").length;
}
