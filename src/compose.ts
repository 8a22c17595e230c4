import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { createBullQueue } from "../adapters/bullmq/bull-queue.ts";
import { createBullRunner } from "../adapters/bullmq/bull-runner.ts";
import type { Lane } from "../adapters/bullmq/lanes.ts";
import { migrateQueue } from "../adapters/bullmq/migrate-queue.ts";
import type { QueueBackend } from "../adapters/bullmq/queue-backend.ts";
import { ATTEMPTS_MAX, RETRY_LADDER_MS_MAX } from "../adapters/bullmq/retry-ladder.ts";
import { createFileBlobs } from "../adapters/files/file-blobs.ts";
import { openPglitePool } from "../adapters/pglite/pglite-pool.ts";
import { createPinoLog } from "../adapters/pino/pino-log.ts";
import { createDatabase } from "../adapters/postgres/database.ts";
import { migrate, readRecordMigrations, SCHEMA } from "../adapters/postgres/migrate.ts";
import { SLACK_MIGRATIONS } from "../adapters/slack/slack-migrations.ts";
import { STUDIO_MIGRATIONS } from "../adapters/web/studio-migrations.ts";
import type { Config } from "./config.ts";
import { findModel, type Models } from "./models/models.ts";
import { openModels } from "./open-models.ts";
import { type ChatGround, openPlatforms, type Platform } from "./platforms.ts";
import type { BlobStore } from "./ports/blobs.ts";
import type { JobQueue, JobRunner } from "./ports/jobs.ts";
import type { Clock, Log } from "./ports/log.ts";
import type { Database } from "./ports/records.ts";

/** Every port, with what stands behind it in this process. */
export interface Adapters {
  readonly log: Log;
  readonly clock: Clock;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly queue: JobQueue;
  readonly runner: JobRunner;
  readonly models: Models;
  /** The platforms that this process is connected to: none for a worker. */
  readonly platforms: readonly Platform[];
  /** Lets go of databases and queues. The last thing to do. */
  close(): Promise<void>;
}

/** A hold outlives every try of its work with every model of its tier, the waits between them, and an hour in the queue. */
export function holdMsOf({ models }: Config): number {
  const ladders = Object.values(models).map((tier) =>
    tier.reduce((sum, { spec }) => sum + RETRY_LADDER_MS_MAX + ATTEMPTS_MAX * spec.limits.timeoutMs, 0),
  );
  return Math.max(...ladders) + 60 * 60 * 1000;
}

/**
 * Opens everything that the settings ask for. The one place that names concrete adapters.
 *
 * @param slackMinuteMs the length of the minute in which Slack counts calls, in milliseconds.
 * @throws when a database or the data folder cannot be had.
 */
export async function openAdapters(config: Config, slackMinuteMs = MINUTE_MS): Promise<Adapters> {
  const log = createPinoLog(config.logLevel);
  const clock: Clock = () => new Date();
  const pool = await openPool(config, log);
  try {
    return await build(config, { pool, log, clock, slackMinuteMs });
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw error;
  }
}

const MINUTE_MS = 60_000;

type Opened = Pick<ChatGround, "pool" | "log" | "clock" | "slackMinuteMs">;

async function build(config: Config, opened: Opened): Promise<Adapters> {
  const { pool, log, clock } = opened;
  await migrate(pool, [...(await readRecordMigrations()), ...STUDIO_MIGRATIONS, ...SLACK_MIGRATIONS]);
  const backend = await openBackend(config, pool);
  const database = createDatabase(pool);
  const blobs = createFileBlobs(join(config.dataDir, "images"));
  const platforms =
    config.role === "worker" ? [] : await openPlatforms(config, { ...opened, database, blobs });
  const names = platforms.map((platform) => platform.sender.platform);
  const models = await openModels(config);
  const lanes = [...lanesOf(models), ...(await lanesOfTheGone(models, database))];
  const queue = createBullQueue({ backend, log, platforms: names, models: lanes });
  const runner = createBullRunner({
    backend,
    log,
    platforms: names,
    models: lanes,
    concurrency: { takes: config.takesAtOnce, grids: 2, finals: config.finalsAtOnce, deliver: 8, upkeep: 1 },
    leaseMs: config.leaseMs,
    retryLadderMs: undefined,
  });
  return {
    log,
    clock,
    database,
    blobs,
    queue,
    runner,
    models,
    platforms,
    async close() {
      await queue.close();
      await pool.end();
    },
  };
}

function lanesOf({ draft, final }: Models): readonly Lane[] {
  return [...draft, ...final].map(({ spec }) => ({ tier: spec.tier, name: spec.name, ...spec.limits }));
}

/** What waits for models that were taken out of the settings is to be found, and goes to another. */
async function lanesOfTheGone(models: Models, { records }: Database): Promise<readonly Lane[]> {
  const atWork = await records.rounds.modelsAtWork();
  const gone = atWork.filter(({ tier, name }) => findModel(models, tier, name) === undefined);
  return gone.map((each) => ({ ...each, atOnce: undefined, perMinute: undefined }));
}

/** No query of ours takes long; a migration of large tables may. */
const QUERY_MS_MAX = 60_000;

/** One client listens for all queues that are consumed here; the rest is for work. */
const POOL_MAX = 24;

async function openPool(config: Config, log: Log): Promise<pg.Pool> {
  const searchPath = `${SCHEMA}, bullmq`;
  if (config.databaseUrl === undefined) {
    await mkdir(config.dataDir, { recursive: true });
    const embedded = await openPglitePool({ dataDir: join(config.dataDir, "database"), searchPath });
    // It does not come back by itself, as a server would: end the process, so that a restart can help.
    embedded.on("error", (error) => queueMicrotask(() => rethrow(error)));
    return embedded;
  }
  const pool = new pg.Pool({
    connectionString: config.databaseUrl.reveal(),
    options: `-c search_path=${searchPath.replace(" ", "")}`,
    max: POOL_MAX,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    // A server that hangs must not hang us: people hear no, and jobs are tried again.
    query_timeout: QUERY_MS_MAX,
  });
  // A connection that drops is replaced when the next query asks for one. Of a client that is at work
  // the pool says nothing: its query fails, and it would end the process if nobody listened.
  const onLost = (error: Error) => log.warn("database.connection_lost", { message: error.message });
  pool.on("error", onLost);
  pool.on("connect", (client) => client.on("error", onLost));
  return pool;
}

function rethrow(error: Error): never {
  throw error;
}

async function openBackend(config: Config, pool: pg.Pool): Promise<QueueBackend> {
  if (config.redisUrl !== undefined) {
    return { kind: "redis", url: config.redisUrl.reveal(), prefix: "{draftroom}" };
  }
  await migrateQueue(pool);
  return { kind: "postgres", pool };
}
