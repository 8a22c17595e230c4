import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { actionOf, gridOf, shows } from "../support/cards.ts";
import { type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";
import { freshDatabase } from "../support/postgres-server.ts";
import { startPrivateRedis } from "../support/redis-server.ts";
import type { Service } from "../support/server-process.ts";
import { connectStudio, type StudioClient } from "../support/studio-client.ts";

const postgresUrl = inject("postgresUrl");
const redisUrl = inject("redisUrl");

/** One talks to people, others make images; they share PostgreSQL, Redis and the folder of images. */
describe.skipIf(postgresUrl === undefined || redisUrl === undefined)("a gateway and workers", () => {
  let folder: string;
  let redis: Service | undefined;
  let env: Record<string, string>;
  let gateway: DraftroomProcess;
  let studio: StudioClient;
  const running = new Set<DraftroomProcess>();

  async function start(
    role: "gateway" | "worker",
    more: Record<string, string> = {},
  ): Promise<DraftroomProcess> {
    const draftroom = await startDraftroom({ ...env, DRAFTROOM_ROLE: role, ...more });
    running.add(draftroom);
    return draftroom;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "draftroom-two-"));
    redis = await startPrivateRedis([]);
    env = {
      DATABASE_URL: await freshDatabase(postgresUrl ?? ""),
      REDIS_URL: redis?.url ?? "",
      DRAFTROOM_DATA_DIR: folder,
      DRAFTROOM_SKETCH_DELAY_MS: "0",
      DRAFTROOM_LEASE_SECONDS: "1",
    };
    gateway = await start("gateway");
    studio = await connectStudio(gateway.url);
  });
  afterAll(async () => {
    await Promise.all([...running].map((each) => each.kill()));
    await redis?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("work waits for a worker, and a worker that dies in the middle is made good by another", async () => {
    const mia = studio.as("mia");
    await mia.command("spring-launch", "/draft a lamp by a window");
    await mia.until(shows(/drafts a lamp by a window/));
    const slow = await start("worker", { DRAFTROOM_SKETCH_DELAY_MS: "600000" });
    await mia.until(shows(/Drafting 4 takes/));
    await slow.kill();
    await start("worker");
    const grid = await mia.until(gridOf("a lamp by a window"), 30_000);
    await studio.as("ada").press(grid.id, actionOf(grid, "4"));
    await mia.until(shows(/Final of take 4 for @studio:mia: a lamp/));
  });

  test("a reaction made while Draftroom was away counts, once", async () => {
    const mia = studio.as("mia");
    await mia.command("spring-launch", "/draft an orange sail --count 2");
    const grid = await mia.until(gridOf("an orange sail"));
    expect(await gateway.stop()).toBe(0);
    running.delete(gateway);

    // The chat goes on without us: this is what its cloud would hold when we come back.
    const cloud = new pg.Client({ connectionString: env.DATABASE_URL, options: "-c search_path=draftroom" });
    await cloud.connect();
    const react = "insert into studio_reactions (message, emoji, person, position) values ($1, $2, $3, $4)";
    await cloud.query(react, [grid.id, "n1", "noor", 1]);
    await cloud.query(react, [grid.id, "n2", "ada", 2]);

    gateway = await start("gateway");
    studio = await connectStudio(gateway.url);
    await studio.as("mia").until(shows(/Final of take 2 for @studio:mia: an orange sail/), 30_000);
    gateway = await restart(gateway);
    await studio.as("mia").until(shows(/Final of take 2 for @studio:mia: an orange sail/));
    const { rows } = await cloud.query(
      "select count(*) as finals from finals f join rounds r on r.id = f.round_id where r.prompt = 'an orange sail'",
    );
    expect(rows[0].finals).toBe("1");
    await cloud.end();
  });

  async function restart(old: DraftroomProcess): Promise<DraftroomProcess> {
    await old.stop();
    running.delete(old);
    const fresh = await start("gateway");
    studio = await connectStudio(fresh.url);
    return fresh;
  }
});
