import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { queueContract } from "../../contracts/queue.contract.ts";
import { runnerContract } from "../../contracts/runner.contract.ts";
import { lanesContract } from "../../contracts/runner-lanes.contract.ts";
import { freshPrefix, startPrivateRedis } from "../../support/redis-server.ts";
import type { Service } from "../../support/server-process.ts";
import { openBullBench } from "./bull-bench.ts";

const SLOTS = 16_384;

/** Three masters with a third of the slots each. */
async function startCluster(): Promise<readonly Service[]> {
  const started = await Promise.all([1, 2, 3].map(() => startPrivateRedis(["--cluster-enabled", "yes"])));
  const nodes = started.filter((node) => node !== undefined);
  const clients = nodes.map((node) => new Redis(node.url));
  for (const [n, client] of clients.entries()) {
    const [from, to] = [n, n + 1].map((third) => Math.floor((third * SLOTS) / clients.length));
    await client.call("CLUSTER", "ADDSLOTSRANGE", String(from), String((to ?? SLOTS) - 1));
    for (const { url } of nodes)
      await client.call("CLUSTER", "MEET", new URL(url).hostname, new URL(url).port);
  }
  for (const client of clients) {
    const isWhole = async () => String(await client.call("CLUSTER", "INFO")).includes("cluster_state:ok");
    await vi.waitUntil(isWhole, { timeout: 20_000, interval: 50 });
    client.disconnect();
  }
  return nodes;
}

describe.skipIf(inject("redisUrl") === undefined)("with a Redis Cluster", () => {
  let nodes: readonly Service[] = [];
  beforeAll(async () => {
    nodes = await startCluster();
  });
  afterAll(async () => {
    for (const node of nodes) await node.stop();
  });

  it("has several nodes", () => expect(nodes).toHaveLength(3));

  const open = () =>
    openBullBench({ kind: "redis", url: nodes.map(({ url }) => url).join(","), prefix: freshPrefix() });
  queueContract("BullMQ on Redis Cluster", open);
  runnerContract("BullMQ on Redis Cluster", open);
  lanesContract("BullMQ on Redis Cluster", open);
});
