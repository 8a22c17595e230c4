import type { Final } from "../core/final.ts";
import type { Round } from "../core/round.ts";
import type { Permit } from "../gate/gate.ts";
import { findModel, type Models } from "../models/models.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, Records } from "../ports/records.ts";
import { undoFinal } from "./fail-final.ts";

export type CancelFinal = (final: Final, round: Round, permit: Permit) => Promise<CancelFinalResult>;

export type CancelFinalResult =
  | { readonly status: "cancelled" }
  /** It has begun, with a model that is paid for it anyway: it comes. */
  | { readonly status: "under_way" }
  /** It is there, or has failed. */
  | { readonly status: "too_late" };

export interface CancelFinalParts {
  readonly database: Database;
  readonly models: Models;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** Stops a final for nothing, where that can be done: its credits go back and its grid is open again. */
export function createCancelFinal(parts: CancelFinalParts): CancelFinal {
  return async (final, round, permit) => {
    const at = parts.clock();
    const result = await parts.database.transact<CancelFinalResult>(async (records) => {
      const now = (await records.finals.find(final.id)) ?? final;
      const { status } = now.state;
      if (status !== "queued" && status !== "rendering") return { status: "too_late" };
      if (!(await stop(parts, records, now, at))) return { status: "under_way" };
      await undoFinal(parts, records, { final: now, round, failure: "cancelled", at });
      return { status: "cancelled" };
    });
    parts.log.info("final.cancelled", { final: final.id, by: permit.person, ...result });
    parts.poke();
    return result;
  };
}

function stop(
  { models }: CancelFinalParts,
  { finals }: Records,
  { id, model }: Final,
  at: Date,
): Promise<boolean> {
  const isFree = findModel(models, "final", model)?.spec.onAbort === "free";
  return isFree ? finals.fail(id, "cancelled", at) : finals.drop(id, at);
}
