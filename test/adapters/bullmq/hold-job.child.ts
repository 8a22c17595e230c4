/**
 * A process to be killed: `node hold-job.child.ts {place as JSON} {leaseMs} {take}`. Enqueues the take, takes it,
 * says so on its output, and never finishes it.
 */
import { createBullQueue } from "../../../adapters/bullmq/bull-queue.ts";
import { createBullRunner } from "../../../adapters/bullmq/bull-runner.ts";
import type { TakeId } from "../../../src/core/ids.ts";
import { type BenchPlace, openPlace, quietLog } from "./bull-bench.ts";

const [place = "", leaseMs = "", take = ""] = process.argv.slice(2);
const { backend } = await openPlace(JSON.parse(place) as BenchPlace);
const parts = { backend, log: quietLog, platforms: [] };
const concurrency = { takes: 1, grids: 1, finals: 1, deliver: 1, upkeep: 1 };
await createBullRunner({ ...parts, concurrency, leaseMs: Number(leaseMs), retryLadderMs: undefined }).start({
  "take.render": (payload) => {
    process.stdout.write(`took ${payload.take}\n`);
    return new Promise(() => {});
  },
});
const payload = { v: 1, take: take as TakeId } as const;
await createBullQueue(parts).enqueue([
  { job: { id: take, name: "take.render", payload, platform: undefined, turn: 0, delayMs: 0 }, children: [] },
]);
