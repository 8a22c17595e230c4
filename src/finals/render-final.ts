import { findReferences } from "../assets/find-references.ts";
import { assetKey } from "../assets/keys.ts";
import type { MadeImage, MakeImage } from "../assets/make-image.ts";
import { previewAssetOf } from "../assets/view-ids.ts";
import type { Asset } from "../core/asset.ts";
import type { Final } from "../core/final.ts";
import type { AssetId } from "../core/ids.ts";
import { dimensionsOf } from "../core/recipe.ts";
import type { Round } from "../core/round.ts";
import { fitImage, PREVIEW_BYTES_MAX, PREVIEW_SIDE_MAX } from "../images/fit-image.ts";
import { type BlobStore, StorageError } from "../ports/blobs.ts";
import type { ImageModel } from "../ports/image-model.ts";
import { type Attempt, DONE, type JobHandler } from "../ports/jobs.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { refreshPost } from "../posts/refresh-post.ts";
import { failFinal } from "./fail-final.ts";
import { finalReservation } from "./final-reservation.ts";

/** How closely a final follows its take: the same picture, finer. */
const FINAL_STRENGTH = 0.85;

/** What a chat message shows at once; the full picture is one click away. */
const PREVIEW = { bytesMax: PREVIEW_BYTES_MAX, sideMax: PREVIEW_SIDE_MAX } as const;

export interface RenderFinalParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly model: ImageModel;
  readonly makeImage: MakeImage;
  readonly log: Log;
  readonly clock: Clock;
  readonly poke: () => void;
}

/** The pick, with its whole recipe and the take itself as guide, through the final tier. */
export function createRenderFinal(parts: RenderFinalParts): JobHandler<"final.render"> {
  return async ({ final: id }, attempt) => {
    const { records } = parts.database;
    const final = await records.finals.find(id);
    const round = final && (await records.rounds.find(final.round));
    if (!final || !round || !(await records.finals.begin(id, parts.clock()))) return DONE;
    await records.turns.started("finals", await records.finals.turnOf(id));
    const made = await make(parts, final, round, attempt);
    if (made.status === "failed") await failFinal(parts, final, round, made.failure);
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

async function make(
  parts: RenderFinalParts,
  final: Final,
  round: Round,
  attempt: Attempt,
): Promise<MadeImage> {
  const { prompt, aspect, references } = round.order;
  const guide = final.take as string as AssetId;
  const bytes = await parts.blobs.find(assetKey(guide));
  const pictures = await findReferences(parts.blobs, references);
  if (bytes === undefined || pictures === undefined) return { status: "failed", failure: "storage" };
  return parts.makeImage(
    {
      model: parts.model,
      request: {
        tier: "final",
        prompt,
        seed: final.seed,
        aspect,
        size: final.size,
        dimensions: dimensionsOf(aspect, final.size),
        guide: { bytes, strength: FINAL_STRENGTH },
        references: pictures,
      },
      id: final.id as string as AssetId,
      kind: "final",
      guide: { asset: guide, strength: FINAL_STRENGTH },
      references,
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
  const fitted = await fitImage(made.bytes, PREVIEW);
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
