import type { FailureKind } from "../core/failure.ts";
import type { ModelName } from "../core/model.ts";
import { takeJob } from "../outbox/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, TakeWork } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";

export interface PassTakeParts {
  readonly database: Database;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
}

/**
 * A take goes to another model, in whose queue it waits for its turn. Its credits stay held as they are. What is said
 * of it is why the model could not that was asked first, however many could not since.
 */
export async function passTake(
  parts: PassTakeParts,
  { id, turn, model, insteadOf, round }: TakeWork,
  { to, because }: { readonly to: ModelName; readonly because: FailureKind },
): Promise<void> {
  const at = parts.clock();
  const pass = { from: model, to, insteadOf: insteadOf ?? { model, because } };
  const isPassed = await parts.database.transact(async (records) => {
    if (!(await records.rounds.passTake(id, pass, at))) return false;
    await records.outbox.add([{ job: takeJob({ id, turn, model: to }), children: [] }]);
    await refreshPost(records, round.post, round.concept.channel, at);
    return true;
  });
  if (!isPassed) return;
  parts.log.info("take.passed", { take: id, from: model, to, because });
  parts.poke();
}
