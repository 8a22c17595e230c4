import { type IQueueBackend, Queue, type QueueOptions } from "bullmq";
import type { OpenBackend } from "./open-backend.ts";

export type AnyQueue = Queue<object, unknown, string, object, unknown, string, IQueueBackend, unknown>;

export type OpenQueue = (name: string, options: Partial<QueueOptions>) => AnyQueue;

export function createOpenQueue(open: OpenBackend, trouble: (error: Error) => void): OpenQueue {
  return (name, options) => {
    const queue: AnyQueue = new Queue(name, { ...open.options, ...options }, open.factory);
    queue.on("error", trouble);
    return queue;
  };
}

/** Opens a queue for as long as the work takes. */
export async function withQueue<T>(
  open: OpenQueue,
  name: string,
  work: (queue: AnyQueue) => Promise<T>,
): Promise<T> {
  // A queue that is only looked at leaves nothing behind.
  const queue = open(name, { skipMetasUpdate: true });
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}
