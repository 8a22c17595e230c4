import { Kysely, PostgresDialect, type PostgresPool } from "kysely";
import type { Database, Records } from "../../src/ports/records.ts";
import { createAssetStore } from "./assets.ts";
import { createBreakerStore } from "./breakers.ts";
import { createCallStore } from "./calls.ts";
import { createChannelStore } from "./channels.ts";
import { createDepartureStore } from "./departures.ts";
import { createFinalStore } from "./finals.ts";
import { createHomeStore } from "./home.ts";
import { createLedger } from "./ledger.ts";
import { createInboxStore, createOutboxStore } from "./outbox.ts";
import { createPostStore } from "./posts.ts";
import { createReactionStore } from "./reactions.ts";
import { createRemainsStore } from "./remains.ts";
import { createRoundStore } from "./rounds.ts";
import type { Db, Tables } from "./tables.ts";
import { createTurnStore } from "./turns.ts";

/** The records over a `pg.Pool`, or over anything with its face. The caller migrates before and ends the pool after. */
export function createDatabase(pool: PostgresPool): Database {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    records: createRecords(db),
    async transact(work) {
      try {
        return await db.transaction().execute((trx) =>
          work(createRecords(trx), (value) => {
            throw new Undone(value);
          }),
        );
      } catch (error) {
        if (error instanceof Undone) return error.value as Awaited<ReturnType<typeof work>>;
        throw error;
      }
    },
  };
}

function createRecords(db: Db): Records {
  return {
    ledger: createLedger(db),
    channels: createChannelStore(db),
    rounds: createRoundStore(db),
    finals: createFinalStore(db),
    posts: createPostStore(db),
    reactions: createReactionStore(db),
    assets: createAssetStore(db),
    calls: createCallStore(db),
    breakers: createBreakerStore(db),
    inbox: createInboxStore(db),
    outbox: createOutboxStore(db),
    turns: createTurnStore(db),
    home: createHomeStore(db),
    departures: createDepartureStore(db),
    remains: createRemainsStore(db),
  };
}

/** Carries the answer out of a transaction that is taken back. */
class Undone extends Error {
  readonly value: unknown;
  constructor(value: unknown) {
    super("taken back");
    this.value = value;
  }
}
