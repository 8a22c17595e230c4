import { Kysely, PostgresDialect } from "kysely";
import pg, { type Pool } from "pg";
import sharp from "sharp";
import { openPglitePool } from "../../../adapters/pglite/pglite-pool.ts";
import { createStudio, type Studio } from "../../../adapters/web/studio.ts";
import { STUDIO_MIGRATIONS } from "../../../adapters/web/studio-migrations.ts";
import type { StudioTables } from "../../../adapters/web/studio-tables.ts";
import type { AssetFile, AssetReader } from "../../../src/ports/assets.ts";
import type { Log } from "../../../src/ports/log.ts";
import { freshDatabase } from "../../support/postgres-server.ts";
import { connectStudio, type StudioClient } from "../../support/studio-client.ts";
import { createScriptedInbox, FINAL, GRID, type ScriptedInbox } from "./scripted-inbox.ts";

/** A running studio with its scripted inbox. */
export interface RunningStudio {
  readonly studio: Studio;
  readonly inbox: ScriptedInbox;
  readonly client: StudioClient;
  readonly pool: Pool;
  stop(): Promise<void>;
}

export interface StudioOptions {
  /** An earlier studio's, to start again over. */
  readonly pool?: Pool;
  readonly host?: string;
  readonly port?: number;
  readonly token?: string;
  readonly publicUrl?: URL;
  /** Where to find it when `url()` is not where it listens. */
  readonly connectTo?: string;
}

/** Opens a database with the studio's tables in it: on a server, or in this process. */
export async function openStudioDatabase(serverUrl?: string): Promise<Pool> {
  const pool =
    serverUrl === undefined
      ? await openPglitePool({ dataDir: undefined, searchPath: "public" })
      : new pg.Pool({ connectionString: await freshDatabase(serverUrl) });
  for (const migration of STUDIO_MIGRATIONS) await pool.query(migration.sql);
  return pool;
}

/** Takes back everything that was said: opening a database takes seconds, this does not. */
export async function forgetMessages(pool: Pool): Promise<void> {
  await pool.query("truncate studio_messages, studio_reactions");
}

export async function startStudio(options: StudioOptions = {}): Promise<RunningStudio> {
  const pool = options.pool ?? (await openStudioDatabase());
  const studio = createStudio({
    db: new Kysely<StudioTables>({ dialect: new PostgresDialect({ pool }) }),
    assets: await drawAssets(),
    log: silentLog,
    clock: () => new Date(),
    ids: createIds(),
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    token: options.token,
    publicUrl: options.publicUrl,
  });
  const inbox = createScriptedInbox(studio.sender);
  await studio.gateway.start(inbox);
  const client = await connectStudio(
    options.connectTo ?? studio.url(),
    options.token === undefined ? {} : { token: options.token },
  );
  return { studio, inbox, client, pool, stop: () => studio.gateway.stop() };
}

const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

function createIds(): () => string {
  return () => `01${crypto.randomUUID().replaceAll("-", "").slice(0, 24).toUpperCase()}`;
}

/** A grid and a final as files, drawn once. */
async function drawAssets(): Promise<AssetReader> {
  const files = new Map<string, AssetFile>([
    [GRID, await draw(1040, 1040, [1, 2, 3, 4])],
    [FINAL, await draw(1536, 1024, [3])],
  ]);
  return { find: async (asset) => files.get(asset) };
}

async function draw(width: number, height: number, takes: readonly number[]): Promise<AssetFile> {
  const columns = Math.ceil(Math.sqrt(takes.length));
  const side = { x: width / columns, y: height / columns };
  const cells = takes.map((take, index) => {
    const x = (index % columns) * side.x;
    const y = Math.floor(index / columns) * side.y;
    return `<g transform="translate(${x} ${y})">${scene(take, side.x - 8, side.y - 8)}</g>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f4efe6"/>${cells.join("")}</svg>`;
  return { mime: "image/png", width, height, bytes: await sharp(Buffer.from(svg)).png().toBuffer() };
}

/** A bottle in the sun, blocked in. */
function scene(take: number, width: number, height: number): string {
  const [sky, table, glass] = [
    ["#f0c27b", "#b98b5a", "#3c6e63"],
    ["#cfd8d3", "#8f867a", "#5b4a8a"],
    ["#f6d9b8", "#c77b4f", "#22577a"],
    ["#2e3a46", "#59636b", "#d08c3c"],
  ][(take - 1) % 4] as [string, string, string];
  const x = width * (0.34 + 0.08 * take);
  const base = height * 0.82;
  return `<rect x="4" y="4" width="${width}" height="${height}" fill="${sky}"/>
    <rect x="4" y="${height * 0.66}" width="${width}" height="${height * 0.34 + 4}" fill="${table}"/>
    <circle cx="${width * 0.2}" cy="${height * 0.24}" r="${height * 0.09}" fill="#fff" opacity="0.75"/>
    <path d="M${x} ${base} l${width * 0.42} ${height * 0.1} v${height * 0.05} h-${width * 0.5} z" fill="#fff" opacity="0.3"/>
    <rect x="${x - width * 0.07}" y="${base - height * 0.42}" width="${width * 0.14}" height="${height * 0.42}" rx="${width * 0.035}" fill="${glass}" opacity="0.9"/>
    <rect x="${x - width * 0.025}" y="${base - height * 0.56}" width="${width * 0.05}" height="${height * 0.16}" rx="4" fill="${glass}"/>
    <rect x="${x - width * 0.045}" y="${base - height * 0.38}" width="${width * 0.018}" height="${height * 0.32}" fill="#fff" opacity="0.5"/>`;
}
