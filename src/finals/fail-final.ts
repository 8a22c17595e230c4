import type { FailureKind } from "../core/failure.ts";
import type { Final } from "../core/final.ts";
import type { Round } from "../core/round.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, Records } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { finalReservation } from "./final-reservation.ts";
import { refreshSentBack } from "./refresh-sent-back.ts";

export interface FailFinalParts {
  readonly database: Database;
  readonly log: Log;
  readonly clock: Clock;
}

/** The final comes to nothing: its credits go back and its grid is open again. */
export async function failFinal(
  parts: FailFinalParts,
  final: Final,
  round: Round,
  failure: FailureKind,
): Promise<void> {
  const at = parts.clock();
  await parts.database.transact(async (records) => {
    if (await records.finals.fail(final.id, failure, at)) {
      await undoFinal(parts, records, { final, round, failure, at });
    }
  });
}

/** Of a final that has just failed, in the same transaction. */
export async function undoFinal(
  { log }: Pick<FailFinalParts, "log">,
  records: Records,
  {
    final,
    round,
    failure,
    at,
  }: { readonly final: Final; readonly round: Round; readonly failure: FailureKind; readonly at: Date },
): Promise<void> {
  const { channel } = round.concept;
  const released = await records.ledger.release(finalReservation(final.id), failure, at);
  if (released.status !== "released")
    log.error("ledger.refused", released, { final: final.id, asked: "release" });
  await records.rounds.reopen(round.id, final.id, at);
  await refreshPost(records, final.post, channel, at);
  await refreshPost(records, round.post, channel, at);
  await refreshSentBack(records, round, at);
}
