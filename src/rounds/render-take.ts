import { findReferences } from "../assets/find-references.ts";
import { assetKey } from "../assets/keys.ts";
import type { MadeImage, MakeImage } from "../assets/make-image.ts";
import type { AssetId } from "../core/ids.ts";
import { dimensionsOf, type Recipe, TAKE_SIZE } from "../core/recipe.ts";
import type { Round } from "../core/round.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { ImageModel, ImageRequest, Reference } from "../ports/image-model.ts";
import { type Attempt, DONE, type JobHandler } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, TakeWork } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { failTake } from "./fail-take.ts";
import { takeReservation } from "./take-reservation.ts";

/** How closely a variation follows the take it comes from: near enough to be its sibling. */
const VARY_STRENGTH = 0.6;

export interface RenderTakeParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly model: ImageModel;
  readonly makeImage: MakeImage;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** One take, from the model to its record. Its credits are spent or given back with the same commit. */
export function createRenderTake(parts: RenderTakeParts): JobHandler<"take.render"> {
  return async ({ take: id }, attempt) => {
    const { records } = parts.database;
    const work = await records.rounds.findTake(id);
    const begun = work && (await records.rounds.beginTake(id, parts.clock()));
    if (work === undefined || begun === "ended") return DONE;
    if (begun === "first") await showWork(parts, work.round);
    await records.turns.started("takes", work.turn);
    await settle(parts, work, await make(parts, work, attempt));
    return DONE;
  };
}

async function make(parts: RenderTakeParts, work: TakeWork, attempt: Attempt): Promise<MadeImage> {
  const { references } = work.round.order;
  const pictures = await findReferences(parts.blobs, references);
  const guide = await findGuide(parts, work);
  if (pictures === undefined || guide === "lost") return { status: "failed", failure: "storage" };
  return parts.makeImage(
    {
      model: parts.model,
      request: requestOf(work, guide?.bytes, pictures),
      id: work.id as string as AssetId,
      kind: "take",
      guide: guide?.recipe,
      references,
    },
    attempt,
  );
}

/** The live message says that its turn has come. */
async function showWork(parts: RenderTakeParts, round: Round): Promise<void> {
  await parts.database.transact((records) =>
    refreshPost(records, round.post, round.concept.channel, parts.clock()),
  );
  parts.poke();
}

function requestOf(
  work: TakeWork,
  guide: Uint8Array | undefined,
  references: readonly Reference[],
): ImageRequest {
  const { prompt, aspect } = work.round.order;
  return {
    tier: "draft",
    prompt,
    seed: work.seed,
    aspect,
    size: TAKE_SIZE,
    dimensions: dimensionsOf(aspect, TAKE_SIZE),
    guide: guide && { bytes: guide, strength: VARY_STRENGTH },
    references,
  };
}

async function findGuide(
  parts: RenderTakeParts,
  work: TakeWork,
): Promise<{ readonly bytes: Uint8Array; readonly recipe: Recipe["guide"] } | "lost" | undefined> {
  const { origin } = work.round;
  if (origin.kind !== "vary") return undefined;
  const asset = origin.of as string as AssetId;
  const bytes = await parts.blobs.find(assetKey(asset));
  return bytes ? { bytes, recipe: { asset, strength: VARY_STRENGTH } } : "lost";
}

async function settle(parts: RenderTakeParts, work: TakeWork, made: MadeImage): Promise<void> {
  if (made.status === "failed") return failTake(parts, work.id, made.failure);
  const at = parts.clock();
  await parts.database.transact(async (records) => {
    await records.assets.add(made.asset, at);
    if (!(await records.rounds.takeMade(work.id, made.asset.id, at))) return;
    const spent = await records.ledger.spend(takeReservation(work.id), undefined, at);
    if (spent.status !== "spent") parts.log.error("ledger.refused", spent, { take: work.id, asked: "spend" });
  });
}
