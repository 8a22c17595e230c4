import { findReferences } from "../assets/find-references.ts";
import { assetKey } from "../assets/keys.ts";
import type { MadeImage, MakeImage } from "../assets/make-image.ts";
import type { Recipe } from "../core/asset.ts";
import type { FailureKind } from "../core/failure.ts";
import type { AssetId } from "../core/ids.ts";
import { TAKE_SIZE } from "../core/recipe.ts";
import type { Round } from "../core/round.ts";
import type { WantedImage } from "../models/fit-request.ts";
import { findModel, type Model, type Models } from "../models/models.ts";
import { nextModel } from "../models/next-model.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Guide, Reference } from "../ports/image-model.ts";
import { type Attempt, DONE, type JobHandler } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database, TakeWork } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { failTake } from "./fail-take.ts";
import { passTake } from "./pass-take.ts";
import { takeReservation } from "./take-reservation.ts";

/** How closely a variation follows the take it comes from: near enough to be its sibling. */
const VARY_STRENGTH = 0.6;

export interface RenderTakeParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly models: Models;
  readonly makeImage: MakeImage;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** One take, from the model to its record. Its credits are spent or given back with the same commit. */
export function createRenderTake(parts: RenderTakeParts): JobHandler<"take.render"> {
  return async ({ take: id, model }, attempt) => {
    const { records } = parts.database;
    const found = await records.rounds.findTake(id);
    // Another model has it now, and a job of its own.
    if (found?.model !== model) return DONE;
    const begun = await records.rounds.beginTake(id, parts.clock());
    if (begun === "ended") return DONE;
    if (begun === "first") await showWork(parts, found.round);
    await records.turns.started("takes", found.turn);
    await settle(parts, found, await make(parts, found, attempt));
    return DONE;
  };
}

async function make(parts: RenderTakeParts, work: TakeWork, attempt: Attempt): Promise<MadeImage> {
  const model = findModel(parts.models, "draft", work.model);
  if (model === undefined) return { status: "failed", failure: "no_model" };
  const { references } = work.round.order;
  const pictures = await findReferences(parts.blobs, references);
  const guide = await findGuide(parts, work);
  if (pictures === undefined || guide === "lost") return { status: "failed", failure: "storage" };
  return parts.makeImage(
    {
      model,
      wanted: wantedOf(work, guide, pictures),
      id: work.id as string as AssetId,
      kind: "take",
      guide: guide?.recipe,
      references,
      hasNext: (failure) => nextOf(parts, work, failure) !== undefined,
      isWanted: async () => (await parts.database.records.rounds.findTake(work.id))?.status === "rendering",
    },
    attempt,
  );
}

function nextOf(
  { models }: RenderTakeParts,
  { round, model }: TakeWork,
  failure: FailureKind,
): Model | undefined {
  return nextModel(models, { tier: "draft", asked: round.model, last: model, failure });
}

/** The live message says that its turn has come. */
async function showWork(parts: RenderTakeParts, round: Round): Promise<void> {
  await parts.database.transact((records) =>
    refreshPost(records, round.post, round.concept.channel, parts.clock()),
  );
  parts.poke();
}

function wantedOf(
  work: TakeWork,
  guide: FoundGuide | undefined,
  references: readonly Reference[],
): WantedImage {
  const { prompt, aspect } = work.round.order;
  return {
    tier: "draft",
    prompt,
    seed: work.seed,
    aspect,
    size: TAKE_SIZE,
    guide: guide?.image,
    references,
  };
}

interface FoundGuide {
  readonly image: Guide;
  readonly recipe: NonNullable<Recipe["guide"]>;
}

/** A variation follows a take; what is made by an older recipe follows what that one followed. */
async function findGuide(parts: RenderTakeParts, work: TakeWork): Promise<FoundGuide | "lost" | undefined> {
  const { origin } = work.round;
  const recipe = await guideOf(parts, origin);
  if (recipe === undefined) return undefined;
  const bytes = await parts.blobs.find(assetKey(recipe.asset));
  return bytes ? { image: { bytes, strength: recipe.strength }, recipe } : "lost";
}

async function guideOf({ database }: RenderTakeParts, origin: Round["origin"]): Promise<Recipe["guide"]> {
  switch (origin.kind) {
    case "vary":
      return { asset: origin.of as string as AssetId, strength: VARY_STRENGTH };
    case "like": {
      const asset = await database.records.assets.find(origin.of);
      return asset?.kind === "take" ? asset.recipe?.guide : undefined;
    }
    default:
      return undefined;
  }
}

async function settle(parts: RenderTakeParts, work: TakeWork, made: MadeImage): Promise<void> {
  if (made.status === "failed") {
    const next = nextOf(parts, work, made.failure);
    if (next) return passTake(parts, work, { to: next.spec.name, because: made.failure });
    // A worker that was thought dead: the take was passed on meanwhile.
    const now = await parts.database.records.rounds.findTake(work.id);
    return now?.model === work.model ? failTake(parts, work.id, made.failure) : undefined;
  }
  const at = parts.clock();
  await parts.database.transact(async (records) => {
    await records.assets.add(made.asset, at);
    if (!(await records.rounds.takeMade(work.id, made.asset.id, at))) return;
    const spent = await records.ledger.spend(takeReservation(work.id), undefined, at);
    if (spent.status !== "spent") parts.log.error("ledger.refused", spent, { take: work.id, asked: "spend" });
  });
}
