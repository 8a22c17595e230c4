import type { Asset } from "../core/asset.ts";
import type { FailureKind } from "../core/failure.ts";
import type { AssetId } from "../core/ids.ts";
import type { Recipe } from "../core/recipe.ts";
import { cleanImage } from "../images/clean-image.ts";
import { inspectImage } from "../images/inspect-image.ts";
import { type BlobStore, StorageError } from "../ports/blobs.ts";
import { type ImageModel, type ImageRequest, ModelError } from "../ports/image-model.ts";
import type { Attempt } from "../ports/jobs.ts";
import type { Log } from "../ports/log.ts";
import { assetKey, makerKey, paidKey } from "./keys.ts";
import { encodeMaker, findMaker, type Maker } from "./maker.ts";

export type MakeImage = (order: ImageOrder, attempt: Attempt) => Promise<MadeImage>;

export interface ImageOrder {
  readonly model: ImageModel;
  readonly request: ImageRequest;
  /** The asset to be, and the id under which it is paid: one id, one image. */
  readonly id: AssetId;
  readonly kind: "take" | "final";
  readonly guide: Recipe["guide"];
  /** The assets of `request.references`. */
  readonly references: Recipe["references"];
}

export type MadeImage =
  | { readonly status: "made"; readonly asset: Asset; readonly bytes: Uint8Array }
  | { readonly status: "failed"; readonly failure: FailureKind };

export interface MakeImageParts {
  readonly blobs: BlobStore;
  readonly log: Log;
  /** The longest that one call of a model may take, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Makes an image and keeps it. What a model has sent is kept before anything else is done with it, so
 * that no later try pays for it again; then it is inspected, because it may be anything.
 *
 * @throws ModelError when another try may help and there is one.
 */
export function createMakeImage(parts: MakeImageParts): MakeImage {
  return async (order, attempt) => {
    try {
      const paid = await findOrPay(parts, order, attempt);
      return await accept(parts, order, paid);
    } catch (error) {
      return toFailure(parts, order, attempt, error);
    }
  };
}

interface Paid {
  readonly bytes: Uint8Array;
  readonly by: Maker;
}

async function findOrPay(parts: MakeImageParts, order: ImageOrder, attempt: Attempt): Promise<Paid> {
  const kept = await parts.blobs.find(paidKey(order.id));
  if (kept) return { bytes: kept, by: await findMaker(parts.blobs, order.id, order.model.id) };
  const signal = AbortSignal.any([attempt.signal, AbortSignal.timeout(parts.timeoutMs)]);
  parts.log.debug("image.asked", { asset: order.id, model: order.model.id, attempt: attempt.number });
  const image = await order.model.generate(order.request, { signal, idempotencyKey: order.id });
  const { bytes, modelVersion } = image;
  const by = { model: order.model.id, modelVersion };
  const put = await parts.blobs.put(paidKey(order.id), bytes);
  parts.log.debug("image.kept", { asset: order.id, bytes: bytes.length });
  // Another worker thought this job lost, and was first: its image is the one.
  if (put === "exists") return findOrPay(parts, order, attempt);
  await parts.blobs.put(makerKey(order.id), encodeMaker(by));
  return { bytes, by };
}

async function accept(parts: MakeImageParts, order: ImageOrder, paid: Paid): Promise<MadeImage> {
  const check = await inspectImage(paid.bytes);
  if (check.status === "bad") {
    parts.log.warn("image.refused", { asset: order.id, reason: check.reason });
    return { status: "failed", failure: "bad_image" };
  }
  const clean = await cleanImage(paid.bytes);
  await parts.blobs.put(assetKey(order.id), clean.bytes);
  const { prompt, seed, aspect, size } = order.request;
  const recipe: Recipe = {
    prompt,
    seed,
    aspect,
    size,
    ...paid.by,
    guide: order.guide,
    references: order.references,
  };
  const { mime, width, height, bytes } = clean;
  const parents = [...(order.guide ? [order.guide.asset] : []), ...order.references];
  const asset: Asset = {
    id: order.id,
    kind: order.kind,
    mime,
    width,
    height,
    bytes: bytes.length,
    recipe,
    parents,
  };
  return { status: "made", asset, bytes };
}

function toFailure(parts: MakeImageParts, order: ImageOrder, attempt: Attempt, error: unknown): MadeImage {
  // The process is stopping, or the job is another worker's now: not a failure of the image.
  if (attempt.signal.aborted) throw error;
  if (error instanceof StorageError) {
    parts.log.error("image.not_kept", error, { asset: order.id });
    return { status: "failed", failure: "storage" };
  }
  const failure = asModelError(error);
  if (failure === undefined) {
    // Nobody's failure but ours. Other tries may do better; after the last, a person must hear of it.
    if (!attempt.isLast) throw error;
    parts.log.error("image.broken", error, { asset: order.id });
    return { status: "failed", failure: "interrupted" };
  }
  const { kind, billed } = failure;
  if (mayTryAgain(failure, attempt)) throw failure;
  parts.log.warn("image.failed", { asset: order.id, kind, billed, attempt: attempt.number });
  return { status: "failed", failure: kind };
}

/** What was charged for is not asked for again; what perhaps was, once more. */
function mayTryAgain({ retryable, billed }: ModelError, attempt: Attempt): boolean {
  if (!retryable || attempt.isLast || billed === "yes") return false;
  return billed === "no" || attempt.number === 1;
}

function asModelError(error: unknown): ModelError | undefined {
  if (error instanceof ModelError) return error;
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return new ModelError("timeout", "no answer in time", {
      retryable: true,
      billed: "unknown",
      cause: error,
    });
  }
  return undefined;
}
