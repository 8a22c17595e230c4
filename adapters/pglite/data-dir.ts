import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { DURABLE_START, DurableFiles } from "./durable-files.ts";

/**
 * Opens the database in a directory, making it first where there is none. A new one is made aside and
 * moved into place whole: a process killed half-way leaves nothing that looks like a database.
 */
export async function openDataDir(dataDir: string): Promise<PGlite> {
  if (!existsSync(join(dataDir, "PG_VERSION"))) {
    const aside = `${dataDir}.new`;
    await rm(aside, { recursive: true, force: true });
    await mkdir(dirname(dataDir), { recursive: true });
    await closePglite(await PGlite.create(aside));
    await rename(aside, dataDir);
  }
  return PGlite.create({ fs: new DurableFiles(dataDir), startParams: [...DURABLE_START] });
}

/** The engine sets the exit code of the process when it stops; that is not its to decide. */
export async function closePglite(database: PGlite): Promise<void> {
  const { exitCode } = process;
  await database.close();
  process.exitCode = exitCode;
}
