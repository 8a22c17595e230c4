import { expect, it } from "vitest";
import { createInProgress } from "../../../../adapters/discord/gateway/in-progress.ts";
import { createInTurn } from "../../../../adapters/discord/gateway/in-turn.ts";
import { createLookAgain } from "../../../../adapters/discord/gateway/look-again.ts";
import { untilRecorded } from "../../../../adapters/discord/gateway/until-recorded.ts";

const { signal } = new AbortController();

it("what could not be recorded is handed over again", async () => {
  let tries = 0;
  const hand = async () => {
    tries += 1;
    if (tries < 3) throw new Error("away");
    return tries;
  };
  expect(await untilRecorded(hand, { forMs: 5_000, signal })).toBe(3);
});

it("is given up when the time is over", async () => {
  let tries = 0;
  const hand = async () => {
    tries += 1;
    throw new Error(`away ${tries}`);
  };
  await expect(untilRecorded(hand, { forMs: 300, signal })).rejects.toThrow("away 2");
});

it("is given up at once when it is to stop", async () => {
  const stopping = new AbortController();
  const given = untilRecorded(() => Promise.reject(new Error("away")), {
    forMs: Number.POSITIVE_INFINITY,
    signal: stopping.signal,
  });
  stopping.abort();
  await expect(given).rejects.toThrow("away");
});

it("one thing comes after the other where order counts, failures or not", async () => {
  const inTurn = createInTurn();
  const done: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = inTurn("fox", async () => {
    await gate.promise;
    done.push("first");
    throw new Error("away");
  });
  const second = inTurn("fox", async () => void done.push("second"));
  await inTurn("owl", async () => void done.push("other"));
  gate.resolve();
  await expect(first).rejects.toThrow("away");
  await second;
  expect(done).toEqual(["other", "first", "second"]);
});

it("stopping waits for what is being done, and not for ever", async () => {
  const failures: unknown[] = [];
  const work = createInProgress((error) => failures.push(error));
  const gate = Promise.withResolvers<void>();
  let isDone = false;
  work.add(
    gate.promise.then(() => {
      isDone = true;
      work.add(Promise.reject(new Error("late")));
    }),
  );
  setImmediate(gate.resolve);
  await work.settled(5_000);
  expect(isDone).toBe(true);
  expect(failures).toHaveLength(1);
  work.add(new Promise(() => {}));
  await work.settled(10);
});

it("looks again once, as soon as anybody asked for", async () => {
  let looks = 0;
  const looked = Promise.withResolvers<void>();
  const again = createLookAgain(() => {
    looks += 1;
    looked.resolve();
  });
  again.ask(60_000);
  again.ask(5);
  again.ask(1_000);
  await looked.promise;
  expect(looks).toBe(1);
  again.ask(60_000);
  again.stop();
});
