import pg from "pg";
import { describe, inject } from "vitest";
import { openPglitePool } from "../../adapters/pglite/pglite-pool.ts";
import { freshDatabase } from "../support/postgres-server.ts";
import { sqlPoolContract } from "./sql-pool.contract.ts";

sqlPoolContract("PGlite in memory", () => openPglitePool({ dataDir: undefined, searchPath: "public" }));

const postgresUrl = inject("postgresUrl");
describe.skipIf(postgresUrl === undefined)("with a server", () => {
  sqlPoolContract(
    "PostgreSQL",
    async () => new pg.Pool({ connectionString: await freshDatabase(postgresUrl ?? "") }),
  );
});
