import type { FailureKind } from "../core/failure.ts";
import type { AssetId } from "../core/ids.ts";
import { type ImageRequest, ModelError, type ModelImage } from "../ports/image-model.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { CallRecord } from "../ports/model-records.ts";
import type { Database } from "../ports/records.ts";
import type { Model } from "./models.ts";

export interface ModelQuestion<T> {
  readonly model: Model;
  readonly request: ImageRequest;
  /** What it is to make, and the id under which it is paid. */
  readonly id: AssetId;
  readonly signal: AbortSignal;
  /** Puts the image where no crash can lose it: before anything else is done. */
  readonly keep: (image: ModelImage) => Promise<T>;
}

/**
 * Asks a model once, if its breaker lets us, and records how that ended.
 *
 * @throws ModelError; the signal's reason; what `keep` throws.
 */
export type AskModel = <T>(question: ModelQuestion<T>) => Promise<T>;

export interface AskModelParts {
  readonly database: Database;
  readonly log: Log;
  readonly clock: Clock;
}

/** What rest may help. Any other answer, a refusal too, says that the model is there. */
const UNWELL: ReadonlySet<CallRecord["outcome"]> = new Set<FailureKind>(["overloaded", "timeout"]);

export function createAskModel(parts: AskModelParts): AskModel {
  return async (question) => {
    const { model, id } = question;
    await passBreaker(parts, model);
    parts.log.debug("image.asked", { asset: id, model: model.spec.id });
    const began = performance.now();
    const note = (ending: Ending) => record(parts, question, ending, Math.round(performance.now() - began));
    const image = await generate(question).catch(async (error: unknown) => {
      const failure = asModelError(error);
      await note(failure ? { ...failure, outcome: failure.kind, billed: failure.billed } : CUT_OFF);
      throw failure ?? error;
    });
    try {
      return await question.keep(image);
    } finally {
      await note({ outcome: "made", billed: "yes", cost: image.cost, requestId: image.requestId });
    }
  };
}

function generate({ model, request, id, signal }: ModelQuestion<unknown>): Promise<ModelImage> {
  const inTime = AbortSignal.timeout(model.spec.limits.timeoutMs);
  const call = { signal: AbortSignal.any([signal, inTime]), idempotencyKey: id };
  return model.image.generate(request, call);
}

async function passBreaker({ database, clock }: AskModelParts, { spec }: Model): Promise<void> {
  const at = clock();
  const admitted = await database.records.breakers.admit(spec, at);
  if (admitted.status === "admitted") return;
  throw new ModelError("overloaded", `${spec.name} rests after too many failures`, {
    retryable: true,
    billed: "no",
    retryAfterMs: admitted.until.getTime() - at.getTime(),
  });
}

type Ending = Pick<CallRecord, "outcome" | "billed" | "cost" | "requestId">;

/** By us, or broken by us: nothing is known of the model. */
const CUT_OFF: Ending = {
  outcome: "interrupted",
  billed: "unknown",
  cost: undefined,
  requestId: undefined,
};

/** No image is to be lost over its bookkeeping. */
async function record(
  { database, log, clock }: AskModelParts,
  { model, id, request }: ModelQuestion<unknown>,
  { outcome, billed, cost, requestId }: Ending,
  tookMs: number,
): Promise<void> {
  const { tier, name, id: modelId, prices } = model.spec;
  const { calls, breakers } = database.records;
  const listUsd = prices.usd?.[request.size];
  const at = clock();
  const call = {
    tier,
    name,
    model: modelId,
    asset: id,
    outcome,
    billed,
    listUsd,
    cost,
    requestId,
    tookMs,
    at,
  };
  try {
    await calls.add(call);
    if (outcome === "interrupted") return;
    if (!UNWELL.has(outcome)) await breakers.succeeded(model.spec);
    else if ((await breakers.failed(model.spec, at)) === "opened") {
      log.warn("model.breaker_opened", { model: name, tier, because: outcome });
    }
  } catch (error) {
    log.error("model.call_not_recorded", error, { asset: id, model: name, outcome, billed });
  }
}

function asModelError(error: unknown): ModelError | undefined {
  if (error instanceof ModelError) return error;
  if (!(error instanceof DOMException) || error.name !== "TimeoutError") return undefined;
  return new ModelError("timeout", "no answer in time", { retryable: true, billed: "unknown" });
}
