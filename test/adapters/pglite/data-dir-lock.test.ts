import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataDirInUseError, lockDataDir } from "../../../adapters/pglite/data-dir-lock.ts";

describe("the lock of a data directory", () => {
  let dir: string;
  let dataDir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "draftroom-lock-"));
    dataDir = join(dir, "db");
  });
  afterEach(() => rm(dir, { recursive: true }));

  it("is held until it is given back", async () => {
    const unlock = await lockDataDir(dataDir);
    await expect(lockDataDir(dataDir)).rejects.toThrow(DataDirInUseError);
    await unlock();
    await (await lockDataDir(dataDir))();
    expect(await readdir(dir)).toEqual([]);
  });

  it("names the process that has it", async () => {
    await writeFile(`${dataDir}.lock`, await readOwnIdentity(process.ppid));
    await expect(lockDataDir(dataDir)).rejects.toMatchObject({ pid: process.ppid });
    await expect(lockDataDir(dataDir)).rejects.toThrow(`open in process ${process.ppid}`);
  });

  it("is taken over from a process that is gone, or was never one", async () => {
    const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
    await once(child, "exit");
    for (const stale of [`${child.pid} -\n`, `${child.pid} 12345 x\n`, "", "not a pid"]) {
      await writeFile(`${dataDir}.lock`, stale);
      await (await lockDataDir(dataDir))();
    }
    expect(await readdir(dir)).toEqual([]);
  });

  it("is taken over when the pid is of another life", async () => {
    for (const stale of [`${process.pid} 1 x\n`, `${process.ppid} 1 x\n`]) {
      await writeFile(`${dataDir}.lock`, stale);
      await (await lockDataDir(dataDir))();
    }
  });

  it("goes to one of several processes that find it stale at once", async () => {
    await writeFile(`${dataDir}.lock`, "not a pid");
    const program = fileURLToPath(new URL("./take-lock.child.ts", import.meta.url));
    const children = Array.from({ length: 5 }, () =>
      spawn(process.execPath, [program, dataDir], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    const said = await Promise.all(children.map(async ({ stdout }) => String(await once(stdout, "data"))));
    for (const child of children) child.stdin.end();
    expect(said.toSorted()).toEqual(["in use\n", "in use\n", "in use\n", "in use\n", "locked\n"].toSorted());
  });
});

/** The start of that process's lock; elsewhere than on Linux the pid alone tells. */
async function readOwnIdentity(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return `${pid} ${stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "-"} nonce\n`;
}
