import { type ImageModel, ModelError } from "../../src/ports/image-model.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";
import { holdLarge } from "./hold-large.ts";
import { readHttpFailure } from "./read-http-failure.ts";
import type { HostedModel, Vendor } from "./vendor.ts";
import { type Fetch, tap } from "./wire.ts";

export interface AiSdkModelParts {
  readonly vendor: Vendor;
  readonly model: HostedModel;
  /** What reaches the network. */
  readonly fetch: Fetch;
}

/**
 * A model of a provider through its AI SDK package, asked for one image at a time: `doGenerate` itself,
 * which tries once. What the package says is read together with what went over the wire, because the
 * packages fold safety, quota and lost connections into one.
 */
export function createAiSdkModel({ vendor, model, fetch }: AiSdkModelParts): ImageModel {
  const guard = (through: Fetch) =>
    createGuardedFetch({
      fetch: through,
      baseUrl: model.baseUrl ?? vendor.baseUrl,
      hosts: vendor.resultHosts,
      apiHosts: vendor.apiHosts ?? [],
    });
  return {
    async generate(request, { signal }) {
      signal.throwIfAborted();
      if (model.key === undefined) throw withoutKey(vendor);
      const ended = Promise.withResolvers<void>();
      const guarded = guard(holdLarge(fetch, ended.promise));
      const { fetch: tapped, wire } = tap(guarded, (exchange) => vendor.onExchange(exchange));
      try {
        const answer = await vendor.open(model, tapped).doGenerate({
          ...vendor.toCall(model, request),
          n: 1,
          mask: undefined,
          abortSignal: signal,
        });
        return vendor.readAnswer(model, answer, wire);
      } catch (error) {
        // Whoever cut it off knows why.
        signal.throwIfAborted();
        if (wire.refusal instanceof ModelError) throw wire.refusal;
        throw ownAmong(error) ?? vendor.readFailure(error, wire) ?? readHttpFailure(vendor.name, wire);
      } finally {
        ended.resolve();
      }
    },
    async check(signal) {
      if (model.key === undefined) return { status: "refused", why: "no key is set" };
      try {
        return await vendor.check(model, guard(fetch), signal);
      } catch {
        return { status: "unreachable", why: `no answer from ${(model.baseUrl ?? vendor.baseUrl).host}` };
      }
    },
  };
}

/** Packages wrap what their `fetch` throws, some more than once. */
function ownAmong(error: unknown, depthMax = 8): ModelError | undefined {
  if (error instanceof ModelError) return error;
  return error instanceof Error && depthMax > 0 ? ownAmong(error.cause, depthMax - 1) : undefined;
}

function withoutKey({ name }: Vendor): ModelError {
  return new ModelError("auth", `no key for ${name}`, { retryable: false, billed: "no" });
}
