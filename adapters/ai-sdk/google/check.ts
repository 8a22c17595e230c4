import type { Reachability } from "../../../src/ports/image-model.ts";
import { readHttpFailure } from "../read-http-failure.ts";
import type { HostedModel } from "../vendor.ts";
import { type Fetch, tap } from "../wire.ts";
import { readFailure } from "./read-failure.ts";
import { isGemini } from "./to-call.ts";

export interface GoogleCheck {
  readonly model: HostedModel;
  readonly url: URL;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
}

/** Asks for what Google knows of the model, which costs nothing: https://ai.google.dev/api/models#method:-models.get. */
export async function checkGoogle({ model, url, fetch, signal }: GoogleCheck): Promise<Reachability> {
  if (!isGemini(model.id)) return { status: "no_model", why: "only models named gemini-… make images" };
  const { fetch: tapped, wire } = tap(fetch, () => undefined);
  const path = `${url.href.replace(/\/$/, "")}/models/${encodeURIComponent(model.id)}`;
  const response = await tapped(path, { headers: { "x-goog-api-key": model.key?.reveal() ?? "" }, signal });
  await response.body?.cancel();
  if (response.ok) return { status: "reachable", how: "google knows the model" };
  const { kind, message: why } = readFailure(wire) ?? readHttpFailure("google", wire);
  if (kind === "auth") return { status: "refused", why };
  return kind === "no_model" ? { status: "no_model", why } : { status: "unreachable", why };
}
