import { FlowProducer, type IQueueBackend } from "bullmq";
import type { Job, JobName, JobQueue, JobTree } from "../../src/ports/jobs.ts";
import { JOBS } from "../../src/ports/jobs.ts";
import type { Log } from "../../src/ports/log.ts";
import { type BullJob, toBullJob } from "./bull-job.ts";
import { openBackend } from "./open-backend.ts";
import { type AnyQueue, createOpenQueue } from "./open-queue.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { type QueueOwners, queueNameOf, queuesOf } from "./queue-names.ts";
import { createTroubleLog } from "./trouble-log.ts";

/** The queues of these platforms and models are those that `depths` looks at. */
export interface BullQueueOptions extends QueueOwners {
  readonly backend: QueueBackend;
  readonly log: Log;
}

/** Nobody reads BullMQ's event streams here, and long ones slow every job down. */
const EVENTS_MAX = 100;
const LIVE: ReadonlySet<string> = new Set([
  "waiting",
  "prioritized",
  "delayed",
  "active",
  "waiting-children",
]);

/** Puts jobs into BullMQ. */
export function createBullQueue({ backend, log, ...owners }: BullQueueOptions): JobQueue {
  const trouble = createTroubleLog(log);
  const open = openBackend(backend, "producer", trouble);
  const flows = new FlowProducer<IQueueBackend, unknown>(open.options, open.factory);
  flows.on("error", trouble);
  const openQueue = createOpenQueue(open, trouble);
  const queues = new Map<string, AnyQueue>();

  const queueOf = (name: string): AnyQueue => {
    const known = queues.get(name);
    if (known !== undefined) return known;
    const queue = openQueue(name, { streams: { events: { maxLen: EVENTS_MAX } } });
    queues.set(name, queue);
    return queue;
  };

  const isLiveIn = async (queueName: string, id: string): Promise<boolean> => {
    await open.ready();
    return LIVE.has(await queueOf(queueName).getJobState(id));
  };

  const addTree = async (root: BullJob, children: readonly BullJob[]): Promise<void> => {
    // A tree that is added again while it runs would bring back those of its children that have ended.
    if (await isLiveIn(root.queueName, root.opts.jobId ?? "")) return;
    for (const { queueName } of [root, ...children]) queueOf(queueName);
    const opts = { ignoreDependencyOnFailure: true };
    await flows.add({
      ...root,
      children: children.map((child) => ({ ...child, opts: { ...child.opts, ...opts } })),
    });
  };

  // One after the other: between asking whether a tree is live and adding it no other may come in.
  let adding: Promise<void> = Promise.resolve();
  const addTrees = (trees: readonly CheckedTree[]): Promise<void> => {
    const added = adding.then(async () => {
      for (const { root, children } of trees) await addTree(root, children);
    });
    adding = added.catch(() => {});
    return added;
  };

  return {
    enqueue: async (trees) => {
      const checked = trees.map(checkTree);
      await open.ready();
      const single = checked.filter(({ children }) => children.length === 0).map(({ root }) => root);
      for (const [name, jobs] of Map.groupBy(single, ({ queueName }) => queueName)) {
        await addSingle(queueOf(name), jobs);
      }
      await addTrees(checked.filter(({ children }) => children.length > 0));
    },
    isLive: (job) => isLiveIn(queueNameOf(job), job.id),
    depths: async () => {
      await open.ready();
      const all = (Object.keys(JOBS) as JobName[]).flatMap((name) => queuesOf(name, owners));
      return Promise.all(all.map(({ name }) => readDepth(queueOf(name))));
    },
    close: async () => {
      await Promise.all([flows.close(), ...[...queues.values()].map((queue) => queue.close())]);
      await open.close();
    },
  };
}

interface CheckedTree {
  readonly root: BullJob;
  readonly children: readonly BullJob[];
}

/** On PostgreSQL a bulk makes tables on the way: for one job it takes five times as long as a plain add. */
async function addSingle(queue: AnyQueue, jobs: readonly BullJob[]): Promise<void> {
  const [first, ...more] = jobs;
  if (first !== undefined && more.length === 0) await queue.add(first.name, first.data, first.opts);
  else await queue.addBulk([...jobs]);
}

function checkTree({ job, children }: JobTree): CheckedTree {
  return { root: toBullJob(job), children: children.map((child: Job) => toBullJob(child)) };
}

async function readDepth(queue: AnyQueue): Promise<{ queue: string; waiting: number; running: number }> {
  const { active = 0, ...waiting } = await queue.getJobCounts(
    "waiting",
    "prioritized",
    "delayed",
    "waiting-children",
    "active",
  );
  return {
    queue: queue.name,
    waiting: Object.values(waiting).reduce((sum, count) => sum + count, 0),
    running: active,
  };
}
