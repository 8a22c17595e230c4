import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type PgPool,
  type PgPoolClient,
} from "bullmq";
import { Cluster, Redis } from "ioredis";
import type pg from "pg";
import type { QueueBackend } from "./queue-backend.ts";
import { createSharedClient, type SharedClient } from "./shared-client.ts";

/** A backend as BullMQ's classes take it, whichever it is. */
export interface OpenBackend {
  readonly factory: BackendFactory<IQueueBackend, unknown>;
  /** Options that every queue, worker and flow needs. The factory knows the connection. */
  readonly options: { readonly connection: unknown; readonly prefix: string };
  /**
   * Resolves when the server can be asked. BullMQ itself would wait for it without end.
   *
   * @throws what the connection says, or a timeout.
   */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Commands of a producer give up after this many tries, so that its caller hears of it; a consumer waits for the server. */
const PRODUCER_RETRIES_MAX = 3;
const READY_MS_MAX = 5_000;
const RECONNECT_MS_MAX = 2_000;
/** How long to wait before a full queue is looked at again. Whoever makes room in it takes the next job at once. */
const FULL_MS = 500;

export function openBackend(
  backend: QueueBackend,
  role: "producer" | "consumer",
  trouble: (error: Error) => void,
): OpenBackend {
  if (backend.kind === "postgres") {
    const shared = role === "consumer" ? createSharedClient(backend.pool) : undefined;
    const pool = toPgPool(backend.pool, shared);
    backend.pool.on("error", trouble);
    return {
      factory: (name, options, needs) =>
        waitWhileFull(createPostgresBackend(name, { ...options, connection: pool }, needs)),
      options: { connection: pool, prefix: "" },
      ready: async () => {},
      close: async () => {
        await shared?.close();
        backend.pool.off("error", trouble);
      },
    };
  }
  const redis = connectRedis(backend.url, role === "producer" ? PRODUCER_RETRIES_MAX : null);
  redis.on("error", trouble);
  return {
    factory: (name, options, needs) => createRedisBackend(name, { ...options, connection: redis }, needs),
    options: { connection: redis, prefix: backend.prefix },
    ready: async () => {
      if (redis.status === "ready") return;
      const tooLong = AbortSignal.timeout(READY_MS_MAX);
      await once(redis, "ready", { signal: tooLong }).catch((error: unknown) => {
        throw tooLong.aborted ? new Error("Redis does not answer", { cause: error }) : error;
      });
    },
    close: async () => redis.disconnect(),
  };
}

/**
 * In a queue that runs as much as it may, jobs wait that nobody is given. BullMQ's waiting on PostgreSQL ends
 * at once where a job waits, so a worker with room to spare would ask for it thousands of times a second.
 */
function waitWhileFull(backend: IQueueBackend): IQueueBackend {
  const waitForJob = backend.waitForJob.bind(backend);
  backend.waitForJob = async (timeoutSeconds) => {
    if (!(await backend.isMaxed())) return waitForJob(timeoutSeconds);
    await after(FULL_MS);
    return null;
  };
  return backend;
}

/**
 * The pool as BullMQ uses it. Its listeners stay off the pool: each queue and worker would add one,
 * for good.
 */
function toPgPool(pool: pg.Pool, shared: SharedClient | undefined): PgPool {
  const face = {
    options: pool.options,
    query: (text: string, params?: readonly unknown[]) => pool.query(text, params && [...params]),
    // It is one, but for how its types spell the overloads of `on`.
    connect: () => shared?.connect() ?? (pool.connect() as Promise<unknown> as Promise<PgPoolClient>),
    end: async () => {},
    on: () => face,
    removeAllListeners: () => face,
  };
  return face;
}

function connectRedis(url: string, maxRetriesPerRequest: number | null): Redis | Cluster {
  const nodes = url.split(",").map((node) => node.trim());
  const retryStrategy = (tries: number) => Math.min(tries * 100, RECONNECT_MS_MAX);
  if (nodes.length === 1) return new Redis(url, { maxRetriesPerRequest, retryStrategy });
  // The nodes that a cluster names itself come without credentials: they get those of the first one.
  const { username, password, protocol } = new URL(nodes[0] ?? "");
  return new Cluster(nodes, {
    clusterRetryStrategy: retryStrategy,
    redisOptions: {
      maxRetriesPerRequest,
      ...(username === "" ? {} : { username: decodeURIComponent(username) }),
      ...(password === "" ? {} : { password: decodeURIComponent(password) }),
      ...(protocol === "rediss:" ? { tls: {} } : {}),
    },
  });
}
