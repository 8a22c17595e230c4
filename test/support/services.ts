import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres-server.ts";
import { startRedis } from "./redis-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Undefined when PostgreSQL is not installed. */
    postgresUrl: string | undefined;
    /** Undefined when Redis is not installed. */
    redisUrl: string | undefined;
  }
}

/** Starts the servers once for a run of tests; each suite makes its own database or prefix on them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  project.provide("postgresUrl", postgres?.url);
  project.provide("redisUrl", redis?.url);
  return async () => {
    await Promise.all([postgres?.stop(), redis?.stop()]);
  };
}
