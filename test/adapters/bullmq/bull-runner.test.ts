import { createPostgresBackend, type PgPool, Queue } from "bullmq";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBullQueue } from "../../../adapters/bullmq/bull-queue.ts";
import { type BullRunnerOptions, createBullRunner } from "../../../adapters/bullmq/bull-runner.ts";
import { migrateQueue } from "../../../adapters/bullmq/migrate-queue.ts";
import { openPglitePool, type PglitePool } from "../../../adapters/pglite/pglite-pool.ts";
import type { TakeId } from "../../../src/core/ids.ts";
import { DONE, type Job, type JobHandler } from "../../../src/ports/jobs.ts";
import type { Log } from "../../../src/ports/log.ts";
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
    const raw = new Queue("takes", { connection: pool as unknown as PgPool }, createPostgresBackend);
    await raw.add("take.render", { v: 99 }, { jobId: "from-the-future", priority: 1, attempts: 5 });
    await raw.close();
    await enqueue("readable");
    const seen: unknown[] = [];
    await runTakes(1, async (payload) => {
      seen.push(payload);
      return DONE;
    });
    expect(seen).toEqual([{ v: 1, take: "readable" }]);
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

function take(id: string): Job {
  const payload = { v: 1, take: id as TakeId } as const;
  return { id, name: "take.render", payload, platform: undefined, turn: 0, delayMs: 0 };
}
