import { spawn } from "node:child_process";
import { once } from "node:events";
import fs, { constants } from "node:fs";
import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Kysely, PostgresDialect, type PostgresPool, sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openPglitePool, type PglitePool } from "../../../adapters/pglite/pglite-pool.ts";

describe("a pool on PGlite in memory", () => {
  let pool: PglitePool;
  beforeAll(async () => {
    pool = await openPglitePool({ dataDir: undefined, searchPath: "draftroom, bullmq" });
    await pool.query("CREATE SCHEMA draftroom; CREATE SCHEMA bullmq; CREATE TABLE note (id int PRIMARY KEY)");
  });
  afterAll(() => pool.end());

  it("looks for names along its search path", async () => {
    const { rows } = await pool.query("SELECT schemaname FROM pg_tables WHERE tablename = 'note'");
    expect(rows).toEqual([{ schemaname: "draftroom" }]);
  });

  it("tells BullMQ that its connections do not fall asleep", () => {
    expect(pool.options.keepAlive).toBe(true);
  });

  it("rolls back what a client left open when it is released", async () => {
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query("INSERT INTO note VALUES (1)");
    const waiting = pool.query("SELECT count(*)::int AS n FROM note");
    client.release();
    expect((await waiting).rows).toEqual([{ n: 0 }]);
    expect((await pool.query("SELECT count(*)::int AS n FROM note")).rows).toEqual([{ n: 0 }]);
  });

  it("lets clients wait for a transaction in the order they came", async () => {
    const order: string[] = [];
    const holder = await pool.connect();
    await holder.query("BEGIN");
    const waiting = ["a", "b", "c"].map((name) => pool.query("SELECT 1").then(() => order.push(name)));
    await holder.query("SELECT 1");
    order.push("holder");
    await holder.query("COMMIT");
    holder.release();
    await Promise.all(waiting);
    expect(order).toEqual(["holder", "a", "b", "c"]);
  });

  it("leaves the event loop to others between queries", async () => {
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    const until = Date.now() + 300;
    while (Date.now() < until) await pool.query("SELECT 1");
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(3);
  });

  it("serves Kysely, transactions too", async () => {
    // The type says that Kysely takes the pool as it is.
    const database = new Kysely<{ note: { id: number } }>({
      dialect: new PostgresDialect({ pool: pool satisfies PostgresPool }),
    });
    const add = (id: number) =>
      database.transaction().execute(async (trx) => {
        await trx.insertInto("note").values({ id }).execute();
        if (id === 101) throw new Error("changed my mind");
      });
    await Promise.allSettled([add(100), add(101), add(102)]);
    expect(
      await database.selectFrom("note").select("id").where("id", ">=", 100).orderBy("id").execute(),
    ).toEqual([{ id: 100 }, { id: 102 }]);
    expect((await sql<{ one: number }>`select ${1}::int as one`.execute(database)).rows).toEqual([
      { one: 1 },
    ]);
  });
});

describe("a pool on PGlite in a directory", { timeout: 90_000 }, () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "draftroom-pglite-"));
  });
  afterEach(() => rm(dir, { recursive: true }));
  const open = (dataDir: string) => openPglitePool({ dataDir, searchPath: "public" });

  it("makes the directory and its parents, and finds everything there again", async () => {
    const dataDir = join(dir, "deep", "down", "db");
    const first = await open(dataDir);
    await first.query("CREATE TABLE note (id int); INSERT INTO note VALUES (7)");
    await first.end();
    const second = await open(dataDir);
    expect((await second.query("SELECT id FROM note")).rows).toEqual([{ id: 7 }]);
    await second.end();
    expect(await readdir(join(dir, "deep", "down"))).toEqual(["db"]);
    expect(process.exitCode).toBeUndefined();
  });

  it.runIf(process.platform === "linux")(
    "writes its log through to the disk, and syncs the rest",
    async () => {
      const dataDir = join(dir, "db");
      const synced = vi.spyOn(fs, "fsyncSync");
      syncBuiltinESMExports();
      const pool = await open(dataDir);
      await pool.query("CREATE TABLE note (id int)");
      expect((await pool.query("SHOW fsync")).rows).toEqual([{ fsync: "on" }]);
      const logs: number[] = [];
      for (const fd of await readdir("/proc/self/fd")) {
        const path = await readlink(`/proc/self/fd/${fd}`).catch(() => "");
        if (!path.startsWith(join(dataDir, "pg_wal"))) continue;
        const [, flags = ""] = /flags:\s*(\d+)/.exec(await readFile(`/proc/self/fdinfo/${fd}`, "utf8")) ?? [];
        logs.push(Number.parseInt(flags, 8) & constants.O_SYNC);
      }
      expect(logs).toEqual([constants.O_SYNC]);
      const before = synced.mock.calls.length;
      await pool.query("CHECKPOINT");
      expect(synced.mock.calls.length).toBeGreaterThan(before);
      synced.mockRestore();
      syncBuiltinESMExports();
      await pool.end();
    },
  );

  it("is opened once at a time", async () => {
    const dataDir = join(dir, "db");
    const first = await open(dataDir);
    await expect(open(dataDir)).rejects.toMatchObject({ name: "DataDirInUseError", pid: process.pid });
    await first.end();
    await (await open(dataDir)).end();
  });

  it("keeps out another process, and outlives its kill with everything that was committed", async () => {
    const dataDir = join(dir, "db");
    const writer = fileURLToPath(new URL("./write-rows.child.ts", import.meta.url));
    const child = spawn(process.execPath, [writer, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
    const exited = once(child, "exit");
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged === 1) await expect(open(dataDir)).rejects.toMatchObject({ pid: child.pid });
      if (acknowledged >= 500) break;
    }
    child.kill("SIGKILL");
    await exited;
    const pool = await open(dataDir);
    const { rows } = await pool.query("SELECT count(*)::int AS n, max(id) AS last FROM note");
    await pool.end();
    expect(rows[0].n).toBe(rows[0].last);
    expect(rows[0].n).toBeGreaterThanOrEqual(acknowledged);
  });

  it("is not made at all by a process that is killed while making it", async () => {
    const dataDir = join(dir, "db");
    const writer = fileURLToPath(new URL("./write-rows.child.ts", import.meta.url));
    const child = spawn(process.execPath, [writer, dataDir], { stdio: "ignore" });
    const exited = once(child, "exit");
    await expect.poll(() => readdir(dir), { timeout: 20_000, interval: 5 }).toContain("db.new");
    child.kill("SIGKILL");
    await exited;
    expect(await readdir(dir)).not.toContain("db");
    const pool = await open(dataDir);
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
    expect(await readdir(dir)).toEqual(["db"]);
  });
});
