import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { gridOf } from "../support/cards.ts";
import { makePrograms, mia, type Programs } from "../support/doomed-programs.ts";
import { startDoomedRelay } from "../support/doomed-relay.ts";
import { freshDatabase } from "../support/postgres-server.ts";

const postgresUrl = inject("postgresUrl") ?? "";
const STOP_SECONDS = 1;
/** What stopping may take beyond the work's own deadline. */
const GRACE_SECONDS = 10;

let programs: Programs;
beforeEach(async () => {
  programs = await makePrograms();
});
afterEach(() => programs.remove());

test.skipIf(postgresUrl === "")(
  "told to stop while the database hangs, it stops all the same, and says that it was cut short",
  async () => {
    const relay = await startDoomedRelay(await freshDatabase(postgresUrl));
    const draftroom = await programs.start({
      DATABASE_URL: relay.url,
      DRAFTROOM_STOP_SECONDS: `${STOP_SECONDS}`,
    });
    const person = await mia(draftroom);
    await person.say("playground", "/draft before --count 1");
    await person.until(gridOf("before"));
    relay.stall();
    // Somebody waits for an answer that does not come.
    const unanswered = person.say("playground", "/draft meanwhile").then(
      () => "answered",
      () => "hung up",
    );
    const told = performance.now();
    const exitCode = await draftroom.stop();
    const seconds = (performance.now() - told) / 1000;
    expect(exitCode).toBe(70);
    expect(seconds).toBeLessThan(STOP_SECONDS + GRACE_SECONDS + 2);
    expect(draftroom.log()).toContain("did not stop in time");
    expect(await unanswered).toBe("hung up");
    await relay.cut();
  },
);
