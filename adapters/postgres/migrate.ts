import { readdir, readFile } from "node:fs/promises";
import type { PostgresPool } from "kysely";
import type { Migration } from "../../src/ports/migration.ts";

/** The schema that holds everything of Draftroom's but the queue's tables. Pools are opened with it first on their search path. */
export const SCHEMA = "draftroom";

/** Any fixed number will do, as long as every Draftroom uses the same: it spells `DRFT`. */
const LOCK = 0x44524654;

/** The migrations of the records, from the `.sql` files beside this one. */
export async function readRecordMigrations(): Promise<readonly Migration[]> {
  const folder = new URL("./migrations/", import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  if (files.length === 0) throw new Error("no migrations found beside migrate.ts");
  return Promise.all(
    files.map(async (file) => ({
      name: `records-${file.slice(0, -".sql".length)}`,
      sql: await readFile(new URL(file, folder), "utf8"),
    })),
  );
}

/**
 * Applies the migrations that the database has not had yet, all or none, one process at a time.
 * Returns the names of those it applied.
 */
export async function migrate(
  pool: PostgresPool,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const client = await pool.connect();
  const run = (sql: string, params: readonly unknown[]) => client.query<{ name: string }>(sql, params);
  try {
    await run("begin", []);
    await run("select pg_advisory_xact_lock($1)", [LOCK]);
    await run(`create schema if not exists ${SCHEMA}`, []);
    await run(`set local search_path to ${SCHEMA}`, []);
    await run(
      "create table if not exists migrations (name text primary key, at timestamptz not null default now())",
      [],
    );
    const had = new Set((await run("select name from migrations", [])).rows.map((row) => row.name));
    const missing = migrations.filter((migration) => !had.has(migration.name));
    for (const migration of missing) {
      await run(migration.sql, []);
      await run("insert into migrations (name) values ($1)", [migration.name]);
    }
    await run("commit", []);
    return missing.map((migration) => migration.name);
  } catch (error) {
    await run("rollback", []).catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
