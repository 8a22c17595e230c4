import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, it } from "vitest";
import { createBullRunner } from "../../../adapters/bullmq/bull-runner.ts";
import { type Attempt, DONE } from "../../../src/ports/jobs.ts";
import { LANES } from "../../contracts/queue-jobs.ts";
import { freshDatabase } from "../../support/postgres-server.ts";
import { freshPrefix } from "../../support/redis-server.ts";
import { type BenchPlace, openPlace, quietLog } from "./bull-bench.ts";

const LEASE_MS = 1_000;
const CHILD = fileURLToPath(new URL("./hold-job.child.ts", import.meta.url));

/** Starts a process that takes a job, and kills it with the job in its hands. */
async function killHolder(place: BenchPlace, take: string): Promise<void> {
  const args = [CHILD, JSON.stringify(place), String(LEASE_MS), take];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) if (line === `took ${take}`) break;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

async function expectTakenOver(place: BenchPlace): Promise<void> {
  await killHolder(place, "killed-take");
  const { backend, close } = await openPlace(place);
  const killedAt = performance.now();
  const concurrency = { takes: 1, grids: 1, finals: 1, deliver: 1, upkeep: 1 };
  const parts = {
    backend,
    log: quietLog,
    platforms: [],
    models: LANES,
    concurrency,
    leaseMs: LEASE_MS,
    retryLadderMs: undefined,
  };
  const runner = createBullRunner(parts);
  const attempt = await new Promise<Attempt>((resolve, reject) => {
    const handler = async (_payload: unknown, taken: Attempt) => {
      resolve(taken);
      return DONE;
    };
    runner.start({ "take.render": handler }).catch(reject);
  });
  const waitedMs = performance.now() - killedAt;
  await runner.drain(1_000);
  await close();
  expect(attempt).toMatchObject({ number: 1, isLast: false });
  // Two leases on an idle machine. A busy one may need more.
  expect(waitedMs).toBeLessThan(10 * LEASE_MS);
}

describe("the job of a killed worker runs again, uncounted", { timeout: 90_000 }, () => {
  it("on PGlite", async () => {
    const dir = await mkdtemp(join(tmpdir(), "draftroom-killed-"));
    await expectTakenOver({ kind: "pglite", dataDir: join(dir, "db") });
    await rm(dir, { recursive: true });
  });

  const postgresUrl = inject("postgresUrl") ?? "";
  it.skipIf(postgresUrl === "")("on PostgreSQL", async () => {
    await expectTakenOver({ kind: "postgres", url: await freshDatabase(postgresUrl) });
  });

  const redisUrl = inject("redisUrl") ?? "";
  it.skipIf(redisUrl === "")("on Redis", async () => {
    await expectTakenOver({ kind: "redis", url: redisUrl, prefix: freshPrefix() });
  });
});
