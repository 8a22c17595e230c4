import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrateQueue } from "../adapters/bullmq/migrate-queue.ts";
import { openPglitePool } from "../adapters/pglite/pglite-pool.ts";
import { migrate, readRecordMigrations, SCHEMA } from "../adapters/postgres/migrate.ts";
import { startPostgres } from "../test/support/postgres-server.ts";

/** A database that the program could run on, with its tables. Its name is for the table. */
export interface Ground {
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** As in the program: what is ours first, then the queue's. */
const SEARCH_PATH = [SCHEMA, "bullmq"];
const POOL_MAX = 24;

export const GROUNDS: readonly { readonly name: string; open(): Promise<Ground | undefined> }[] = [
  { name: "PGlite", open: openEmbedded },
  { name: "PostgreSQL", open: openServer },
];

/** A folder of its own, gone when the work has ended. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "draftroom-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The embedded database with its files on disk. */
async function openEmbedded(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), "draftroom-bench-"));
  const pool = await openPglitePool({
    dataDir: join(folder, "database"),
    searchPath: SEARCH_PATH.join(", "),
  });
  await prepare(pool);
  return {
    pool,
    async close() {
      await pool.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A private server; undefined when PostgreSQL is not installed. */
export async function openServer(): Promise<Ground | undefined> {
  const server = await startPostgres();
  if (server === undefined) return undefined;
  const pool = new pg.Pool({
    connectionString: server.url,
    options: `-c search_path=${SEARCH_PATH.join(",")}`,
    max: POOL_MAX,
  });
  // A server that stops tells the clients that are just leaving.
  pool.on("error", () => {});
  await prepare(pool);
  return {
    pool,
    async close() {
      await pool.end();
      await server.stop();
    },
  };
}

async function prepare(pool: pg.Pool): Promise<void> {
  await migrate(pool, await readRecordMigrations());
  await migrateQueue(pool);
}
