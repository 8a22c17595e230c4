import { expect, test } from "vitest";
import { batched } from "../../../../adapters/slack/intake/batched.ts";

test("a lone item waits for nobody; what comes meanwhile goes together", async () => {
  const batches: (readonly number[])[] = [];
  const gate = Promise.withResolvers<void>();
  const double = batched(async (items: readonly number[]) => {
    batches.push(items);
    if (batches.length === 1) await gate.promise;
    return items.map((item) => item * 2);
  }, 3);
  const first = double(1);
  const others = [2, 3, 4, 5].map(double);
  expect(batches).toEqual([[1]]);
  gate.resolve();
  expect(await first).toBe(2);
  expect(await Promise.all(others)).toEqual([4, 6, 8, 10]);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
});

test("a batch that fails fails for those in it, and for nobody after", async () => {
  const odd = batched(async (items: readonly number[]) => {
    if (items.includes(2)) throw new Error("two");
    return items;
  }, 2);
  const asked = await Promise.allSettled([1, 2, 3, 4].map(odd));
  expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  expect(await odd(5)).toBe(5);
});
