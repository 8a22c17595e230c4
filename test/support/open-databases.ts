import pg from "pg";
import { afterAll, describe, inject } from "vitest";
import { openPglitePool } from "../../adapters/pglite/pglite-pool.ts";
import { createDatabase } from "../../adapters/postgres/database.ts";
import { migrate, readRecordMigrations, SCHEMA } from "../../adapters/postgres/migrate.ts";
import type { Database } from "../../src/ports/records.ts";
import { freshDatabase } from "./postgres-server.ts";

/** A migrated database of a suite's own. */
export interface TestDatabase {
  readonly pool: pg.Pool;
  readonly database: Database;
  close(): Promise<void>;
}

export type OpenDatabase = () => Promise<TestDatabase>;

/** The embedded database, in memory. */
export const openEmbedded: OpenDatabase = async () =>
  prepare(await openPglitePool({ dataDir: undefined, searchPath: `${SCHEMA}, bullmq` }));

type Suite = (name: string, open: OpenDatabase) => void;

/** Runs suites over the embedded database, and over PostgreSQL where there is a server. They share it: starting one takes long. */
export function onEachDatabase(...suites: readonly Suite[]): void {
  describe("on the embedded database", () => share("PGlite", openEmbedded, suites));
  const url = inject("postgresUrl") ?? "";
  describe.skipIf(url === "")("on a PostgreSQL server", () => {
    share("PostgreSQL", () => openServer(url), suites);
  });
}

function share(name: string, open: OpenDatabase, suites: readonly Suite[]): void {
  let opened: Promise<TestDatabase> | undefined;
  const openShared: OpenDatabase = async () => {
    opened ??= open();
    return { ...(await opened), close: async () => {} };
  };
  afterAll(async () => (await opened)?.close());
  for (const suite of suites) suite(name, openShared);
}

async function openServer(url: string): Promise<TestDatabase> {
  const options = `-c search_path=${SCHEMA},bullmq`;
  const pool = new pg.Pool({ connectionString: await freshDatabase(url), options, max: 20 });
  // A server that stops tells the clients that are just leaving.
  pool.on("error", () => {});
  return prepare(pool);
}

async function prepare(pool: pg.Pool): Promise<TestDatabase> {
  await migrate(pool, await readRecordMigrations());
  return { pool, database: createDatabase(pool), close: () => pool.end() };
}
