import { findReferences } from "../assets/find-references.ts";
import { assetKey } from "../assets/keys.ts";
import type { MadeImage, MakeImage } from "../assets/make-image.ts";
import { provenanceOf } from "../assets/provenance-of.ts";
import { previewAssetOf } from "../assets/view-ids.ts";
import type { Asset } from "../core/asset.ts";
import type { FailureKind } from "../core/failure.ts";
import type { FewAtOnce } from "../core/few-at-once.ts";
import type { Final } from "../core/final.ts";
import type { AssetId } from "../core/ids.ts";
import { STRENGTH_OF } from "../core/keep.ts";
import type { Round } from "../core/round.ts";
import { fitImage, PREVIEW_BYTES_MAX, PREVIEW_SIDE_MAX } from "../images/fit-image.ts";
import { findModel, type Model, type Models } from "../models/models.ts";
import { nextModel } from "../models/next-model.ts";
import { type BlobStore, StorageError } from "../ports/blobs.ts";
import { type Attempt, DONE, type JobHandler } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { askedFor } from "./asked-for.ts";
import { failFinal } from "./fail-final.ts";
import { finalReservation } from "./final-reservation.ts";
import { passFinal } from "./pass-final.ts";

/** What a chat message shows at once; the full picture is one click away. */
const PREVIEW = { bytesMax: PREVIEW_BYTES_MAX, sideMax: PREVIEW_SIDE_MAX } as const;

export interface RenderFinalParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly models: Models;
  readonly makeImage: MakeImage;
  readonly fewDecoded: FewAtOnce;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** The pick, with its whole recipe and the take itself as guide, through the final tier. */
export function createRenderFinal(parts: RenderFinalParts): JobHandler<"final.render"> {
  return async ({ final: id, model }, attempt) => {
    const { records } = parts.database;
    const final = await records.finals.find(id);
    const round = final && (await records.rounds.find(final.round));
    // Another model has it now, and a job of its own.
    if (!round || final.model !== model) return DONE;
    if (!(await records.finals.begin(id, parts.clock()))) return DONE;
    await records.turns.started("finals", await records.finals.turnOf(id));
    const made = await make(parts, final, round, attempt);
    if (made.status === "failed") await giveUp(parts, final, round, made.failure);
    else
      await deliver(parts, final, round, made).catch(async (error: unknown) => {
        if (!(error instanceof StorageError)) throw error;
        parts.log.error("image.not_kept", error, { final: id });
        await failFinal(parts, final, round, "storage");
      });
    parts.poke();
    return DONE;
  };
}

/** This model could not: another one is asked, or nobody. */
async function giveUp(
  parts: RenderFinalParts,
  final: Final,
  round: Round,
  failure: FailureKind,
): Promise<void> {
  const next = nextOf(parts, final, failure);
  if (next) return passFinal(parts, final, round, { to: next.spec.name, because: failure });
  // A worker that was thought dead: the final was passed on meanwhile.
  const now = await parts.database.records.finals.find(final.id);
  if (now?.model === final.model) await failFinal(parts, final, round, failure);
}

function nextOf({ models }: RenderFinalParts, final: Final, failure: FailureKind): Model | undefined {
  return nextModel(models, { tier: "final", asked: askedFor(final), last: final.model, failure });
}

async function make(
  parts: RenderFinalParts,
  final: Final,
  round: Round,
  attempt: Attempt,
): Promise<MadeImage> {
  const model = findModel(parts.models, "final", final.model);
  if (model === undefined) return { status: "failed", failure: "no_model" };
  const { prompt, aspect, references, keep } = round.order;
  const guide = final.take as string as AssetId;
  const strength = STRENGTH_OF[keep];
  const bytes = await parts.blobs.find(assetKey(guide));
  const pictures = await findReferences(parts.blobs, references);
  if (bytes === undefined || pictures === undefined) return { status: "failed", failure: "storage" };
  return parts.makeImage(
    {
      model,
      wanted: {
        tier: "final",
        prompt,
        seed: final.seed,
        aspect,
        size: final.size,
        guide: { bytes, strength },
        references: pictures,
      },
      id: final.id as string as AssetId,
      kind: "final",
      guide: { asset: guide, strength },
      references,
      hasNext: (failure) => nextOf(parts, final, failure) !== undefined,
      isWanted: async () => {
        const now = await parts.database.records.finals.find(final.id);
        return now?.state.status === "rendering";
      },
    },
    attempt,
  );
}

async function deliver(
  parts: RenderFinalParts,
  final: Final,
  round: Round,
  made: Extract<MadeImage, { status: "made" }>,
): Promise<void> {
  const provenance = provenanceOf(made.asset.recipe ? [made.asset.recipe] : []);
  const fitted = await parts.fewDecoded(async () => {
    const bytes = await parts.blobs.find(assetKey(made.asset.id));
    if (bytes === undefined) throw new StorageError(`final ${final.id} is not there`);
    return fitImage(bytes, PREVIEW, provenance);
  });
  const preview: Asset = {
    id: previewAssetOf(final.id),
    kind: "preview",
    mime: "image/jpeg",
    width: fitted.width,
    height: fitted.height,
    bytes: fitted.bytes.length,
    recipe: undefined,
    parents: [made.asset.id],
  };
  await parts.blobs.put(assetKey(preview.id), fitted.bytes);
  const at = parts.clock();
  await parts.database.transact(async (records) => {
    await records.assets.add(made.asset, at);
    await records.assets.add(preview, at);
    if (!(await records.finals.deliver(final.id, made.asset.id, preview.id, at))) return;
    const spent = await records.ledger.spend(finalReservation(final.id), undefined, at);
    if (spent.status !== "spent")
      parts.log.error("ledger.refused", spent, { final: final.id, asked: "spend" });
    await refreshPost(records, final.post, round.concept.channel, at);
    await refreshPost(records, round.post, round.concept.channel, at);
  });
}
