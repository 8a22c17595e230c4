import type { Asset, Recipe } from "../core/asset.ts";
import type { Cost } from "../core/cost.ts";
import type { FailureKind } from "../core/failure.ts";
import type { FewAtOnce } from "../core/few-at-once.ts";
import type { AssetId } from "../core/ids.ts";
import { cleanImage } from "../images/clean-image.ts";
import { inspectImage } from "../images/inspect-image.ts";
import type { AskModel } from "../models/ask-model.ts";
import { fitRequest, type WantedImage } from "../models/fit-request.ts";
import type { Model } from "../models/models.ts";
import { type BlobStore, StorageError } from "../ports/blobs.ts";
import { ModelError, type ModelImage } from "../ports/image-model.ts";
import type { Attempt } from "../ports/jobs.ts";
import type { Log } from "../ports/log.ts";
import { assetKey, makerKey, paidKey } from "./keys.ts";
import { encodeMaker, findMaker, type Maker } from "./maker.ts";
import { measuredShortfalls } from "./measured-shortfalls.ts";
import { provenanceOf } from "./provenance-of.ts";
import { NotWanted, whileWanted } from "./while-wanted.ts";

export type MakeImage = (order: ImageOrder, attempt: Attempt) => Promise<MadeImage>;

export interface ImageOrder {
  readonly model: Model;
  readonly wanted: WantedImage;
  /** The asset to be, and the id under which it is paid: one id, one image. */
  readonly id: AssetId;
  readonly kind: "take" | "final";
  readonly guide: Recipe["guide"];
  /** The assets of `wanted.references`. */
  readonly references: Recipe["references"];
  /** Whether somebody else can be asked, when this model could not. */
  readonly hasNext: (failure: FailureKind) => boolean;
  readonly isWanted: () => Promise<boolean>;
}

export type MadeImage =
  /** Its bytes are kept. */
  | { readonly status: "made"; readonly asset: Asset }
  | { readonly status: "failed"; readonly failure: FailureKind };

export interface MakeImageParts {
  readonly blobs: BlobStore;
  readonly askModel: AskModel;
  readonly fewDecoded: FewAtOnce;
  readonly log: Log;
}

/** Where there is another model, one is asked twice, and not waited for longer than people wait for an answer. */
const TRIES_BEFORE_NEXT = 2;
const WAIT_BEFORE_NEXT_MS = 10_000;

/**
 * Makes an image and keeps it. What a model has sent is kept before anything else is done with it, so
 * that no later try pays for it again; then it is inspected, because it may be anything.
 *
 * @throws ModelError when another try may help and there is one.
 */
export function createMakeImage(parts: MakeImageParts): MakeImage {
  return async (order, attempt) => {
    try {
      const by = await findOrPay(parts, order, attempt);
      return await parts.fewDecoded(() => accept(parts, order, by));
    } catch (error) {
      return toFailure(parts, order, attempt, error);
    }
  };
}

async function findOrPay(parts: MakeImageParts, order: ImageOrder, attempt: Attempt): Promise<Maker> {
  const { model, id, wanted } = order;
  const { name, id: modelId, abilities, onAbort, prices } = model.spec;
  const { request, shortfalls } = fitRequest(abilities, wanted);
  const { seed } = request;
  const asked = { name, model: modelId, modelVersion: undefined, requestId: undefined, cost: undefined };
  const kept = await parts.blobs.find(paidKey(id));
  if (kept) return findMaker(parts.blobs, id, { ...asked, seed, shortfalls });
  const usd = prices.usd?.[request.size];
  const listed: Cost | undefined = usd === undefined ? undefined : { usd, basis: "list" };
  const keep = (image: ModelImage) => {
    const { modelVersion, requestId, cost } = image;
    return keepPaid(parts, order, image, {
      name,
      model: modelId,
      modelVersion,
      requestId,
      cost: cost ?? listed,
      seed: image.seed ?? seed,
      shortfalls,
    });
  };
  const ask = (signal: AbortSignal) => parts.askModel({ model, request, id, signal, keep });
  const paid =
    // To cut off what is paid for anyway would help nobody.
    onAbort === "free" ? await whileWanted(attempt.signal, order.isWanted, ask) : await ask(attempt.signal);
  // Another worker thought this job lost, and was first: its image is the one.
  return paid ?? findOrPay(parts, order, attempt);
}

/** Undefined: one is kept already. */
async function keepPaid(
  { blobs, log }: MakeImageParts,
  { id }: ImageOrder,
  { bytes }: ModelImage,
  by: Maker,
): Promise<Maker | undefined> {
  const put = await blobs.put(paidKey(id), bytes);
  log.debug("image.kept", { asset: id, bytes: bytes.length });
  if (put === "exists") return undefined;
  await blobs.put(makerKey(id), encodeMaker(by));
  return by;
}

/** What is kept is read anew: many large images may wait for their turn, and need no memory meanwhile. */
async function accept(parts: MakeImageParts, order: ImageOrder, maker: Maker): Promise<MadeImage> {
  const paid = await parts.blobs.find(paidKey(order.id));
  if (paid === undefined) throw new StorageError(`what was paid for ${order.id} is not there`);
  const check = await inspectImage(paid);
  if (check.status === "bad") {
    parts.log.warn("image.refused", { asset: order.id, reason: check.reason });
    return { status: "failed", failure: "bad_image" };
  }
  const { tier, prompt, aspect, size } = order.wanted;
  const { shortfalls, ...by } = maker;
  const recipe: Recipe = {
    tier,
    prompt,
    aspect,
    size,
    ...by,
    guide: order.guide,
    references: order.references,
    shortfalls: [...shortfalls, ...measuredShortfalls(order.wanted, check, shortfalls)],
  };
  const clean = await cleanImage(paid, provenanceOf([recipe]));
  await parts.blobs.put(assetKey(order.id), clean.bytes);
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
  return { status: "made", asset };
}

function toFailure(parts: MakeImageParts, order: ImageOrder, attempt: Attempt, error: unknown): MadeImage {
  // The process is stopping, or the job is another worker's now: not a failure of the image.
  if (attempt.signal.aborted) throw error;
  if (error instanceof NotWanted) return { status: "failed", failure: "cancelled" };
  if (error instanceof StorageError) {
    parts.log.error("image.not_kept", error, { asset: order.id });
    return { status: "failed", failure: "storage" };
  }
  if (!(error instanceof ModelError)) {
    // Nobody's failure but ours. Other tries may do better; after the last, a person must hear of it.
    if (!attempt.isLast) throw error;
    parts.log.error("image.broken", error, { asset: order.id });
    return { status: "failed", failure: "interrupted" };
  }
  if (mayTryAgain(order, error, attempt)) throw error;
  const { kind, billed } = error;
  const model = order.model.spec.name;
  parts.log.warn("image.failed", { asset: order.id, model, kind, billed, attempt: attempt.number });
  return { status: "failed", failure: kind };
}

/** What was charged for is not asked for again; what perhaps was, once more. */
function mayTryAgain({ hasNext }: ImageOrder, error: ModelError, attempt: Attempt): boolean {
  const { kind, retryable, retryAfterMs = 0, billed } = error;
  if (!retryable || attempt.isLast || billed === "yes") return false;
  if (hasNext(kind) && (attempt.number >= TRIES_BEFORE_NEXT || retryAfterMs > WAIT_BEFORE_NEXT_MS))
    return false;
  return billed === "no" || attempt.number === 1;
}
