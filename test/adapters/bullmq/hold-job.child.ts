/**
 * A process to be killed: `node hold-job.child.ts {place as JSON} {leaseMs} {take}`. Enqueues the take, takes it,
 * says so on its output, and never finishes it.
 */
import { createBullQueue } from "../../../adapters/bullmq/bull-queue.ts";
import { createBullRunner } from "../../../adapters/bullmq/bull-runner.ts";
import { LANES, take } from "../../contracts/queue-jobs.ts";
import { type BenchPlace, openPlace, quietLog } from "./bull-bench.ts";

const [place = "", leaseMs = "", held = ""] = process.argv.slice(2);
const { backend } = await openPlace(JSON.parse(place) as BenchPlace);
const parts = { backend, log: quietLog, platforms: [], models: LANES };
const concurrency = { takes: 1, grids: 1, finals: 1, deliver: 1, upkeep: 1 };
await createBullRunner({ ...parts, concurrency, leaseMs: Number(leaseMs), retryLadderMs: undefined }).start({
  "take.render": (payload) => {
    process.stdout.write(`took ${payload.take}\n`);
    return new Promise(() => {});
  },
});
await createBullQueue(parts).enqueue([{ job: take(held), children: [] }]);
