import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { createBullQueue } from "../../../adapters/bullmq/bull-queue.ts";
import { createBullRunner } from "../../../adapters/bullmq/bull-runner.ts";
import type { Lane } from "../../../adapters/bullmq/lanes.ts";
import { migrateQueue } from "../../../adapters/bullmq/migrate-queue.ts";
import type { JobQueue, JobRunner } from "../../../src/ports/jobs.ts";
import type { Log } from "../../../src/ports/log.ts";
import { createRecord } from "../../contracts/queue-bench.ts";
import { freshId, take } from "../../contracts/queue-jobs.ts";
import { freshDatabase } from "../../support/postgres-server.ts";
import { quietLog } from "./bull-bench.ts";

const url = inject("postgresUrl") ?? "";
const LISTENERS = `select pid from pg_stat_activity
  where datname = current_database() and query like '%LISTEN bullmq_jobs%' and pid <> pg_backend_pid()`;

describe.skipIf(url === "")("workers that wait for jobs on PostgreSQL", () => {
  let pool: pg.Pool;
  let watch: pg.Pool;
  let queue: JobQueue;
  let runner: JobRunner;
  const seen = createRecord();
  const troubles: string[] = [];
  const log: Log = { ...quietLog, error: (event) => troubles.push(event) };
  const parts = () => {
    const models = Array.from({ length: 20 }, (_, n): Lane => {
      return { tier: "draft", name: `m${n}`, atOnce: undefined, perMinute: undefined };
    });
    return { backend: { kind: "postgres", pool } as const, log, platforms: [], models };
  };
  const runs = async (model: string) => {
    const before = seen.all.length;
    const id = freshId();
    await queue.enqueue([{ job: take(id, model), children: [] }]);
    expect((await seen.reach(before + 1))[before]).toBe(id);
  };

  beforeAll(async () => {
    const connectionString = await freshDatabase(url);
    pool = new pg.Pool({ connectionString, max: 6, options: "-c search_path=draftroom,bullmq" });
    watch = new pg.Pool({ connectionString, max: 1 });
    for (const each of [pool, watch]) each.on("error", () => {});
    pool.on("connect", (client) => client.on("error", () => {}));
    await migrateQueue(pool);
  });
  afterEach(async () => {
    await runner.drain(0);
    await queue.close();
  });
  afterAll(async () => {
    // Ends only when every client has come back.
    await pool.end();
    await watch.end();
  });

  it("share one client of the pool, and find another when it is lost", async () => {
    queue = createBullQueue(parts());
    const concurrency = { takes: 2, grids: 1, finals: 1, deliver: 1, upkeep: 1 };
    runner = createBullRunner({ ...parts(), concurrency, leaseMs: 10_000, retryLadderMs: undefined });
    await runner.start({ "take.render": async (payload) => seen.add(payload.take) });
    for (const model of ["m0", "m7", "m19"]) await runs(model);
    const { rows } = await watch.query(LISTENERS);
    expect(rows).toHaveLength(1);

    await watch.query("select pg_terminate_backend($1)", [rows[0].pid]);
    for (const model of ["m0", "m7", "m19"]) await runs(model);
    expect(troubles).toEqual(["queue.trouble"]);
    await expect.poll(async () => (await watch.query(LISTENERS)).rows).toHaveLength(1);
    expect((await watch.query(LISTENERS)).rows[0].pid).not.toBe(rows[0].pid);
  });
});
