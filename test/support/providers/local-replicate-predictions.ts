import type { Outcome } from "./local-provider.ts";
import { ERRORS } from "./local-replicate-answers.ts";
import type { ReplicateInput, ReplicateModel } from "./local-replicate-models.ts";

/** https://replicate.com/docs/topics/predictions/lifecycle */
export type ReplicateStatus = "starting" | "processing" | "succeeded" | "failed" | "canceled" | "aborted";

export interface ReplicateEnd {
  readonly status: ReplicateStatus;
  readonly error: string | null;
}

export interface Prediction {
  readonly id: string;
  readonly model: ReplicateModel;
  readonly input: ReplicateInput;
  readonly outcome: Outcome;
  /** How it is to end; undefined: by its outcome. */
  readonly end: ReplicateEnd | undefined;
  looksLeft: number;
  status: ReplicateStatus;
  error: string | null;
}

/** As when somebody looks at it: each look is a step. */
export function step(prediction: Prediction): void {
  prediction.looksLeft -= 1;
  if (prediction.status === "starting") prediction.status = "processing";
  if (prediction.looksLeft <= 0 && prediction.status === "processing") finish(prediction);
}

export function finish(prediction: Prediction): void {
  const error = ERRORS[prediction.outcome];
  const usual: ReplicateEnd =
    error === undefined ? { status: "succeeded", error: null } : { status: "failed", error };
  Object.assign(prediction, prediction.end ?? usual);
}

/** https://replicate.com/docs/reference/http#predictions.get */
export function told({ id, model, input, status, error }: Prediction, origin: URL): object {
  const isMade = status === "succeeded";
  const file = new URL(`/v1/files/${id}`, origin).href;
  const count = typeof input.num_outputs === "number" ? input.num_outputs : 1;
  const output = model.hasList ? Array.from({ length: count }, () => file) : file;
  const at = new URL(`/v1/predictions/${id}`, origin).href;
  return {
    id,
    model: model.name,
    version: model.version ?? "hidden",
    input,
    // As https://github.com/replicate/cog-flux prints it; models that are asked elsewhere print nothing.
    logs: isMade && model.hasList ? `Loading\nUsing seed: ${input.seed ?? 1234}\nGenerating\n` : "",
    output: isMade ? output : null,
    data_removed: false,
    error,
    status,
    created_at: "2026-11-20T10:00:00.000Z",
    ...(isMade ? { metrics: { predict_time: 1.25, total_time: 1.5 } } : {}),
    urls: { get: at, cancel: `${at}/cancel`, web: `https://replicate.com/p/${id}` },
  };
}
