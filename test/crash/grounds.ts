import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openPglitePool } from "../../adapters/pglite/pglite-pool.ts";
import { freshDatabase } from "../support/postgres-server.ts";
import { startPrivateRedis } from "../support/redis-server.ts";

/** What one journey stands on: its own data, which outlives the program. */
export interface Ground {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** Opens the records, once no program has them open. */
  openPool(): Promise<pg.Pool>;
  remove(): Promise<void>;
}

const SEARCH_PATH = "draftroom";

/** @param template the data of a program that has started once and stopped; undefined begins with nothing. */
export async function layEmbeddedGround(template: string | undefined): Promise<Ground> {
  const dataDir = await makeFolder();
  if (template !== undefined) await cp(template, dataDir, { recursive: true });
  return {
    dataDir,
    env: { DRAFTROOM_DATA_DIR: dataDir },
    openPool: () => openPglitePool({ dataDir: join(dataDir, "database"), searchPath: SEARCH_PATH }),
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** A database of its own on a server, and a Redis of its own. */
export async function layServerGround(postgresUrl: string): Promise<Ground> {
  const dataDir = await makeFolder();
  const databaseUrl = await freshDatabase(postgresUrl);
  const redis = await startPrivateRedis([]);
  if (redis === undefined) throw new Error("Redis is not installed");
  return {
    dataDir,
    env: { DRAFTROOM_DATA_DIR: dataDir, DATABASE_URL: databaseUrl, REDIS_URL: redis.url },
    openPool: async () =>
      new pg.Pool({ connectionString: databaseUrl, options: `-c search_path=${SEARCH_PATH}`, max: 2 }),
    async remove() {
      await redis.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "draftroom-crash-"));
}
