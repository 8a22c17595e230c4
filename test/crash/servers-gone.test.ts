import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { cardOf, gridOf, shows, wordsOf } from "../support/cards.ts";
import { makePrograms, mia, type Programs } from "../support/doomed-programs.ts";
import { startDoomedRelay } from "../support/doomed-relay.ts";
import { freshDatabase } from "../support/postgres-server.ts";
import { startPrivateRedis } from "../support/redis-server.ts";
import { type StudioPerson, StudioProblem } from "../support/studio-client.ts";

const TEST_MS = 120_000;
const UNTIL_MS = 60_000;
const CHANNEL = "playground";

const postgresUrl = inject("postgresUrl") ?? "";
const redisUrl = inject("redisUrl") ?? "";

let programs: Programs;
beforeEach(async () => {
  programs = await makePrograms();
});
afterEach(() => programs.remove());

/** The problem of an act that is refused. */
async function refusal(act: Promise<unknown>): Promise<StudioProblem> {
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StudioProblem) return error;
  throw new Error("it was recorded", { cause: error });
}

/** Says something again and again, as the same event, until it is recorded. */
async function insist(person: StudioPerson, text: string, eventId: string): Promise<void> {
  for (;;) {
    const answered = await person.say(CHANNEL, text, { eventId }).catch((error: unknown) => error);
    if (!(answered instanceof StudioProblem)) return;
  }
}

describe("gone for a while", () => {
  test.skipIf(postgresUrl === "")(
    "PostgreSQL: what is not recorded is said, and works again later",
    async () => {
      const databaseUrl = await freshDatabase(postgresUrl);
      const relay = await startDoomedRelay(databaseUrl);
      const draftroom = await programs.start({ DATABASE_URL: relay.url });
      const person = await mia(draftroom);
      await person.say(CHANNEL, "/draft before");
      await person.until(gridOf("before"), UNTIL_MS);

      await relay.cut();
      await endSessions(databaseUrl);
      const eventId = crypto.randomUUID();
      const refused = await refusal(person.say(CHANNEL, "/draft meanwhile", { eventId }));
      expect(refused.status).toBe(503);
      expect(refused.message).toMatch(/could not be confirmed\. Try again/);
      expect(draftroom.child.exitCode).toBeNull();

      await relay.mend();
      await insist(person, "/draft meanwhile", eventId);
      await person.until(gridOf("meanwhile"), UNTIL_MS);
      const quota = await person.say(CHANNEL, "/quota");
      expect(quota.kind === "message" && wordsOf(cardOf(quota.message))).toContain("392 of 400 credits left");
      expect(await draftroom.stop()).toBe(0);
      await relay.cut();
    },
    TEST_MS,
  );

  test.skipIf(redisUrl === "")(
    "Redis: what was accepted is finished when it is back",
    async () => {
      const redis = await startPrivateRedis([]);
      const relay = await startDoomedRelay(redis?.url ?? "");
      const draftroom = await programs.start({ REDIS_URL: relay.url, DRAFTROOM_SKETCH_DELAY_MS: "1000" });
      const person = await mia(draftroom);
      await person.say(CHANNEL, "/draft under way --count 8");
      await person.until(shows(/Drafting 8 takes|8 takes in/), UNTIL_MS);
      await relay.cut();
      expect(await person.say(CHANNEL, "/draft asked meanwhile")).toEqual({ kind: "done" });
      await relay.mend();
      await person.until(gridOf("under way"), UNTIL_MS);
      await person.until(gridOf("asked meanwhile"), UNTIL_MS);
      expect(await draftroom.stop()).toBe(0);
      await relay.cut();
      await redis?.stop();
    },
    TEST_MS,
  );
});

/** What a server tells its clients when it is shut down. */
async function endSessions(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await client.end();
}
