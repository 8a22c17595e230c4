import type { FailureKind } from "../core/failure.ts";
import type { TakeId } from "../core/ids.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, Records } from "../ports/records.ts";
import { takeReservation } from "./take-reservation.ts";

export interface FailTakeParts {
  readonly database: Database;
  readonly log: Log;
  readonly clock: Clock;
}

/** The take comes to nothing, and its credits go back. */
export async function failTake(parts: FailTakeParts, id: TakeId, failure: FailureKind): Promise<void> {
  const at = parts.clock();
  await parts.database.transact(async (records) => {
    if (await records.rounds.takeFailed(id, failure, at)) await releaseTake(parts, records, id, failure, at);
  });
}

/** Of a take that has just failed, in the same transaction. */
export async function releaseTake(
  { log }: Pick<FailTakeParts, "log">,
  records: Records,
  id: TakeId,
  failure: FailureKind,
  at: Date,
): Promise<void> {
  const released = await records.ledger.release(takeReservation(id), failure, at);
  if (released.status !== "released") log.error("ledger.refused", released, { take: id, asked: "release" });
}
