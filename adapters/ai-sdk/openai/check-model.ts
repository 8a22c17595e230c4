import type { Reachability } from "../../../src/ports/image-model.ts";
import type { HostedModel } from "../vendor.ts";
import type { Fetch } from "../wire.ts";

/** Looks the model up with its key: https://developers.openai.com/api/reference/resources/models/methods/retrieve. */
export async function checkModel(
  model: HostedModel,
  baseUrl: URL,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<Reachability> {
  for (const id of new Set([model.id, model.editId ?? model.id])) {
    const url = new URL(`models/${encodeURIComponent(id)}`, `${baseUrl}`.replace(/\/?$/, "/"));
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${model.key?.reveal() ?? ""}` },
      signal,
    });
    await answer.body?.cancel();
    const { status } = answer;
    if (status === 401) return { status: "refused", why: "OpenAI does not accept the key" };
    if (status === 403) return { status: "refused", why: "OpenAI does not let the key look at the model" };
    if (status === 404) return { status: "no_model", why: `OpenAI does not know ${id}` };
    if (!answer.ok) return { status: "unreachable", why: `OpenAI answered ${status}` };
  }
  return { status: "reachable", how: "OpenAI accepts the key and knows the model" };
}
