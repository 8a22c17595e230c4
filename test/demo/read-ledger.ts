import { join } from "node:path";
import { openPglitePool } from "../../adapters/pglite/pglite-pool.ts";
import { createDatabase } from "../../adapters/postgres/database.ts";
import { SCHEMA } from "../../adapters/postgres/migrate.ts";
import type { AccountId } from "../../src/core/ids.ts";
import type { Balance, Entry } from "../../src/ports/ledger.ts";

export type LedgerState = Balance & { readonly entries: readonly Entry[] };

const ENTRIES_MAX = 1_000;

/** The money of a channel, from the data of a Draftroom that has stopped. */
export async function readLedger(dataDir: string, channel: string): Promise<LedgerState> {
  const pool = await openPglitePool({ dataDir: join(dataDir, "database"), searchPath: SCHEMA });
  try {
    const { ledger } = createDatabase(pool).records;
    const account = channel as AccountId;
    return {
      ...(await ledger.balance(account, new Date())),
      entries: await ledger.entries(account, ENTRIES_MAX),
    };
  } finally {
    await pool.end();
  }
}

/** Whether the figures agree with each other and with the sums of the entries, and nothing is held. */
export function addsUp({ granted, available, reserved, spent, entries }: LedgerState): boolean {
  const sum = (...kinds: readonly Entry["kind"][]) =>
    entries.filter((entry) => kinds.includes(entry.kind)).reduce((total, entry) => total + entry.amount, 0);
  return (
    granted === available + reserved + spent &&
    granted === sum("grant", "allowance", "carry_in") - sum("cut", "carry_out") &&
    reserved === sum("reserve") - sum("spend", "release") &&
    spent === sum("spend") &&
    reserved === 0
  );
}
