import { runMigrations } from "bullmq";
import type pg from "pg";

/** Makes or updates BullMQ's tables, in the schema `bullmq`. Repeatable, and safe from several processes at once. */
export async function migrateQueue(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
}
