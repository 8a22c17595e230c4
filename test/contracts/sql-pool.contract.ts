import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** What the rest of the program relies on in a pool of database clients. */
export function sqlPoolContract(name: string, open: () => Promise<pg.Pool>): void {
  describe(`sql pool: ${name}`, () => {
    let pool: pg.Pool;
    beforeAll(async () => {
      pool = await open();
      await pool.query("CREATE TABLE thing (id int PRIMARY KEY, note text); CREATE TABLE tally (n int)");
      await pool.query("INSERT INTO tally VALUES (0)");
    });
    afterAll(async () => {
      await pool.end();
    });

    it("reads every type as node-postgres does", async () => {
      const { rows } = await pool.query(
        `SELECT 9007199254740993::int8 big, 1.50::numeric exact, 7 small, true yes, NULL nothing,
           '2026-11-20T10:00:00.123Z'::timestamptz at, '{"a":[1]}'::jsonb doc, '\\x00ff'::bytea bytes,
           ARRAY['a','b,"c'] words, 1.5::float8 ratio`,
      );
      expect(rows).toEqual([
        {
          big: "9007199254740993",
          exact: "1.50",
          small: 7,
          yes: true,
          nothing: null,
          at: new Date("2026-11-20T10:00:00.123Z"),
          doc: { a: [1] },
          bytes: Buffer.from([0, 255]),
          words: ["a", 'b,"c'],
          ratio: 1.5,
        },
      ]);
    });

    it("writes every type as node-postgres does", async () => {
      const at = new Date("2026-11-20T10:00:00.123Z");
      const words = ["plain", 'quote " and \\ and , and {}', "", "NULL"];
      const { rows } = await pool.query(
        "SELECT $1::timestamptz at, $2::bytea bytes, $3::text[] words, $4::jsonb doc, $5::text nothing, $6::int8 big",
        [at, Buffer.from([1, 0, 2]), words, { deep: ["ü", null] }, undefined, 12n],
      );
      expect(rows[0]).toEqual({
        at,
        bytes: Buffer.from([1, 0, 2]),
        words,
        doc: { deep: ["ü", null] },
        nothing: null,
        big: "12",
      });
    });

    it("says which command ran and how many rows it touched", async () => {
      const inserted = await pool.query("INSERT INTO thing VALUES ($1, $2), ($3, $4)", [1, "a", 2, "b"]);
      expect(inserted).toMatchObject({ command: "INSERT", rowCount: 2, rows: [] });
      const updated = await pool.query("UPDATE thing SET note = 'c' WHERE id > $1 RETURNING id", [1]);
      expect(updated).toMatchObject({ command: "UPDATE", rowCount: 1, rows: [{ id: 2 }] });
      expect(await pool.query("SELECT 1 WHERE false")).toMatchObject({ command: "SELECT", rowCount: 0 });
    });

    it("carries large values", async () => {
      const bytes = Buffer.alloc(3_000_000, 7);
      const { rows } = await pool.query("SELECT $1::bytea b, repeat('x', 2000000) t", [bytes]);
      expect(rows[0].b.equals(bytes)).toBe(true);
      expect(rows[0].t).toHaveLength(2_000_000);
    });

    it("rejects with the SQLSTATE and goes on", async () => {
      await pool.query("INSERT INTO thing VALUES (10, 'x')");
      await expect(pool.query("INSERT INTO thing VALUES ($1, 'y')", [10])).rejects.toMatchObject({
        code: "23505",
        constraint: "thing_pkey",
        table: "thing",
      });
      await expect(pool.query("SELEC 1")).rejects.toMatchObject({ code: "42601" });
      await expect(pool.query("SELECT * FROM nowhere")).rejects.toMatchObject({ code: "42P01" });
      expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    });

    it("runs scripts of several statements, whole or not at all", async () => {
      await pool.query(
        "CREATE TABLE script_a (n int); INSERT INTO script_a VALUES (1); CREATE TABLE script_b (n int)",
      );
      await expect(pool.query("INSERT INTO script_a VALUES (2); SELECT 1 / 0")).rejects.toMatchObject({
        code: "22012",
      });
      expect((await pool.query("SELECT n FROM script_a")).rows).toEqual([{ n: 1 }]);
    });

    it("hides a transaction until it commits, and forgets one that rolls back", async () => {
      const client = await pool.connect();
      await client.query("BEGIN");
      await client.query("INSERT INTO thing VALUES (20, 'in transaction')");
      await client.query("ROLLBACK");
      await client.query("BEGIN");
      await client.query("INSERT INTO thing VALUES (21, 'in transaction')");
      const seen = pool.query("SELECT id FROM thing WHERE id IN (20, 21, 22)");
      await client.query("INSERT INTO thing VALUES (22, 'in transaction')");
      await client.query("COMMIT");
      client.release();
      // A server may answer before the commit, a single session after it; never in between.
      expect([[], [21, 22]]).toContainEqual((await seen).rows.map(({ id }) => id));
    });

    it("refuses everything in a failed transaction until it is rolled back", async () => {
      const client = await pool.connect();
      await client.query("BEGIN");
      await client.query("INSERT INTO thing VALUES (30, 'x')");
      await expect(client.query("INSERT INTO thing VALUES ($1, 'x')", [30])).rejects.toMatchObject({
        code: "23505",
      });
      await expect(client.query("SELECT 1")).rejects.toMatchObject({ code: "25P02" });
      expect(await client.query("COMMIT")).toMatchObject({ command: "ROLLBACK" });
      client.release();
      expect((await pool.query("SELECT 1 FROM thing WHERE id = 30")).rowCount).toBe(0);
    });

    it("loses no update among transactions at the same time", async () => {
      const bump = async () => {
        const client = await pool.connect();
        try {
          await client.query("BEGIN");
          const { rows } = await client.query("SELECT n FROM tally FOR UPDATE");
          await client.query("UPDATE tally SET n = $1", [rows[0].n + 1]);
          await client.query("COMMIT");
        } finally {
          client.release();
        }
      };
      await Promise.all(Array.from({ length: 25 }, bump));
      expect((await pool.query("SELECT n FROM tally")).rows).toEqual([{ n: 25 }]);
    });

    it("tells those who listen, and only them", async () => {
      const [ear, deaf] = [await pool.connect(), await pool.connect()];
      const heard: string[] = [];
      deaf.on("notification", ({ channel }) => heard.push(`deaf heard ${channel}`));
      const next = () =>
        new Promise<string>((resolve) => {
          ear.once("notification", ({ channel, payload }) => resolve(`${channel}: ${payload}`));
        });
      await ear.query("-- a comment first\nLISTEN news;\n");
      const first = next();
      await pool.query("SELECT pg_notify($1, $2)", ["news", "one"]);
      expect(await first).toBe("news: one");

      await deaf.query("LISTEN other");
      await ear.query("UNLISTEN news; ".trim());
      ear.on("notification", ({ payload }) => heard.push(`after unlisten: ${payload}`));
      await ear.query("LISTEN last");
      await pool.query("NOTIFY news, 'two'");
      const last = next();
      await pool.query("NOTIFY last, 'three'");
      expect(await last).toBe("last: three");
      expect(heard).toEqual(["after unlisten: three"]);
      ear.release(true);
      deaf.release(true);
    });

    it("rolls back what a destroyed client left open", async () => {
      const client = await pool.connect();
      await client.query("BEGIN");
      await client.query("INSERT INTO thing VALUES (40, 'left open')");
      client.release(true);
      await pool.query("INSERT INTO thing VALUES (40, 'next')");
      expect((await pool.query("SELECT note FROM thing WHERE id = 40")).rows).toEqual([{ note: "next" }]);
    });
  });
}
