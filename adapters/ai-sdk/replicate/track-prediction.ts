import { ModelError } from "../../../src/ports/image-model.ts";
import type { Fetch } from "../wire.ts";
import { type Prediction, toPrediction } from "./prediction.ts";

/** How long a creation may take to be answered, with its pictures on the way there. */
const CREATED_WITHIN_MS = 120_000;
const CANCELED_WITHIN_MS = 30_000;

export interface Tracked {
  /** What the package is to use for one call. */
  readonly fetch: Fetch;
  /** Cancels the prediction if it may still be running. Never rejects: more than to try is not to be had. */
  cancel(): Promise<void>;
}

/**
 * Predictions run on, and are paid for, when nobody asks for them any more. So a creation is not cut off: its
 * answer names what there is to cancel.
 *
 * @param base of the API, without a slash at its end.
 */
export function trackPrediction(fetch: Fetch, base: string, authorization: string): Tracked {
  let created: Promise<Prediction | undefined> = Promise.resolve(undefined);
  let isOver = false;

  async function ask(...[input, init]: Parameters<Fetch>): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    // A picture: it is made.
    if (!/\/predictions\/[^/]+$/.test(url.pathname)) isOver = true;
    const headers = new Headers(init?.headers);
    // Files at the API itself want the key too: https://replicate.com/docs/reference/http#predictions.get.
    if (url.origin === new URL(base).origin) headers.set("authorization", authorization);
    try {
      return await fetch(input, { ...init, headers });
    } catch (error) {
      // An end that was told, not a connection that was lost.
      if (error instanceof ModelError) isOver = true;
      throw error;
    }
  }

  return {
    async fetch(input, init) {
      if (init?.method !== "POST") return await ask(input, init);
      const answer = fetch(input, { ...init, signal: AbortSignal.timeout(CREATED_WITHIN_MS) });
      created = answer.then((response) => response.clone().json()).then(toPrediction, () => undefined);
      return await answer;
    },
    async cancel() {
      const prediction = await created;
      if (isOver || prediction === undefined || prediction.status === "succeeded") return;
      // https://replicate.com/docs/reference/http#predictions.cancel. Its own address for that is not to be
      // trusted with the key.
      const url = `${base}/predictions/${encodeURIComponent(prediction.id)}/cancel`;
      const signal = AbortSignal.timeout(CANCELED_WITHIN_MS);
      await fetch(url, { method: "POST", headers: { authorization }, signal }).catch(() => undefined);
    },
  };
}
