import { keysOf } from "../assets/keys.ts";
import { gridAssetOf, previewAssetOf } from "../assets/view-ids.ts";
import type { AssetId } from "../core/ids.ts";
import type { BlobStore } from "../ports/blobs.ts";
import { DONE, type JobHandler } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import type { Departed, Remains } from "../ports/retention.ts";
import { LATE_EVENT_MS } from "./late-events.ts";
import { windDown } from "./wind-down.ts";

export interface PurgeParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly log: Log;
  readonly clock: Clock;
  /** How long everything is kept of what left, in milliseconds; `LATE_EVENT_MS` at least. */
  readonly retentionMs: number;
  /** After how long nothing that runs now can still be running, in milliseconds. */
  readonly graceMs: number;
}

const BATCH = 100;
const UNUSED_MAX = 1_000;

/**
 * Takes away what is kept of workspaces and channels that left, when its time has come, and pictures that
 * people sent for nothing.
 *
 * The rows of a channel go in one transaction, which lists the names of everything whose bytes may be
 * kept; then the bytes go, by the list, and only then the list. So whenever this is cut short, what is
 * left to do stands in the database, and doing some of it again changes nothing.
 */
export function createPurge(parts: PurgeParts): JobHandler<"upkeep.purge"> {
  return async (_payload, { signal }) => {
    const at = parts.clock();
    await windDown(parts, signal);
    await takeAway(parts, signal);
    await doomUnused(parts);
    await deleteDoomed(parts, signal);
    await parts.blobs.tidy(new Date(at.getTime() - parts.graceMs));
    return DONE;
  };
}

async function takeAway(parts: PurgeParts, signal: AbortSignal): Promise<void> {
  const { departures } = parts.database.records;
  // Events of its last hour may come late; people who draft later than that are there.
  for (const departed of await departures.disproved(LATE_EVENT_MS)) {
    parts.log.warn("departed.in_use", { departed });
  }
  const leftBy = ago(parts, Math.max(parts.retentionMs, LATE_EVENT_MS));
  for (;;) {
    const [departed] = await departures.before(leftBy, 1);
    if (departed === undefined) return;
    signal.throwIfAborted();
    await takeChannel(parts, departed, leftBy);
  }
}

async function takeChannel(parts: PurgeParts, departed: Departed, leftBy: Date): Promise<void> {
  const { status } = await parts.database.transact(async (records) => {
    const taken = await records.remains.takeChannel(departed, leftBy);
    if (taken.status === "taken") await records.remains.doom(assetsOf(taken.remains), dueTimes(parts));
    return taken;
  });
  parts.log.info("departed.purge", { departed, status });
}

/** Those that its rows name, and those that were kept just before they would have been named. */
function assetsOf({ rounds, takes, finals, assets }: Remains): readonly AssetId[] {
  return [
    ...rounds.map(gridAssetOf),
    ...takes,
    ...finals,
    ...finals.map(previewAssetOf),
    ...assets,
  ] as AssetId[];
}

/** Now, and when whatever is running now has kept what it was making. */
function dueTimes(parts: PurgeParts): readonly Date[] {
  const at = parts.clock();
  return [at, new Date(at.getTime() + parts.graceMs)];
}

/** They came with a wish that did not become a round, and nothing says whose they are. */
async function doomUnused(parts: PurgeParts): Promise<void> {
  const { remains } = parts.database.records;
  const unused = await remains.unused(ago(parts, LATE_EVENT_MS), UNUSED_MAX);
  await remains.doom(unused, [parts.clock()]);
}

async function deleteDoomed(parts: PurgeParts, signal: AbortSignal): Promise<void> {
  const { remains } = parts.database.records;
  const at = parts.clock();
  for (;;) {
    const due = await remains.doomed(at, BATCH);
    if (due.length === 0) return;
    signal.throwIfAborted();
    const keys = due.flatMap(({ asset }) => keysOf(asset));
    await Promise.all(keys.map((key) => parts.blobs.delete(key)));
    await remains.deleted(due);
    parts.log.info("assets.deleted", { assets: due.length });
  }
}

function ago(parts: PurgeParts, ms: number): Date {
  return new Date(parts.clock().getTime() - ms);
}
