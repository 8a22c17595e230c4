import { type ImageModel, ModelError } from "../../src/ports/image-model.ts";
import { type Ask, createAsk, type Fetch } from "./ask.ts";
import { checkServer } from "./check-server.ts";
import { interrupt } from "./interrupt.ts";
import { readFailure } from "./read-failure.ts";
import { readImage } from "./read-image.ts";
import { type Json, toBody } from "./to-body.ts";

export interface SdapiModelParts {
  /** The server, without `/sdapi/v1`. A user's name and password in it are sent as HTTP basic authentication. */
  readonly baseUrl: URL;
  /** As the server calls it; `""`, `default` or `loaded`: whichever it has loaded. */
  readonly checkpoint: string;
  /** Added to each call, in the API's own words: they win over ours. */
  readonly options: Readonly<Record<string, Json>>;
  readonly fetch: Fetch;
}

/**
 * A model on a server of one's own that speaks the API of AUTOMATIC1111's web UI
 * (https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API): that one and its forks, and
 * stable-diffusion.cpp's server (https://github.com/leejet/stable-diffusion.cpp/blob/master/examples/server/api.md).
 * Nothing there costs money, so that no failure is ever billed.
 */
export function createSdapiModel({ baseUrl, checkpoint, options, fetch }: SdapiModelParts): ImageModel {
  const ask = createAsk({ baseUrl, fetch });
  return {
    async generate(request, { signal, idempotencyKey }) {
      signal.throwIfAborted();
      const { path, body } = toBody({ request, checkpoint, options, task: idempotencyKey });
      const answer = await askPatiently(ask, path, body, signal).catch((error: unknown) => {
        if (signal.aborted) void interrupt(ask, idempotencyKey);
        // Whoever cut it off knows why.
        signal.throwIfAborted();
        throw error;
      });
      if (answer.status !== 200) throw readFailure(answer);
      return readImage(answer.json, checkpoint);
    },
    async check(signal) {
      try {
        return await checkServer(ask, checkpoint, signal);
      } catch {
        return { status: "unreachable", why: `no answer from ${baseUrl.host}` };
      }
    },
  };
}

async function askPatiently(ask: Ask, path: string, body: object, signal: AbortSignal) {
  try {
    return await ask("POST", path, body, signal);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError("overloaded", "no answer from the sdapi server", { retryable: true, billed: "no" });
  }
}
