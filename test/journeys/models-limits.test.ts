import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { gridOf } from "../support/cards.ts";
import { type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";
import { freshDatabase } from "../support/postgres-server.ts";
import { openLocalGoogle } from "../support/providers/local-google.ts";
import type { LocalProvider } from "../support/providers/local-provider.ts";
import { startPrivateRedis } from "../support/redis-server.ts";
import type { Service } from "../support/server-process.ts";
import { connectStudio } from "../support/studio-client.ts";

const postgresUrl = inject("postgresUrl");
const redisUrl = inject("redisUrl");

const PER_MINUTE = 5;
const TAKES = 7;
/** A minute, give or take the making of a picture. */
const MINUTE_MS_MIN = 55_000;

const MODELS = `
models:
  - { provider: google, id: gemini-3.1-flash-lite-image, tier: draft, requestsPerMinute: ${PER_MINUTE} }
  - { provider: google, id: gemini-3-pro-image, tier: final }
`;

describe.skipIf(postgresUrl === undefined || redisUrl === undefined)("two workers", () => {
  let folder: string;
  let google: LocalProvider;
  let redis: Service | undefined;
  let pool: pg.Pool;
  let running: readonly DraftroomProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "draftroom-limits-"));
    google = await openLocalGoogle();
    redis = await startPrivateRedis([]);
    await writeFile(join(folder, "models.yaml"), MODELS);
    const databaseUrl = await freshDatabase(postgresUrl ?? "");
    pool = new pg.Pool({ connectionString: databaseUrl });
    const env = {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis?.url ?? "",
      DRAFTROOM_DATA_DIR: folder,
      DRAFTROOM_MODELS_FILE: join(folder, "models.yaml"),
      GEMINI_API_KEY: [...google.keys][0] ?? "",
      GEMINI_API_URL: new URL("v1beta", google.url).href,
    };
    const start = (role: string) => startDraftroom({ ...env, DRAFTROOM_ROLE: role });
    running = [await start("gateway"), ...(await Promise.all([start("worker"), start("worker")]))];
  });
  afterAll(async () => {
    await Promise.all(running.map((each) => each.kill()));
    await Promise.all([redis?.stop(), google.close(), pool.end()]);
    await rm(folder, { recursive: true, force: true });
  });

  test("share the calls that a model may have in a minute", async () => {
    const mia = (await connectStudio(running[0]?.url ?? "")).as("mia");
    await mia.command("playground", `/draft a red fox in snow --count ${TAKES}`);
    await mia.until(gridOf("a red fox in snow"), 150_000);
    const { rows } = await pool.query<{ at: Date }>("select at from draftroom.model_calls order by at");
    const times = rows.map((row) => row.at.getTime());
    expect(times).toHaveLength(TAKES);
    const [first = 0] = times;
    expect(times.filter((at) => at - first < MINUTE_MS_MIN)).toHaveLength(PER_MINUTE);
    expect(google.paid).toHaveLength(TAKES);
  });
});
