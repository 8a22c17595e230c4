import type { ImageModel, ImageRequest, ModelImage } from "../../src/ports/image-model.ts";

/** Stands for a provider: what it answers is written down beforehand. */
export interface ScriptedModel extends ImageModel {
  /** The idempotency key of each call. */
  readonly calls: readonly string[];
  /** What each call asked for. */
  readonly requests: readonly ImageRequest[];
}

/** Answers one call: an image, or a rejection. */
export type ScriptedAnswer = (signal: AbortSignal) => Promise<ModelImage>;

/** @param answers one a call; the last one again and again. With none, nobody is to call it. */
export function createScriptedModel(answers: readonly ScriptedAnswer[]): ScriptedModel {
  const calls: string[] = [];
  const requests: ImageRequest[] = [];
  return {
    check: async () => ({ status: "reachable", how: "it is written down" }),
    calls,
    requests,
    async generate(request, { signal, idempotencyKey }) {
      const answer = answers[Math.min(calls.length, answers.length - 1)];
      calls.push(idempotencyKey);
      requests.push(request);
      if (answer === undefined) throw new Error("nobody was to ask this model");
      return answer(signal);
    },
  };
}

export const sends =
  (bytes: Uint8Array, modelVersion?: string): ScriptedAnswer =>
  async () => ({ bytes, modelVersion, seed: undefined, requestId: undefined, cost: undefined });

export const fails =
  (error: Error): ScriptedAnswer =>
  () =>
    Promise.reject(error);
