/** A process that wants a lock: `node take-lock.child.ts {dataDir}` says `locked` or `in use`, and stays until it is told to end. */
import { DataDirInUseError, lockDataDir } from "../../../adapters/pglite/data-dir-lock.ts";

try {
  await lockDataDir(process.argv[2] ?? "");
  process.stdout.write("locked\n");
} catch (error) {
  if (!(error instanceof DataDirInUseError)) throw error;
  process.stdout.write("in use\n");
}
process.stdin.resume();
