import type { Job } from "../ports/jobs.ts";

export const purgeJob: Job<"upkeep.purge"> = {
  id: "purge",
  name: "upkeep.purge",
  payload: { v: 1 },
  platform: undefined,
  model: undefined,
  turn: 0,
  delayMs: 0,
};
