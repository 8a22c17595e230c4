import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { closePglite, openDataDir } from "./data-dir.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { createPgliteSession } from "./pglite-session.ts";
import { PgliteSocket } from "./pglite-socket.ts";

export interface PglitePoolOptions {
  /** Where the database is kept; undefined keeps it in memory. */
  readonly dataDir: string | undefined;
  /** As in SQL: names of schemas, comma between. */
  readonly searchPath: string;
}

/** A pool of node-postgres over a database in this process. `end()` closes the database. */
export type PglitePool = pg.Pool;

/** Clients cost little here: what runs at the same time is one exchange. */
const CLIENTS_MAX = 100;

/**
 * Opens a database in this process behind a pool of node-postgres. All clients share one session:
 * while one is in a transaction the others wait, so awaiting another client inside a transaction
 * never ends. A client released in the middle of a transaction is rolled back.
 *
 * When the engine breaks down, as it does when its disk is full, the pool emits `error` once, and every
 * query from then on rejects with SQLSTATE 58000. The files open again once there is room.
 *
 * @throws DataDirInUseError when another process has it open.
 */
export async function openPglitePool(options: PglitePoolOptions): Promise<PglitePool> {
  const { dataDir, searchPath } = options;
  const unlock = dataDir === undefined ? async () => {} : await lockDataDir(dataDir);
  try {
    const database = dataDir === undefined ? await PGlite.create() : await openDataDir(dataDir);
    await database.exec(`SET search_path TO ${searchPath}`);
    return createPool(database, async () => {
      await closePglite(database);
      await unlock();
    });
  } catch (error) {
    await unlock();
    throw error;
  }
}

function createPool(database: PGlite, closeDatabase: () => Promise<void>): PglitePool {
  const session = createPgliteSession(database, (error) => pool.emit("error", error));
  const sockets = new Set<PgliteSocket>();

  class PgliteClient extends pg.Client {
    readonly socket: PgliteSocket;

    constructor() {
      const socket = new PgliteSocket(session, sockets);
      super({ stream: () => socket, ssl: false, host: "localhost", user: "postgres", database: "postgres" });
      this.socket = socket;
    }
  }

  class Pool extends pg.Pool {
    override async end(): Promise<void> {
      await super.end();
      await closeDatabase();
    }
  }

  const pool = new Pool({ Client: PgliteClient, max: CLIENTS_MAX, idleTimeoutMillis: 0, keepAlive: true });
  pool.on("release", (_error, client) => {
    if (client instanceof PgliteClient) client.socket.abandon();
  });
  // A pool without a listener ends the process; whoever asked has been told already.
  pool.on("error", () => {});
  return pool;
}
