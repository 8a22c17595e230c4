import { type Finding, fine } from "../../src/ports/finding.ts";
import { DataDirInUseError, lockDataDir } from "./data-dir-lock.ts";

/** Whether the embedded database is free, or open in a process that runs. Nothing, where its folder cannot be written. */
export async function checkDataDir(dataDir: string): Promise<readonly Finding[]> {
  try {
    await (await lockDataDir(dataDir))();
    return [fine("The embedded database is free: Draftroom is not running on it.")];
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) return [];
    return [fine(`The embedded database is open in process ${error.pid}: Draftroom is running.`)];
  }
}
