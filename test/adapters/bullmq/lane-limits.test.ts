import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, inject, it } from "vitest";
import { createBullQueue } from "../../../adapters/bullmq/bull-queue.ts";
import type { Lane } from "../../../adapters/bullmq/lanes.ts";
import { createRecord } from "../../contracts/queue-bench.ts";
import { freshId, take } from "../../contracts/queue-jobs.ts";
import { freshDatabase } from "../../support/postgres-server.ts";
import { freshPrefix } from "../../support/redis-server.ts";
import { type BenchPlace, openPlace, quietLog } from "./bull-bench.ts";

const CHILD = fileURLToPath(new URL("./run-lane.child.ts", import.meta.url));
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** What a process of the lane said, and when. */
interface Said {
  readonly process: number;
  readonly what: string;
  readonly at: number;
  readonly take: string;
  readonly attempt: string;
}

/** Starts two processes over one lane, then gives it jobs, and reads until all have ended. */
async function shareLane(
  place: BenchPlace,
  lane: Lane,
  { jobs, minuteMs, jobMs }: { jobs: number; minuteMs: number; jobMs: number },
) {
  const { backend, close } = await openPlace(place);
  ends.push(close);
  const [ready, said, ended] = [createRecord(), createRecord(), createRecord()];
  for (const number of [1, 2]) {
    const args = [CHILD, JSON.stringify(place), JSON.stringify(lane), String(minuteMs), String(jobMs)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    ends.push(() => {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      return exited;
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [what = "", at, take = "", attempt = ""] = line.split(" ");
      said.add({ process: number, what, at: Number(at), take, attempt } satisfies Said);
      if (what === "ready") ready.add(number);
      if (what === "ended") ended.add(take);
    });
  }
  await ready.reach(2);
  const queue = createBullQueue({ backend, log: quietLog, platforms: [], models: [lane] });
  ends.push(() => queue.close());
  const before = Date.now();
  const ids = Array.from({ length: jobs }, freshId);
  await queue.enqueue(ids.map((id) => ({ job: take(id, lane.name), children: [] })));
  await ended.reach(jobs);
  expect(ended.all.toSorted()).toEqual(ids.toSorted());
  // At the same millisecond an end comes first: a job is given out after another's end is known.
  const all = (said.all as Said[]).toSorted((a, b) => a.at - b.at || b.what.localeCompare(a.what));
  return { before, begun: all.filter(({ what }) => what === "begun"), all };
}

async function expectShared(place: () => Promise<BenchPlace>): Promise<void> {
  const lane: Lane = { tier: "draft", name: "shared", atOnce: 3, perMinute: undefined };
  const { all, begun } = await shareLane(await place(), lane, { jobs: 24, minuteMs: 60_000, jobMs: 100 });
  let running = 0;
  let most = 0;
  for (const { what } of all) {
    if (what === "begun") running += 1;
    if (what === "ended") running -= 1;
    most = Math.max(most, running);
  }
  expect(most).toBe(3);
  expect(new Set(begun.map(({ process }) => process)).size).toBe(2);
}

async function expectPaced(place: () => Promise<BenchPlace>): Promise<void> {
  const lane: Lane = { tier: "draft", name: "paced", atOnce: undefined, perMinute: 10 };
  const { before, begun } = await shareLane(await place(), lane, { jobs: 30, minuteMs: 2_000, jobMs: 1 });
  expect(begun).toHaveLength(30);
  expect(Number(begun[10]?.at) - before).toBeGreaterThanOrEqual(2_000);
  expect(Number(begun[20]?.at) - before).toBeGreaterThanOrEqual(4_000);
  expect(new Set(begun.map(({ attempt }) => attempt))).toEqual(new Set(["1"]));
}

describe("the limits of a lane hold over two processes", { timeout: 60_000 }, () => {
  const postgresUrl = inject("postgresUrl") ?? "";
  describe.skipIf(postgresUrl === "")("on PostgreSQL", () => {
    const place = async (): Promise<BenchPlace> => ({
      kind: "postgres",
      url: await freshDatabase(postgresUrl),
    });
    it("at once", () => expectShared(place));
    it("in a minute", () => expectPaced(place));
  });

  const redisUrl = inject("redisUrl") ?? "";
  describe.skipIf(redisUrl === "")("on Redis", () => {
    const place = async (): Promise<BenchPlace> => ({ kind: "redis", url: redisUrl, prefix: freshPrefix() });
    it("at once", () => expectShared(place));
    it("in a minute", () => expectPaced(place));
  });
});
