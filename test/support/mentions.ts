import type { AuditPool } from "./audit.ts";

/** Rows as text, by table; tables without any are left out. */
export type FoundRows = Readonly<Record<string, readonly string[]>>;

/**
 * The rows of all our tables, whatever the tables are, that hold one of these texts in any column.
 *
 * @throws Error when there are no tables to look at.
 */
export async function findMentions(pool: AuditPool, texts: readonly string[]): Promise<FoundRows> {
  const found: Record<string, readonly string[]> = {};
  for (const name of await tablesOf(pool)) {
    const { rows } = await pool.query(
      `select t::text as row from draftroom.${name} t
       where exists (select from unnest($1::text[]) as sought (word) where position(sought.word in t::text) > 0) order by 1`,
      [texts],
    );
    if (rows.length > 0) found[name] = rows.map(({ row }) => `${row}`);
  }
  return found;
}

/** Those of the texts that no row of any of our tables holds. */
export async function unmentioned(pool: AuditPool, texts: readonly string[]): Promise<readonly string[]> {
  let left = texts;
  for (const name of await tablesOf(pool)) {
    const { rows } = await pool.query(
      `select sought.word from unnest($1::text[]) as sought (word)
       where not exists (select from draftroom.${name} t where position(sought.word in t::text) > 0)`,
      [left],
    );
    left = rows.map(({ word }) => `${word}`);
  }
  return left;
}

async function tablesOf(pool: AuditPool): Promise<readonly string[]> {
  const { rows } = await pool.query(
    `select table_name as name from information_schema.tables
     where table_schema = 'draftroom' and table_type = 'BASE TABLE' order by 1`,
    [],
  );
  if (rows.length < 10) throw new Error(`only ${rows.length} tables to look at`);
  return rows.map(({ name }) => `${name}`);
}
