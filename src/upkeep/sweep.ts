import { type FinalId, platformOf, type RoundId } from "../core/ids.ts";
import type { Round, Take } from "../core/round.ts";
import { failFinal } from "../finals/fail-final.ts";
import { findModel, type Models } from "../models/models.ts";
import { deliverJob, finalJob, gridJob, inQueueOf, lateGridJob, roundJobs, takeJob } from "../outbox/jobs.ts";
import { DONE, type Job, type JobHandler, type JobQueue } from "../ports/jobs.ts";
import type { Overdue } from "../ports/ledger.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { failTake } from "../rounds/fail-take.ts";
import { takeReservation } from "../rounds/take-reservation.ts";
import { LATE_EVENT_MS } from "./late-events.ts";

export interface SweepParts {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly models: Models;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
  /** How long work may stand still before the sweep looks whether its job is alive, in milliseconds. */
  readonly staleMs: number;
}

const BATCH = 200;

/**
 * Catches what fell between two stools: work whose job is gone from the queue gets it back, in its old
 * place of the order; credits held past their time for work that came back and died again are given
 * back. Work with a live job is left alone, however long it takes, unless nobody takes that job.
 */
export function createSweep(parts: SweepParts): JobHandler<"upkeep.sweep"> {
  return async () => {
    const { rounds, finals, ledger, inbox } = parts.database.records;
    const at = parts.clock();
    const before = new Date(at.getTime() - parts.staleMs);
    const revived = new Set<string>();
    for (const round of await rounds.stale(before, BATCH)) {
      if ((await reviveRound(parts, round)) === "revived") revived.add(round);
    }
    for (const final of await finals.stale(before, BATCH)) {
      if ((await reviveFinal(parts, final)) === "revived") revived.add(final);
    }
    await revivePosts(parts, before);
    for (const each of await ledger.overdue(at, BATCH)) {
      if (!revived.has(each.subject)) await returnOverdue(parts, each);
    }
    await logDepths(parts);
    await inbox.forget(new Date(at.getTime() - LATE_EVENT_MS));
    parts.poke();
    return DONE;
  };
}

/** For whoever has to decide about more workers. */
async function logDepths({ queue, log }: SweepParts): Promise<void> {
  for (const { queue: name, waiting, running } of await queue.depths()) {
    if (waiting > 0) log.info("queue.depth", { queue: name, waiting, running });
  }
}

type Revival = "alive" | "revived";

async function reviveRound(parts: SweepParts, id: RoundId): Promise<Revival> {
  const { records } = parts.database;
  // Whatever is found alive makes room for what comes after it in the next sweep.
  await records.rounds.alive(id, parts.clock());
  const round = await records.rounds.find(id);
  if (round === undefined) return "alive";
  const unended = round.takes.filter(
    ({ state }) => state.status === "queued" || state.status === "rendering",
  );
  if (await parts.queue.isLive(gridJob(id))) {
    const jobs = jobsAside(parts, round, unended);
    await records.outbox.add(jobs.map((job) => ({ job, children: [] })));
    if (jobs.length > 0) parts.log.warn("round.revived", { round: id, takes: unended.length });
    return "alive";
  }
  await records.outbox.add([roundJobs(id, unended)]);
  parts.log.warn("round.revived", { round: id, takes: unended.length });
  return "revived";
}

/**
 * A grid waits for the jobs of its takes. Where nobody takes these any more, because their model is gone from the
 * settings, takes that have not begun are found in the queue of another, and go to the next. Once all have ended,
 * however theirs did, the grid waits for no job.
 */
function jobsAside({ models }: SweepParts, round: Round, unended: readonly Take[]): readonly Job[] {
  const hasTrouble = round.state.status === "rendering" && round.state.trouble !== undefined;
  if (unended.length === 0) return hasTrouble ? [] : [lateGridJob(round.id)];
  return unended
    .filter(({ state, model }) => state.status === "queued" && !findModel(models, "draft", model))
    .map((take) => inQueueOf(takeJob(take), models.draft[0].spec.name));
}

async function reviveFinal(parts: SweepParts, id: FinalId): Promise<Revival> {
  const { finals, outbox } = parts.database.records;
  await finals.alive(id, parts.clock());
  const final = await finals.find(id);
  if (final === undefined) return "alive";
  const tree = finalJob(final, await finals.turnOf(id));
  if (await parts.queue.isLive(tree.job)) {
    if (final.state.status !== "queued" || findModel(parts.models, "final", final.model)) return "alive";
    // As of takes: nobody takes it there.
    const job = inQueueOf(tree.job, parts.models.final[0].spec.name);
    await outbox.add([{ job, children: [] }]);
    parts.log.warn("final.revived", { final: id });
    return "alive";
  }
  await outbox.add([tree]);
  parts.log.warn("final.revived", { final: id });
  return "revived";
}

async function revivePosts(parts: SweepParts, before: Date): Promise<void> {
  const { posts, outbox } = parts.database.records;
  for (const { id, wanted, channel } of await posts.behind(before, BATCH)) {
    await posts.alive(id, parts.clock());
    const tree = deliverJob(id, wanted, channel);
    if (await parts.queue.isLive(tree.job)) continue;
    await outbox.add([tree]);
    parts.log.warn("post.revived", { post: id, platform: platformOf(channel) });
  }
}

/** The hold outlived its work's whole retry ladder. Unless the work is still in the queue, it is over. */
async function returnOverdue(parts: SweepParts, { id, tier, subject }: Overdue): Promise<void> {
  const { rounds, finals } = parts.database.records;
  if (tier === "draft") {
    if (await parts.queue.isLive(gridJob(subject as RoundId))) return;
    const round = await rounds.find(subject as RoundId);
    const take = round?.takes.find((each) => takeReservation(each.id) === id);
    if (take) await failTake(parts, take.id, "interrupted");
    return;
  }
  const final = await finals.find(subject as FinalId);
  if (final === undefined || (await parts.queue.isLive(finalJob(final, 0).job))) return;
  const round = await rounds.find(final.round);
  if (round) await failFinal(parts, final, round, "interrupted");
}
