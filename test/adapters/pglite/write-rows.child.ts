/** A process to be killed: `node write-rows.child.ts {dataDir}` commits row after row and says which. */
import { writeSync } from "node:fs";
import { openPglitePool } from "../../../adapters/pglite/pglite-pool.ts";

const pool = await openPglitePool({ dataDir: process.argv[2], searchPath: "public" });
await pool.query("CREATE TABLE note (id int PRIMARY KEY)");
for (let id = 1; ; id++) {
  await pool.query("INSERT INTO note VALUES ($1)", [id]);
  writeSync(1, `${id}\n`);
}
