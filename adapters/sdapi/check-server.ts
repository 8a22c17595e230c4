import { z } from "zod";
import type { Reachability } from "../../src/ports/image-model.ts";
import type { Answer, Ask } from "./ask.ts";
import { isLoaded, isNamed } from "./checkpoint.ts";

const checkpoints = z.array(
  z.object({
    title: z.string(),
    model_name: z.string().nullish(),
    filename: z.string().nullish(),
    hash: z.string().nullish(),
    sha256: z.string().nullish(),
  }),
);

const settings = z.object({ sd_model_checkpoint: z.string().nullish() });

/** Whether the server has the checkpoint, by its list of them or, where it keeps none, by what it has loaded. May reject. */
export async function checkServer(ask: Ask, checkpoint: string, signal: AbortSignal): Promise<Reachability> {
  const listed = await ask("GET", "sdapi/v1/sd-models", undefined, signal);
  const list = checkpoints.safeParse(listed.json).data;
  if (listed.status === 200 && list !== undefined) {
    return found(checkpoint, list.flatMap(Object.values));
  }
  if (listed.status !== 404) return withoutAnswer(listed);
  const set = await ask("GET", "sdapi/v1/options", undefined, signal);
  const loaded = settings.safeParse(set.json).data?.sd_model_checkpoint;
  if (set.status === 200 && loaded !== undefined) return found(checkpoint, [loaded]);
  return withoutAnswer(set);
}

function found(checkpoint: string, names: readonly (string | null | undefined)[]): Reachability {
  if (isLoaded(checkpoint)) return { status: "reachable", how: "the server answers" };
  if (isNamed(checkpoint, names)) return { status: "reachable", how: "the server has the checkpoint" };
  return { status: "no_model", why: "the server does not have the checkpoint" };
}

function withoutAnswer({ status }: Answer): Reachability {
  if (status === 401 || status === 403) {
    return { status: "refused", why: "the server did not accept the user's name and password" };
  }
  if (status === 404) return { status: "unreachable", why: "the server has no /sdapi/v1: it may need --api" };
  return { status: "unreachable", why: `the server answered ${status}` };
}
