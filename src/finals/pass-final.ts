import type { FailureKind } from "../core/failure.ts";
import type { Final } from "../core/final.ts";
import type { ModelName } from "../core/model.ts";
import type { Round } from "../core/round.ts";
import { finalJob } from "../outbox/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";

export interface PassFinalParts {
  readonly database: Database;
  readonly log: Log;
  readonly clock: Clock;
}

/** A final goes to another model, as a take does. */
export async function passFinal(
  parts: PassFinalParts,
  final: Final,
  round: Round,
  { to, because }: { readonly to: ModelName; readonly because: FailureKind },
): Promise<void> {
  const at = parts.clock();
  const { id, model, insteadOf, post } = final;
  const pass = { from: model, to, insteadOf: insteadOf ?? { model, because } };
  const isPassed = await parts.database.transact(async (records) => {
    if (!(await records.finals.pass(id, pass, at))) return false;
    await records.outbox.add([finalJob({ id, model: to }, await records.finals.turnOf(id))]);
    await refreshPost(records, post, round.concept.channel, at);
    return true;
  });
  if (!isPassed) return;
  parts.log.info("final.passed", { final: id, from: model, to, because });
}
