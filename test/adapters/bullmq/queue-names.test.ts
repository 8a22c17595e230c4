import { expect, test } from "vitest";
import { QUEUE_OF } from "../../../adapters/bullmq/queue-names.ts";

test("no two jobs wait in the same queue, where the worker of the one would take the other's", () => {
  const queues = Object.values(QUEUE_OF).map(({ queue }) => queue);
  expect(queues.length).toBeGreaterThan(5);
  expect(new Set(queues).size).toBe(queues.length);
});
