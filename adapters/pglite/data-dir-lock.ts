import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { setTimeout as after } from "node:timers/promises";

/** Another process has the database open. Two would destroy it. */
export class DataDirInUseError extends Error {
  override readonly name = "DataDirInUseError";
  readonly pid: number;

  constructor(dataDir: string, pid: number) {
    super(
      `the database in ${dataDir} is open in process ${pid}; stop that one, or give this one another directory`,
    );
    this.pid = pid;
  }
}

/** The locks of this process. In a container its pid may also be that of its former life: the file alone does not tell. */
const held = new Set<string>();
/** Of several that find a lock stale and put their own in its place the last one has it; this is how long they look. */
const SETTLE_MS = 100;

/**
 * Takes `{dataDir}.lock`, which names the process that has the database open. The lock of a process
 * that is gone is taken over. Processes that do not see each other (two containers, two machines)
 * are not kept apart.
 *
 * @returns gives the lock back.
 * @throws DataDirInUseError
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const path = `${resolve(dataDir)}.lock`;
  if (held.has(path)) throw new DataDirInUseError(dataDir, process.pid);
  held.add(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    const owner = await takeLock(path);
    if (owner !== undefined) throw new DataDirInUseError(dataDir, owner);
  } catch (error) {
    held.delete(path);
    throw error;
  }
  return async () => {
    await rm(path, { force: true });
    held.delete(path);
  };
}

/** Takes the lock, or answers the pid of the living process that has it. */
async function takeLock(path: string): Promise<number | undefined> {
  const mine = `${await identify(process.pid)} ${randomUUID()}\n`;
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, mine);
  try {
    // A link appears with all its content, or not at all because there is one.
    await link(aside, path);
    return undefined;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const owner = await findOwner(path);
    if (owner !== undefined) return owner;
    await rename(aside, path);
    await after(SETTLE_MS);
    const isMine = (await readFile(path, "utf8").catch(() => "")) === mine;
    return isMine ? undefined : ((await findOwner(path)) ?? (await takeLock(path)));
  } finally {
    await rm(aside, { force: true });
  }
}

/** The pid in a lock, when that process lives. This one does not count: it would know. */
async function findOwner(path: string): Promise<number | undefined> {
  const [pid = "", startedAt = ""] = (await readFile(path, "utf8").catch(() => "")).split(" ");
  const owner = Number(pid);
  if (!Number.isInteger(owner) || owner <= 0 || owner === process.pid || !isAlive(owner)) return undefined;
  return (await identify(owner)) === `${pid} ${startedAt}` ? owner : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

/** The pid and, where the system tells, when the process began: pids are used again. */
async function identify(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // Field 22, counted after the name in brackets, which may hold spaces: proc_pid_stat(5).
  return `${pid} ${stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "-"}`;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
