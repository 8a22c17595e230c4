import pg from "pg";
import { createBullQueue } from "../../../adapters/bullmq/bull-queue.ts";
import { createBullRunner } from "../../../adapters/bullmq/bull-runner.ts";
import { migrateQueue } from "../../../adapters/bullmq/migrate-queue.ts";
import type { QueueBackend } from "../../../adapters/bullmq/queue-backend.ts";
import { openPglitePool } from "../../../adapters/pglite/pglite-pool.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { QueueBench } from "../../contracts/queue-bench.ts";
import { LANES } from "../../contracts/queue-jobs.ts";

/** Where the jobs of a test are kept. Plain data, so that a child process can be told. */
export type BenchPlace =
  | { readonly kind: "pglite"; readonly dataDir: string | undefined }
  | { readonly kind: "postgres"; readonly url: string }
  | { readonly kind: "redis"; readonly url: string; readonly prefix: string };

export interface OpenPlace {
  readonly backend: QueueBackend;
  close(): Promise<void>;
}

export async function openPlace(place: BenchPlace): Promise<OpenPlace> {
  if (place.kind === "redis") return { backend: place, close: async () => {} };
  const pool =
    place.kind === "pglite"
      ? await openPglitePool({ dataDir: place.dataDir, searchPath: "draftroom, bullmq" })
      : new pg.Pool({ connectionString: place.url, max: 30, options: "-c search_path=draftroom,bullmq" });
  // A server that stops tells the clients that are just leaving.
  pool.on("error", () => {});
  await migrateQueue(pool);
  return { backend: { kind: "postgres", pool }, close: () => pool.end() };
}

/** Long enough that a busy machine loses no lease. */
const LEASE_MS = 10_000;

export async function openBullBench(place: BenchPlace, log: Log = quietLog): Promise<QueueBench> {
  const { backend, close } = await openPlace(place);
  return {
    createQueue: () => createBullQueue({ backend, log, platforms: ["studio"], models: LANES }),
    createRunner: ({ concurrency: each, minuteMs, ...setup }) => {
      const concurrency = { takes: each, grids: each, finals: each, deliver: each, upkeep: each };
      return createBullRunner({ ...setup, backend, log, concurrency, leaseMs: LEASE_MS }, minuteMs);
    },
    close,
  };
}

/** Failed attempts are part of these tests; trouble with a server is not. */
export const quietLog: Log = {
  debug: () => {},
  info: () => {},
  warn: (event, fields) => console.warn(event, fields),
  error: (event, error) => {
    if (event !== "job.attempt_failed" && event !== "job.invalid") console.error(event, error);
  },
};
