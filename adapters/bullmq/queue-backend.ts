import type pg from "pg";

/** What the queues stand on. */
export type QueueBackend = PostgresBackend | RedisBackend;

/** A pool whose search path names the schema `bullmq`, where `migrateQueue` has run. The caller ends it. */
export interface PostgresBackend {
  readonly kind: "postgres";
  readonly pool: pg.Pool;
}

export interface RedisBackend {
  readonly kind: "redis";
  /** `redis://` or `rediss://`. Several, comma between, are nodes of one Redis Cluster. */
  readonly url: string;
  /** Of all keys. In braces, such as `{draftroom}`, it keeps them in one slot, as Redis Cluster needs. */
  readonly prefix: string;
}
