import { describe, inject } from "vitest";
import { type BenchPlace, openBullBench } from "../adapters/bullmq/bull-bench.ts";
import { freshDatabase } from "../support/postgres-server.ts";
import { freshPrefix } from "../support/redis-server.ts";
import { queueContract } from "./queue.contract.ts";
import { runnerContract } from "./runner.contract.ts";
import { lanesContract } from "./runner-lanes.contract.ts";

function contracts(name: string, place: () => Promise<BenchPlace>): void {
  const open = async () => openBullBench(await place());
  queueContract(name, open);
  runnerContract(name, open);
  lanesContract(name, open);
}

contracts("BullMQ on PGlite", async () => ({ kind: "pglite", dataDir: undefined }));

const postgresUrl = inject("postgresUrl") ?? "";
describe.skipIf(postgresUrl === "")("with a PostgreSQL server", () => {
  contracts("BullMQ on PostgreSQL", async () => ({
    kind: "postgres",
    url: await freshDatabase(postgresUrl),
  }));
});

const redisUrl = inject("redisUrl") ?? "";
describe.skipIf(redisUrl === "")("with a Redis server", () => {
  contracts("BullMQ on Redis", async () => ({ kind: "redis", url: redisUrl, prefix: freshPrefix() }));
});
