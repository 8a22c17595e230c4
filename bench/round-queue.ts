import { FlowProducer, Queue, Worker } from "bullmq";
import { createBullQueue } from "../adapters/bullmq/bull-queue.ts";
import { createBullRunner } from "../adapters/bullmq/bull-runner.ts";
import { createPinoLog } from "../adapters/pino/pino-log.ts";
import type { ChannelRef, PostId, RoundId, TakeId } from "../src/core/ids.ts";
import { deliverJob, roundJobs } from "../src/outbox/jobs.ts";
import { DONE } from "../src/ports/jobs.ts";
import { TEST_LANES } from "../test/support/models.ts";
import { PLATFORM } from "./bench-program.ts";

/** As in the program by default. */
export const CONCURRENCY = { takes: 4, grids: 2, finals: 2, deliver: 8, upkeep: 1 } as const;
const TAKES = 4;
const CHANNEL = `${PLATFORM}:w:c` as ChannelRef;

/** Rounds through a queue and nothing else: each is a grid over its takes, and a job to deliver. */
export interface RoundQueue {
  add(round: string, takes: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Told of the end of a round's grid, and of its delivery. */
export type OnEnded = (round: string) => void;
export type OpenRoundQueue = (url: string, onEnded: OnEnded) => Promise<RoundQueue>;

/** Draftroom's queue and runner, with handlers that are done at once. */
export const openOurQueue: OpenRoundQueue = async (url, onEnded) => {
  const backend = { kind: "redis", url, prefix: "{ours}" } as const;
  const parts = { backend, log: createPinoLog("warn"), platforms: [PLATFORM], models: TEST_LANES };
  const queue = createBullQueue(parts);
  const runner = createBullRunner({
    ...parts,
    concurrency: CONCURRENCY,
    leaseMs: 30_000,
    retryLadderMs: undefined,
  });
  await runner.start({
    "take.render": async () => DONE,
    "grid.compose": async ({ round }) => {
      onEnded(round);
      return DONE;
    },
    "post.deliver": async ({ post }) => {
      onEnded(post);
      return DONE;
    },
  });
  return {
    add: (round, takes) =>
      queue.enqueue([
        deliverJob(round as PostId, 1, CHANNEL),
        roundJobs(
          round as RoundId,
          takes.map((take) => ({ id: take as TakeId, turn: 0, model: "test" })),
        ),
      ]),
    async close() {
      await runner.drain(1_000);
      await queue.close();
    },
  };
};

/** Bare BullMQ, as its documentation has it, with workers that do nothing. */
export const openBareQueue: OpenRoundQueue = async (url, onEnded) => {
  const { hostname: host, port } = new URL(url);
  const options = { connection: { host, port: Number(port), maxRetriesPerRequest: null }, prefix: "{bare}" };
  const ended = { removeOnComplete: true, removeOnFail: true };
  const flows = new FlowProducer(options);
  const deliver = new Queue("deliver", options);
  const { takes, grids, deliver: deliveries } = CONCURRENCY;
  const end = async (job: { readonly data: { readonly round: string } }) => onEnded(job.data.round);
  const workers = [
    new Worker("takes", async () => {}, { ...options, concurrency: takes }),
    new Worker("grids", end, { ...options, concurrency: grids }),
    new Worker("deliver", end, { ...options, concurrency: deliveries }),
  ];
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  return {
    async add(round, names) {
      const children = names.map((take) => ({
        name: "take",
        queueName: "takes",
        data: { take },
        opts: { ...ended, jobId: take },
      }));
      const grid = { name: "grid", queueName: "grids", data: { round }, opts: { ...ended, jobId: round } };
      await Promise.all([
        deliver.add("deliver", { round }, { ...ended, jobId: round }),
        flows.add({ ...grid, children }),
      ]);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([flows.close(), deliver.close()]);
    },
  };
};

/** A way to send so many rounds through a queue, `atOnce` of them at the same time. */
export interface RoundPass {
  pass(rounds: number, atOnce: number): Promise<void>;
  close(): Promise<void>;
}

export async function openRoundPass(open: OpenRoundQueue, url: string): Promise<RoundPass> {
  const waiting = new Map<string, () => void>();
  const half = new Set<string>();
  const queue = await open(url, (round) => {
    if (half.delete(round)) waiting.get(round)?.();
    else half.add(round);
  });
  let made = 0;
  const send = async () => {
    const round = `r${made++}`;
    const ended = new Promise<void>((resolve) => waiting.set(round, resolve));
    await queue.add(
      round,
      Array.from({ length: TAKES }, (_, index) => `${round}-${index}`),
    );
    await ended;
    waiting.delete(round);
  };
  return {
    async pass(rounds, atOnce) {
      let left = rounds;
      const lane = async () => {
        while (left-- > 0) await send();
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
    },
    close: () => queue.close(),
  };
}
