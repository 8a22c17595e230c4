import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openAdapters } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import { createProgram, type Program } from "../../src/program.ts";
import { audit } from "../support/audit.ts";
import { actionOf, gridOf, shows } from "../support/cards.ts";
import { freshDatabase } from "../support/postgres-server.ts";
import { startPrivateRedis } from "../support/redis-server.ts";
import type { Service } from "../support/server-process.ts";
import { connectStudio, type StudioPerson } from "../support/studio-client.ts";

const postgresUrl = inject("postgresUrl");
const redisUrl = inject("redisUrl");

/** Half a minute, as it is by itself, would be long to wait for. */
const SWEEP_MS = 1_500;
const UNTIL_MS = 45_000;
const CHANNEL = "spring-launch";

describe.skipIf(postgresUrl === undefined || redisUrl === undefined)("a Redis that comes back empty", () => {
  let folder: string;
  let redis: Service | undefined;
  let flush: Redis;
  let pool: pg.Pool;
  let program: Program;
  let mia: StudioPerson;
  let ada: StudioPerson;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "draftroom-lost-"));
    redis = await startPrivateRedis([]);
    const databaseUrl = await freshDatabase(postgresUrl ?? "");
    const read = readConfig({
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis?.url,
      DRAFTROOM_DATA_DIR: folder,
      DRAFTROOM_PORT: "0",
      DRAFTROOM_LEASE_SECONDS: "1",
      DRAFTROOM_SKETCH_DELAY_MS: "400",
      DRAFTROOM_TAKES_AT_ONCE: "2",
      DRAFTROOM_LOG_LEVEL: "silent",
    });
    if (read.status === "bad") throw new Error(read.problems.join("\n"));
    const adapters = await openAdapters(read.config);
    program = createProgram(read.config, adapters, SWEEP_MS);
    await program.start();
    const studio = await connectStudio(adapters.platforms[0]?.place() ?? "");
    [mia, ada] = [studio.as("mia"), studio.as("ada")];
    flush = new Redis(redis?.url ?? "");
    pool = new pg.Pool({ connectionString: databaseUrl });
  });
  afterAll(async () => {
    await program.stop();
    flush.disconnect();
    await pool.end();
    await redis?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("finds what was accepted in the database: a round and a final come, each charged once", async () => {
    await mia.say(CHANNEL, "/draft a lighthouse --count 6");
    await mia.until(shows(/Drafting 6 takes/));
    await flush.flushall();
    const grid = await mia.until(gridOf("a lighthouse"), UNTIL_MS);

    await ada.press(grid.id, actionOf(grid, "3"));
    await mia.until(shows(/Finishing it in 2K/));
    await flush.flushall();
    await mia.until(shows(/Final of take 3 for @studio:mia: a lighthouse/), UNTIL_MS);

    // Nothing at all may be left of the queue, and it goes on.
    await flush.flushall();
    await mia.say(CHANNEL, "/draft a pier --count 1");
    await mia.until(gridOf("a pier"), UNTIL_MS);
    await audit(pool);
    const { rows } = await pool.query(
      "select kind, sum(amount)::int as sum from draftroom.entries group by kind",
    );
    const sums = Object.fromEntries(rows.map(({ kind, sum }) => [kind, sum]));
    expect(sums).toMatchObject({ reserve: 6 + 4 + 1, spend: 6 + 4 + 1 });
    expect(sums).not.toHaveProperty("release");
  });
});
