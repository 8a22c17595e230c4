import type { FailureKind } from "../core/failure.ts";
import type { TakeId } from "../core/ids.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
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
    if (!(await records.rounds.takeFailed(id, failure, at))) return;
    const released = await records.ledger.release(takeReservation(id), failure, at);
    if (released.status === "released") return;
    parts.log.error("ledger.refused", released, { take: id, asked: "release" });
  });
}
