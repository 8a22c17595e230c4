import type { Reachability } from "../../../src/ports/image-model.ts";
import type { Fetch } from "../wire.ts";

/** https://replicate.com/docs/reference/http#models.get, or #models.versions.get for an id with a version. */
export async function checkModel(
  url: { readonly base: string; readonly id: string },
  fetch: Fetch,
  init: RequestInit,
): Promise<Reachability> {
  const [name, version] = url.id.split(":");
  const path = version === undefined ? `models/${name}` : `models/${name}/versions/${version}`;
  const response = await fetch(`${url.base}/${path}`, init);
  await response.body?.cancel();
  const { ok, status } = response;
  if (ok) return { status: "reachable", how: "the key is accepted, and the provider knows the model" };
  if (status === 401 || status === 403) return { status: "refused", why: "the key is not accepted" };
  if (status === 404) return { status: "no_model", why: "the provider does not know the model" };
  return { status: "unreachable", why: `it answered ${status}` };
}
