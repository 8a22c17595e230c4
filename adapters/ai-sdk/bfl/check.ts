import { z } from "zod";
import type { Reachability } from "../../../src/ports/image-model.ts";
import type { Fetch } from "../wire.ts";

const CREDITS = z.object({ credits: z.number() });

/** https://docs.bfl.ai/api-reference/get-the-users-credits: all that can be asked there for nothing. */
export async function checkCredits(base: string, fetch: Fetch, init: RequestInit): Promise<Reachability> {
  const response = await fetch(`${base}/credits`, init);
  const { ok, status } = response;
  if (!ok) await response.body?.cancel();
  if (status === 401 || status === 403) return { status: "refused", why: "the key is not accepted" };
  const read = ok ? CREDITS.safeParse(await response.json()).data : undefined;
  if (read === undefined) return { status: "unreachable", why: `it answered ${status}` };
  if (read.credits <= 0) return { status: "refused", why: "the account has no credits left" };
  const left = `${Math.floor(read.credits)} credits left`;
  return {
    status: "reachable",
    how: `the key is accepted, with ${left}; whether there is the model cannot be asked without paying`,
  };
}
