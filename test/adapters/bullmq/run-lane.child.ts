/**
 * A process that shares a lane with others: `node run-lane.child.ts {place as JSON} {lane as JSON} {minuteMs} {jobMs}`.
 * Runs its takes for so long each. Says `ready {ms}`, then of each `begun {ms} {take} {attempt}` and `ended {ms} {take}`.
 */
import { setTimeout as after } from "node:timers/promises";
import { createBullRunner } from "../../../adapters/bullmq/bull-runner.ts";
import type { Lane } from "../../../adapters/bullmq/lanes.ts";
import { DONE } from "../../../src/ports/jobs.ts";
import { type BenchPlace, openPlace, quietLog } from "./bull-bench.ts";

const [place = "", lane = "", minuteMs = "", jobMs = ""] = process.argv.slice(2);
const { backend } = await openPlace(JSON.parse(place) as BenchPlace);
const say = (what: string, ...of: readonly (string | number)[]) =>
  process.stdout.write(`${[what, Date.now(), ...of].join(" ")}\n`);
const runner = createBullRunner(
  {
    backend,
    log: quietLog,
    platforms: [],
    models: [JSON.parse(lane) as Lane],
    concurrency: { takes: 8, grids: 1, finals: 1, deliver: 1, upkeep: 1 },
    leaseMs: 10_000,
    retryLadderMs: undefined,
  },
  Number(minuteMs),
);
await runner.start({
  "take.render": async ({ take }, { number }) => {
    say("begun", take, number);
    await after(Number(jobMs));
    say("ended", take);
    return DONE;
  },
});
say("ready");
