import { EventEmitter } from "node:events";
import type { PgPoolClient } from "bullmq";
import type pg from "pg";

/** One client of a pool for all who listen. */
export interface SharedClient {
  /** As that of a pool: what is listened for is the caller's own, the connection is everybody's. */
  connect(): Promise<PgPoolClient>;
  close(): Promise<void>;
}

/**
 * BullMQ takes a client for each worker, to listen on, and keeps it. With a queue for each model that would
 * be most of what a server lends to all processes.
 */
export function createSharedClient(pool: pg.Pool): SharedClient {
  const borrowers = new Set<EventEmitter>();
  let opening: Promise<Opened> | undefined;

  /** Whoever borrowed it comes for another. */
  const lose = (client: pg.PoolClient, error: Error): void => {
    opening = undefined;
    client.release(error);
    const told = [...borrowers];
    borrowers.clear();
    for (const each of told) if (each.listenerCount("error") > 0) each.emit("error", error);
  };

  const listen = async (): Promise<Opened> => {
    const client = await pool.connect();
    client.on("notification", (message) => {
      for (const each of borrowers) each.emit("notification", message);
    });
    client.once("error", (error) => lose(client, error));
    return { client, ask: inTurn(client) };
  };

  const open = (): Promise<Opened> => {
    const opened = listen();
    opened.catch(() => {
      // The next one tries again.
      if (opening === opened) opening = undefined;
    });
    return opened;
  };

  return {
    connect: async () => {
      opening ??= open();
      const { ask } = await opening;
      return borrow(ask, borrowers);
    },
    close: async () => {
      const opened = await opening?.catch(() => undefined);
      opening = undefined;
      // It listens: nobody else may have it.
      opened?.client.release(true);
    },
  };
}

interface Opened {
  readonly client: pg.PoolClient;
  readonly ask: Ask;
}

function borrow(ask: Ask, borrowers: Set<EventEmitter>): PgPoolClient {
  const ears = new EventEmitter();
  borrowers.add(ears);
  const borrowed: PgPoolClient = {
    query: async <R>(text: string, params?: readonly unknown[]) => {
      const { rows } = await ask(text, params ?? []);
      return { rows: rows as R[] };
    },
    on: (event: string, hear: (...heard: never[]) => void) => {
      ears.on(event, hear as () => void);
      return borrowed;
    },
    removeListener: (event: string, hear: (...heard: never[]) => void) => {
      ears.removeListener(event, hear as () => void);
      return borrowed;
    },
    removeAllListeners: (event) => {
      ears.removeAllListeners(event);
      return borrowed;
    },
    release: () => void borrowers.delete(ears),
  };
  return borrowed;
}

type Ask = (text: string, params: readonly unknown[]) => Promise<pg.QueryResult>;

/** A client is asked for one thing at a time. */
function inTurn(client: pg.PoolClient): Ask {
  let last: Promise<unknown> = Promise.resolve();
  return (text, params) => {
    const answer = last.then(() => client.query(text, [...params]));
    last = answer.catch(() => {});
    return answer;
  };
}
