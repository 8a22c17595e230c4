import type { FinalId, RoundId, TakeId } from "../core/ids.ts";
import { platformOf } from "../core/ids.ts";
import { failFinal } from "../finals/render-final.ts";
import { deliverJob, finalJob, gridJob, roundJobs } from "../outbox/jobs.ts";
import { DONE, type JobHandler, type JobQueue } from "../ports/jobs.ts";
import type { Overdue } from "../ports/ledger.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { failTake } from "../rounds/render-take.ts";

export interface SweepParts {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
  /** How long work may stand still before the sweep looks whether its job is alive, in milliseconds. */
  readonly staleMs: number;
}

const BATCH = 200;
/** No platform delivers an event again after a day; an hour more for clocks that differ. */
const INBOX_MS = 25 * 60 * 60 * 1000;

/**
 * Catches what fell between two stools: work whose job is gone from the queue gets it back; credits
 * held past their time for work that nothing does any more are given back. Work with a live job is
 * left alone, however long it takes.
 */
export function createSweep(parts: SweepParts): JobHandler<"upkeep.sweep"> {
  return async () => {
    const before = new Date(parts.clock().getTime() - parts.staleMs);
    const overdue = await parts.database.records.ledger.overdue(parts.clock(), BATCH);
    for (const each of overdue) await returnOverdue(parts, each);
    for (const round of await parts.database.records.rounds.stale(before, BATCH))
      await reviveRound(parts, round);
    for (const final of await parts.database.records.finals.stale(before, BATCH))
      await reviveFinal(parts, final);
    await revivePosts(parts, before);
    await parts.database.records.inbox.forget(new Date(parts.clock().getTime() - INBOX_MS));
    parts.poke();
    return DONE;
  };
}

async function reviveRound(parts: SweepParts, id: RoundId): Promise<void> {
  if (await parts.queue.isLive(gridJob(id))) return;
  const { records } = parts.database;
  const round = await records.rounds.find(id);
  if (round === undefined) return;
  const unended = round.takes.filter(
    (take) => take.state.status === "queued" || take.state.status === "rendering",
  );
  // Turn 0: it has waited long enough.
  await records.outbox.add([
    roundJobs(
      id,
      unended.map((take) => ({ id: take.id, turn: 0 })),
    ),
  ]);
  parts.log.warn("round.revived", { round: id, takes: unended.length });
}

async function reviveFinal(parts: SweepParts, id: FinalId): Promise<void> {
  const tree = finalJob(id, 0);
  if (await parts.queue.isLive(tree.job)) return;
  await parts.database.records.outbox.add([tree]);
  parts.log.warn("final.revived", { final: id });
}

async function revivePosts(parts: SweepParts, before: Date): Promise<void> {
  for (const { id, wanted, channel } of await parts.database.records.posts.behind(before, BATCH)) {
    const tree = deliverJob(id, wanted, channel);
    if (await parts.queue.isLive(tree.job)) continue;
    await parts.database.records.outbox.add([tree]);
    parts.log.warn("post.revived", { post: id, platform: platformOf(channel) });
  }
}

/** The hold outlived its work's whole retry ladder. Unless the work is still in the queue, it is over. */
async function returnOverdue(parts: SweepParts, { id, tier, subject }: Overdue): Promise<void> {
  const { records } = parts.database;
  if (tier === "draft") {
    if (await parts.queue.isLive(gridJob(subject as RoundId))) return;
    await failTake(parts, id.replace(/^take\./, "") as TakeId, "interrupted");
    return;
  }
  if (await parts.queue.isLive(finalJob(subject as FinalId, 0).job)) return;
  const final = await records.finals.find(subject as FinalId);
  const round = final && (await records.rounds.find(final.round));
  if (final && round) await failFinal(parts, final, round, "interrupted");
}
