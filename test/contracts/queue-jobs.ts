import type { Lane } from "../../adapters/bullmq/lanes.ts";
import type { FinalId, TakeId } from "../../src/core/ids.ts";
import type { Job } from "../../src/ports/jobs.ts";

const NO_LIMITS = { atOnce: undefined, perMinute: undefined };
/** A model for each tier, without limits. */
export const LANES: readonly Lane[] = [
  { tier: "draft", name: "sketch", ...NO_LIMITS },
  { tier: "final", name: "sketch", ...NO_LIMITS },
];

let made = 0;
export const freshId = (): string => `job-${process.pid}-${(made++).toString().padStart(4, "0")}`;

export function take(id: string, model = "sketch"): Job<"take.render"> {
  const payload = { v: 2, take: id as TakeId, model } as const;
  return { id, name: "take.render", payload, platform: undefined, model, turn: 0, delayMs: 0 };
}

export function final(id: string, model = "sketch"): Job<"final.render"> {
  const payload = { v: 2, final: id as FinalId, model } as const;
  return { id, name: "final.render", payload, platform: undefined, model, turn: 0, delayMs: 0 };
}

export function delivery(id: string, platform: string | undefined): Job {
  return {
    id,
    name: "post.deliver",
    payload: { v: 1, post: id } as Job["payload"],
    platform,
    model: undefined,
    turn: 0,
    delayMs: 0,
  };
}

export function freshTree(children: number) {
  const root = `${freshId()}-grid`;
  const ids = Array.from({ length: children }, freshId);
  const payload = { v: 1, round: root } as Job["payload"];
  const rest = { platform: undefined, model: undefined, turn: 0, delayMs: 0 };
  const job: Job = { id: root, name: "grid.compose", payload, ...rest };
  return { root, ids, tree: { job, children: ids.map((id) => take(id)) } };
}
