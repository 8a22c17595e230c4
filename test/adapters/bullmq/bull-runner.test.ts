import { setTimeout as after } from "node:timers/promises";
import { createPostgresBackend, type PgPool, Queue } from "bullmq";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createBullQueue } from "../../../adapters/bullmq/bull-queue.ts";
import { type BullRunnerOptions, createBullRunner } from "../../../adapters/bullmq/bull-runner.ts";
import { migrateQueue } from "../../../adapters/bullmq/migrate-queue.ts";
import { openPglitePool, type PglitePool } from "../../../adapters/pglite/pglite-pool.ts";
import { DONE, type JobHandler } from "../../../src/ports/jobs.ts";
import type { Log } from "../../../src/ports/log.ts";
import { LANES, take } from "../../contracts/queue-jobs.ts";
import { findFreePort } from "../../support/server-process.ts";

describe("a runner on BullMQ", () => {
  let pool: PglitePool;
  const logged: string[] = [];
  const log: Log = {
    debug: () => {},
    info: () => {},
    warn: (event) => logged.push(event),
    error: (event, error) => logged.push(`${event}: ${error}`),
  };
  const options = (): BullRunnerOptions => ({
    backend: { kind: "postgres", pool },
    log,
    platforms: [],
    models: LANES,
    concurrency: { takes: 1, grids: 1, finals: 1, deliver: 1, upkeep: 1 },
    leaseMs: 1_000,
    retryLadderMs: [20],
  });
  const enqueue = async (id: string) => {
    const queue = createBullQueue(options());
    await queue.enqueue([{ job: take(id), children: [] }]);
    await queue.close();
  };
  /** Runs takes until the handler has been called `count` times. */
  const runTakes = async (count: number, handler: JobHandler<"take.render">) => {
    const runner = createBullRunner(options());
    const { promise, resolve } = Promise.withResolvers<void>();
    let calls = 0;
    await runner.start({
      "take.render": async (payload, attempt) => {
        try {
          return await handler(payload, attempt);
        } finally {
          calls += 1;
          if (calls === count) resolve();
        }
      },
    });
    await promise;
    await runner.drain(1_000);
  };

  beforeAll(async () => {
    pool = await openPglitePool({ dataDir: undefined, searchPath: "draftroom, bullmq" });
    await migrateQueue(pool);
  });
  afterAll(() => pool.end());

  it("ends a job whose payload it cannot read, and goes on", async () => {
    const raw = new Queue("takes-sketch", { connection: pool as unknown as PgPool }, createPostgresBackend);
    await raw.add("take.render", { v: 99 }, { jobId: "from-the-future", priority: 1, attempts: 5 });
    await raw.close();
    await enqueue("readable");
    const seen: unknown[] = [];
    await runTakes(1, async (payload) => {
      seen.push(payload);
      return DONE;
    });
    expect(seen).toEqual([{ v: 2, take: "readable", model: "sketch" }]);
    expect(logged.filter((line) => line.startsWith("job.invalid"))).toHaveLength(1);
    expect((await pool.query("SELECT id FROM job WHERE state <> 'completed'")).rows).toEqual([]);
  });

  it("aborts a job that another worker has now, and leaves it alone", async () => {
    await enqueue("stolen");
    await runTakes(1, async (_payload, { signal }) => {
      await pool.query(
        "UPDATE job SET lock_token = 'someone else', locked_until_ms = 9e15 WHERE id = 'stolen'",
      );
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return DONE;
    });
    const { rows } = await pool.query("SELECT state, lock_token, attempts_made FROM job WHERE id = 'stolen'");
    expect(rows).toEqual([{ state: "active", lock_token: "someone else", attempts_made: 0 }]);
    await pool.query("DELETE FROM job");
  });

  it("stores nothing of what a handler threw", async () => {
    await enqueue("outspoken");
    await runTakes(2, async () => {
      throw new Error("the prompt was: a secret bottle");
    });
    const { rows } = await pool.query(
      "SELECT to_jsonb(job)::text AS text FROM job UNION SELECT to_jsonb(event)::text FROM event",
    );
    expect(rows.some(({ text }) => text.includes("the attempt failed"))).toBe(true);
    expect(rows.filter(({ text }) => text.includes("secret"))).toEqual([]);
    expect(logged.some((line) => line.includes("a secret bottle"))).toBe(true);
  });

  it("asks but now and then for a job that may not run yet", async () => {
    const models = LANES.map((lane) => ({ ...lane, atOnce: 1 }));
    const runners = [1, 2].map(() => createBullRunner({ ...options(), models }));
    const taken = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    for (const runner of runners) {
      await runner.start({
        "take.render": async () => {
          taken.resolve();
          await gate.promise;
          return DONE;
        },
      });
    }
    for (const id of ["runs", "waits"]) await enqueue(id);
    await taken.promise;
    const asked = vi.spyOn(pool, "query");
    await after(1_000);
    const { length } = asked.mock.calls;
    asked.mockRestore();
    gate.resolve();
    await Promise.all(runners.map((runner) => runner.drain(5_000)));
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(50);
    await pool.query("DELETE FROM job");
  });

  it("refuses a pool that has too few clients for its workers to listen", async () => {
    const small = new pg.Pool({ max: 4 });
    const runner = createBullRunner({ ...options(), backend: { kind: "postgres", pool: small } });
    await expect(runner.start({ "take.render": async () => DONE })).rejects.toThrow(/4 clients/);
  });

  it("says so when Redis is away, and ends all the same", async () => {
    const url = `redis://127.0.0.1:${await findFreePort()}`;
    const away = { ...options(), backend: { kind: "redis", url, prefix: "{away}" } as const };
    const queue = createBullQueue(away);
    await expect(queue.enqueue([{ job: take("nowhere"), children: [] }])).rejects.toThrow();
    await queue.close();
    const runner = createBullRunner(away);
    await expect(runner.start({ "take.render": async () => DONE })).rejects.toThrow();
    await runner.drain(0);
    expect(logged.some((line) => line.includes("queue.trouble") && line.includes("ECONNREFUSED"))).toBe(true);
  });
});
