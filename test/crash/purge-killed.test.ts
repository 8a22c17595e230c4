import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "../../adapters/postgres/database.ts";
import { credits } from "../../src/core/credits.ts";
import type { ChannelRef, WorkspaceRef } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { HOUR_MS } from "../support/fresh.ts";
import { findMentions } from "../support/mentions.ts";
import { layEmbeddedGround } from "./grounds.ts";
import { createLives } from "./lives.ts";
import { survive } from "./survive.ts";

/*
 * The studio was left long ago: the program takes away what is kept of it, and is killed with SIGKILL
 * at one place after the other.
 */
const TIMEOUT_MS = 120_000;
const LEFT = "studio:local" as WorkspaceRef;
const BYSTANDER = "slack:T1:C1" as ChannelRef;

/** Beside them: `test/upkeep/purge.test.ts` cuts it short at every call. */
const PLACES = [
  "before sql delete accounts#1",
  "after transact#1",
  "after blobs.delete(paid)#5",
  "after records.remains.deleted#1",
] as const;

let folder: string;
let template: string;
/** Of everything that was made in the studio. */
let names: readonly string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-crash-purge-"));
  template = join(folder, "data");
  const ground = await layEmbeddedGround(undefined);
  expect(await survive(ground, [])).toMatchObject({ problem: undefined });
  const pool = await ground.openPool();
  names = await leaveLongAgo(pool);
  await pool.end();
  await cp(ground.dataDir, template, { recursive: true });
  await ground.remove();
}, TIMEOUT_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function leaveLongAgo(pool: Pool): Promise<readonly string[]> {
  const { records } = createDatabase(pool);
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * HOUR_MS);
  await pool.query("update posts set created_at = $1", [daysAgo(410)]);
  await records.departures.left(LEFT, daysAgo(400));
  await records.channels.open(BYSTANDER, credits(7), daysAgo(410));
  const { rows } = await pool.query<{ name: string }>(
    `select ref as name from channels where workspace = $1 union all select id from concepts
     union all select id from rounds union all select id from takes union all select id from finals`,
    [LEFT],
  );
  expect(rows.length).toBeGreaterThan(8);
  return rows.map((row) => row.name);
}

async function purgeUnder(places: readonly string[]): Promise<number> {
  const ground = await layEmbeddedGround(template);
  const lives = createLives({
    // Nothing is to be made.
    env: { ...ground.env, DRAFTROOM_LEASE_SECONDS: "1", MODEL_URL: "http://127.0.0.1:9" },
    dooms: places.map((place) => ({ place })),
    onDeath: async () => {},
  });
  try {
    await lives.end();
    const pool = await ground.openPool();
    await expectPurged(pool).finally(() => pool.end());
    expect(await filesIn(join(ground.dataDir, "images"))).toEqual([]);
    return lives.deaths();
  } finally {
    await lives.abandon();
    await ground.remove();
  }
}

async function expectPurged(pool: Pool): Promise<void> {
  // The studio's own messages stand in for a platform's; the list keeps the names for the second time.
  const found = Object.keys(await findMentions(pool, names)).filter((table) => !table.startsWith("studio_"));
  expect(found).toEqual(["doomed_assets"]);
  const { departures, ledger, remains } = createDatabase(pool).records;
  expect(await departures.before(new Date(), 10)).toEqual([]);
  expect(await remains.doomed(new Date(), 10)).toEqual([]);
  expect(await ledger.balance(BYSTANDER as never, new Date())).toMatchObject({ available: 7 });
  expect(await audit(pool)).toMatchObject({ periods: 1, reservations: 0 });
}

async function filesIn(path: string): Promise<readonly string[]> {
  const found = await readdir(path, { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => each.name);
}

test.each(PLACES)(
  "a purge that is killed %s leaves nothing behind",
  { timeout: TIMEOUT_MS },
  async (place) => {
    expect(await purgeUnder([place])).toBe(1);
  },
);

test("and again during the recovery", { timeout: TIMEOUT_MS }, async () => {
  const twice = ["after tx.remains.doom#1", "after blobs.delete(paid)#5", "after blobs.delete(assets)#9"];
  expect(await purgeUnder(twice)).toBe(3);
});
