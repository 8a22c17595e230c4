import { assetKey, paidKey } from "../assets/keys.ts";
import { provenanceOf } from "../assets/provenance-of.ts";
import { recipesOf } from "../assets/recipes-of.ts";
import { gridAssetOf } from "../assets/view-ids.ts";
import type { Asset } from "../core/asset.ts";
import type { AssetId, TakeId } from "../core/ids.ts";
import type { Round, Take } from "../core/round.ts";
import { composeGrid, GRID_BYTES_MAX, type GridTile } from "../images/grid.ts";
import { takeJob } from "../outbox/jobs.ts";
import { type BlobStore, StorageError } from "../ports/blobs.ts";
import { DONE, type JobHandler, type JobQueue } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { failTake } from "./fail-take.ts";

export interface ComposeGridParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly queue: JobQueue;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** On the tile of a take that could not be made. */
const MISSING = "No image · refunded";

const LOOK_AGAIN_MS = 1_000;

/** Every take has ended: makes the grid and offers it. A round with no take at all has failed. */
export function createComposeGrid(parts: ComposeGridParts): JobHandler<"grid.compose"> {
  return async ({ round: id }, attempt) => {
    const found = await parts.database.records.rounds.find(id);
    if (found === undefined || !isOpen(found)) return DONE;
    if ((await endAbandonedTakes(parts, found)) === "some_live") {
      parts.poke();
      return { kind: "snooze", delayMs: LOOK_AGAIN_MS, reason: "a take is still being made" };
    }
    const round = (await parts.database.records.rounds.find(id)) ?? found;
    try {
      if (round.takes.some((take) => take.state.status === "made")) await offer(parts, round);
      else await fail(parts, round);
    } catch (error) {
      if (error instanceof StorageError || attempt.isLast) await sayTrouble(parts, round, error);
      throw error;
    } finally {
      parts.poke();
    }
    return DONE;
  };
}

function isOpen(round: Round): boolean {
  return round.state.status === "queued" || round.state.status === "rendering";
}

/**
 * A take whose job died without a word (a bug, a lost queue) must not hold its round or its credits for
 * ever. One that was paid for is taken up again: its image is there. So is one that waits for another model:
 * the job of the first has ended, and its own may still be on its way to the queue.
 */
async function endAbandonedTakes(parts: ComposeGridParts, round: Round): Promise<"all_ended" | "some_live"> {
  let live = false;
  for (const { id } of round.takes.filter(isUnended)) {
    if ((await endAbandonedTake(parts, id)) === "live") live = true;
  }
  return live ? "some_live" : "all_ended";
}

async function endAbandonedTake(parts: ComposeGridParts, id: TakeId): Promise<"ended" | "live"> {
  const { rounds, outbox } = parts.database.records;
  const before = await rounds.findTake(id);
  if (before === undefined) return "ended";
  const job = takeJob(before);
  if (await parts.queue.isLive(job)) return "live";
  // A job that was live a moment ago may just have ended the take, or passed it on.
  const take = await rounds.findTake(id);
  if (take === undefined || take.status === "made" || take.status === "failed") return "ended";
  if (take.model !== before.model) return "live";
  const isPassed = take.status === "queued" && take.insteadOf !== undefined;
  if (isPassed || (await parts.blobs.find(paidKey(id as string as AssetId)))) {
    await outbox.add([{ job, children: [] }]);
    return "live";
  }
  await failTake(parts, id, "interrupted");
  return "ended";
}

function isUnended({ state }: Take): boolean {
  return state.status === "queued" || state.status === "rendering";
}

/** The sweep brings the job back until it works; people hear why they wait. */
async function sayTrouble(parts: ComposeGridParts, round: Round, error: unknown): Promise<void> {
  const trouble = error instanceof StorageError ? "storage" : "interrupted";
  if (round.state.status === "rendering" && round.state.trouble === trouble) return;
  const at = parts.clock();
  await parts.database.transact(async (records) => {
    if (await records.rounds.trouble(round.id, trouble, at)) {
      await refreshPost(records, round.post, round.concept.channel, at);
    }
  });
}

async function offer(parts: ComposeGridParts, round: Round): Promise<void> {
  const tiles = await Promise.all(round.takes.map((take) => toTile(parts.blobs, take)));
  const provenance = provenanceOf(await recipesOf(parts.database.records, round));
  const grid = await composeGrid({
    tiles,
    aspect: round.order.aspect,
    bytesMax: GRID_BYTES_MAX,
    provenance,
  });
  const id = gridAssetOf(round.id);
  await parts.blobs.put(assetKey(id), grid.bytes);
  const asset: Asset = {
    id,
    kind: "grid",
    mime: "image/jpeg",
    width: grid.width,
    height: grid.height,
    bytes: grid.bytes.length,
    recipe: undefined,
    parents: round.takes.flatMap((take) => (take.state.status === "made" ? [take.state.asset] : [])),
  };
  const at = parts.clock();
  await parts.database.transact(async (records) => {
    await records.assets.add(asset, at);
    if (await records.rounds.offer(round.id, id, at)) {
      await refreshPost(records, round.post, round.concept.channel, at);
    }
  });
}

async function fail(parts: ComposeGridParts, round: Round): Promise<void> {
  const first = round.takes.find((take) => take.state.status === "failed");
  const failure = first?.state.status === "failed" ? first.state.failure : "interrupted";
  const at = parts.clock();
  await parts.database.transact(async (records) => {
    if (await records.rounds.fail(round.id, failure, at)) {
      await refreshPost(records, round.post, round.concept.channel, at);
    }
  });
}

async function toTile(blobs: BlobStore, take: Take): Promise<GridTile> {
  const { number } = take;
  if (take.state.status !== "made") return { kind: "failed", number, caption: MISSING };
  const bytes = await blobs.find(assetKey(take.state.asset));
  // They were kept before the record said so: the folder is not as it was.
  if (bytes === undefined) throw new StorageError(`the image of take ${take.id} is not there`);
  return { kind: "image", number, bytes };
}
