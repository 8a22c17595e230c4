import { existsSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { DataDirInUseError } from "../adapters/pglite/data-dir-lock.ts";
import { openPglitePool } from "../adapters/pglite/pglite-pool.ts";
import { createDatabase } from "../adapters/postgres/database.ts";
import { SCHEMA } from "../adapters/postgres/migrate.ts";
import type { Config } from "./config.ts";
import type { Tier } from "./core/recipe.ts";
import { openModels } from "./open-models.ts";
import type { Reachability } from "./ports/image-model.ts";
import type { BreakerStore, CallCount } from "./ports/model-records.ts";
import type { ModelSetting } from "./settings/model-setting.ts";

// What `npm run models` and `npm run doctor` find out about models: nothing is made, and nothing paid for.

/** How long a provider or a database may take to answer, in milliseconds. */
const ANSWER_MS_MAX = 10_000;

export interface LookedAt {
  readonly setting: ModelSetting;
  readonly found: Reachability | { readonly status: "no_key"; readonly why: string };
}

/** By tier, in the order in which they are asked. */
export async function lookAtModels(
  config: Pick<Config, "models" | "sketchDelayMs">,
): Promise<Readonly<Record<Tier, readonly LookedAt[]>>> {
  const opened = await openModels(config);
  const lookAt = (tier: Tier) =>
    Promise.all(
      config.models[tier].map(async (setting, index): Promise<LookedAt> => {
        const { key, keyName } = setting;
        if (keyName !== undefined && key === undefined) {
          return { setting, found: { status: "no_key", why: `no key: ${keyName} is not set` } };
        }
        const { image } = opened[tier][index] ?? opened[tier][0];
        return { setting, found: await image.check(AbortSignal.timeout(ANSWER_MS_MAX)) };
      }),
    );
  const [draft, final] = await Promise.all([lookAt("draft"), lookAt("final")]);
  return { draft, final };
}

export type ModelRecords =
  | {
      readonly status: "read";
      readonly counts: readonly CallCount[];
      readonly breakers: Awaited<ReturnType<BreakerStore["list"]>>;
    }
  /** One sentence. */
  | { readonly status: "unread"; readonly why: string };

const NOTHING_YET: ModelRecords = { status: "read", counts: [], breakers: [] };

/** How models were doing. */
export async function readModelRecords(
  { databaseUrl, dataDir }: Pick<Config, "databaseUrl" | "dataDir">,
  since: Date,
): Promise<ModelRecords> {
  const embedded = join(dataDir, "database");
  if (databaseUrl === undefined && !existsSync(join(embedded, "PG_VERSION"))) return NOTHING_YET;
  try {
    const pool =
      databaseUrl === undefined
        ? await openPglitePool({ dataDir: embedded, searchPath: SCHEMA })
        : openServer(databaseUrl.reveal());
    try {
      const { calls, breakers } = createDatabase(pool).records;
      return { status: "read", counts: await calls.counts(since), breakers: await breakers.list() };
    } finally {
      await pool.end();
    }
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return NOTHING_YET;
    if (error instanceof DataDirInUseError) {
      return { status: "unread", why: "the embedded database is in use, as Draftroom is running" };
    }
    return { status: "unread", why: "the database does not answer" };
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: Draftroom was not started on it yet. */
const UNDEFINED_TABLE = "42P01";

function openServer(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    options: `-c search_path=${SCHEMA}`,
    connectionTimeoutMillis: ANSWER_MS_MAX,
    query_timeout: ANSWER_MS_MAX,
  });
  pool.on("error", () => {});
  return pool;
}
