import { z } from "zod";
import type { Reachability } from "../../../src/ports/image-model.ts";
import type { HostedModel } from "../vendor.ts";
import type { Fetch } from "../wire.ts";

const PRICES = z.object({ prices: z.array(z.object({ endpoint_id: z.string() })) });

/** Asks what the model costs, which takes a key: https://fal.ai/docs/api-reference/platform-apis/openapi/v1.json. */
export async function checkModel(
  model: HostedModel,
  platformUrl: URL,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<Reachability> {
  const ids = [...new Set([model.id, model.editId ?? model.id])];
  const url = new URL("v1/models/pricing", `${platformUrl}`.replace(/\/?$/, "/"));
  for (const id of ids) url.searchParams.append("endpoint_id", id);
  const answer = await fetch(url, {
    headers: { authorization: `Key ${model.key?.reveal() ?? ""}` },
    signal,
  });
  const { status } = answer;
  if (status === 401 || status === 403) return { status: "refused", why: "fal does not accept the key" };
  if (status === 404) return { status: "no_model", why: `fal does not know ${ids.join(" or ")}` };
  const { prices } = PRICES.safeParse(await answer.json().catch(() => undefined)).data ?? {};
  if (prices === undefined) return { status: "unreachable", why: `fal answered ${status}` };
  const unknown = ids.find((id) => !prices.some((each) => each.endpoint_id === id));
  if (unknown !== undefined) return { status: "no_model", why: `fal does not know ${unknown}` };
  return { status: "reachable", how: "fal accepts the key and has a price for the model" };
}
