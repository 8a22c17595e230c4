import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardOf, gridOf, shows, wordsOf } from "../support/cards.ts";
import { makePrograms, mia, type Programs } from "../support/doomed-programs.ts";

const TEST_MS = 120_000;
const UNTIL_MS = 60_000;
const CHANNEL = "playground";

let programs: Programs;
beforeEach(async () => {
  programs = await makePrograms();
});
afterEach(() => programs.remove());

describe("told to stop", () => {
  test(
    "while it renders: it ends with 0 in time, and the next one finishes",
    async () => {
      const env = { DRAFTROOM_SKETCH_DELAY_MS: "1500", DRAFTROOM_STOP_SECONDS: "1" };
      const draftroom = await programs.start(env);
      const person = await mia(draftroom);
      await person.say(CHANNEL, "/draft interrupted --count 8");
      await person.until(shows(/Drafting 8 takes|8 takes in/), UNTIL_MS);
      const stoppedAt = performance.now();
      expect(await draftroom.stop()).toBe(0);
      console.log(`stopped in ${Math.round(performance.now() - stoppedAt)} ms`);
      expect(performance.now() - stoppedAt).toBeLessThan(20_000);

      const next = await mia(await programs.start(env));
      await next.until(gridOf("interrupted"), UNTIL_MS);
      const quota = await next.say(CHANNEL, "/quota");
      expect(quota.kind === "message" && wordsOf(cardOf(quota.message))).toContain("392 of 400 credits left");
      expect(quota.kind === "message" && wordsOf(cardOf(quota.message))).toContain("8 spent · 0 held");
    },
    TEST_MS,
  );

  test(
    "twice: the second time it ends at once",
    async () => {
      const draftroom = await programs.start({
        DRAFTROOM_SKETCH_DELAY_MS: "60000",
        DRAFTROOM_STOP_SECONDS: "60",
      });
      const person = await mia(draftroom);
      await person.say(CHANNEL, "/draft never done");
      await person.until(shows(/Drafting 4 takes|4 takes in/), UNTIL_MS);
      draftroom.child.kill("SIGTERM");
      // It takes no more: the first signal has been heard.
      await expect
        .poll(
          () =>
            person.say(CHANNEL, "hello?").then(
              () => "heard",
              () => "stopping",
            ),
          { timeout: UNTIL_MS },
        )
        .toBe("stopping");
      const secondAt = performance.now();
      expect(await draftroom.stop()).toBe(70);
      console.log(`ended ${Math.round(performance.now() - secondAt)} ms after the second signal`);
      expect(performance.now() - secondAt).toBeLessThan(10_000);
    },
    TEST_MS,
  );
});
