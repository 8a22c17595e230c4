import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { ModelError } from "../../../src/ports/image-model.ts";
import type { HostedModel } from "../vendor.ts";
import type { Fetch } from "../wire.ts";

/** A look that gets no answer of fal's is repeated, each after twice the time: half a minute in all at 500 ms. */
const LOOKS_MAX = 7;
/** Cancelling must not hold up who waits for the call to end. */
const CANCEL_MS = 1_000;

const SUBMITTED = z.object({
  request_id: z.string(),
  status_url: z.url(),
  response_url: z.url(),
  cancel_url: z.url(),
});

export interface QueueFetchParts {
  readonly fetch: Fetch;
  /** Put over what the package sends, in fal's own words; `null` takes a field away. */
  readonly options: HostedModel["options"];
  /** Between two looks at a request, in milliseconds. */
  readonly pollMs: number;
}

/**
 * A `fetch` that turns the package's one POST into a request of fal's queue: submit, look until it is completed,
 * take the result. The synchronous way holds one connection for as long as an image takes, fails when no runner
 * is free, and cannot be cancelled. See https://fal.ai/docs/api-reference/inference-api.
 *
 * Whatever is only read (a status, a result, an image) may be read again for nothing, so a connection that breaks
 * there costs nobody an image. A request that is no longer waited for is cancelled at fal.
 */
export function createQueueFetch({ fetch, options, pollMs }: QueueFetchParts): Fetch {
  async function look(input: Parameters<Fetch>[0], init: RequestInit): Promise<Response> {
    for (let tries = 1; ; tries++) {
      try {
        const response = await fetch(input, init);
        if (tries === LOOKS_MAX || !isOfIngress(response)) return response;
      } catch (error) {
        init.signal?.throwIfAborted();
        if (tries === LOOKS_MAX || error instanceof ModelError) throw error;
      }
      await pause(pollMs * 2 ** (tries - 1), init.signal);
    }
  }

  async function complete(request: z.output<typeof SUBMITTED>, init: RequestInit): Promise<Response> {
    for (;;) {
      const { status } = await look(request.status_url, init);
      // 202 in the queue and in progress, 200 when it is over, well or badly.
      if (status === 200) return await look(request.response_url, init);
      if (status !== 202) throw new Error(`status ${status}`);
      await pause(pollMs, init.signal);
    }
  }

  return async (input, init = {}) => {
    if (init.method !== "POST" || typeof init.body !== "string") return await look(input, init);
    const submitted = await fetch(input, { ...init, body: withOptions(init.body, options) });
    if (!submitted.ok) return submitted;
    const request = SUBMITTED.safeParse(await submitted.json().catch(() => undefined)).data;
    if (request === undefined) throw lost("fal's queue gave no address for the request", undefined);
    const authorization = new Headers(init.headers).get("authorization") ?? "";
    const asking = { headers: { authorization }, signal: init.signal ?? null };
    try {
      return await complete(request, asking);
    } catch (error) {
      const signal = AbortSignal.timeout(CANCEL_MS);
      await fetch(request.cancel_url, { ...asking, method: "PUT", signal }).catch(() => undefined);
      init.signal?.throwIfAborted();
      throw error instanceof ModelError ? error : lost("fal's queue cannot be reached", request.request_id);
    }
  };
}

function withOptions(body: string, options: HostedModel["options"]): string {
  const fields = Object.entries({ ...(JSON.parse(body) as object), ...options });
  return JSON.stringify(Object.fromEntries(fields.filter(([, value]) => value !== null)));
}

/** An error on the way to fal: what fal itself answers about a request names it, as its own client knows. */
function isOfIngress({ status, headers }: Response): boolean {
  return status >= 500 && !headers.has("x-fal-request-id");
}

function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return setTimeout(ms, undefined, signal ? { signal } : {});
}

function lost(what: string, requestId: string | undefined): ModelError {
  return new ModelError("overloaded", what, { retryable: true, billed: "unknown", requestId });
}
