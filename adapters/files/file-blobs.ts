import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BlobStore, StorageError } from "../../src/ports/blobs.ts";

const KEY = /^[A-Za-z0-9_-]+\/[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Bytes as files under a folder, one file a key. What is being written is in a folder of its own until it is whole. */
export function createFileBlobs(folder: string): BlobStore {
  const unfinished = join(folder, "unfinished");
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new RangeError(`not a key: ${key}`);
    return join(folder, key);
  };
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      // No process id: in containers that share a folder, all of them are process 1.
      const part = join(unfinished, randomUUID());
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeThrough(part, bytes);
        const put = await linkOrRename(part, path);
        await syncFolder(dirname(path));
        return put;
      } catch (error) {
        throw new StorageError(`could not keep ${key}`, { cause: error });
      } finally {
        await rm(part, { force: true }).catch(() => undefined);
      }
    },
    async find(key) {
      const path = pathOf(key);
      try {
        return await readFile(path);
      } catch (error) {
        if (hasCode(error, "ENOENT")) return undefined;
        throw new StorageError(`could not read ${key}`, { cause: error });
      }
    },
    async delete(key) {
      const path = pathOf(key);
      try {
        await unlink(path);
        await syncFolder(dirname(path));
      } catch (error) {
        if (!hasCode(error, "ENOENT")) throw new StorageError(`could not delete ${key}`, { cause: error });
      }
    },
    async tidy(before) {
      try {
        for (const name of await readdir(unfinished)) await removeOlder(join(unfinished, name), before);
      } catch (error) {
        if (!hasCode(error, "ENOENT")) throw new StorageError("could not tidy up", { cause: error });
      }
    },
  };
}

/** One that is gone by now has been finished, or another process was here. */
async function removeOlder(path: string, before: Date): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (found && found.mtime < before) await rm(path, { force: true });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** A link, not a rename: it does not replace what is there. Some file systems (exFAT, network shares) have none. */
async function linkOrRename(from: string, to: string): Promise<"kept" | "exists"> {
  try {
    await link(from, to);
  } catch (error) {
    if (hasCode(error, "EEXIST")) return "exists";
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].some((code) => hasCode(error, code))) throw error;
    await rename(from, to);
  }
  return "kept";
}

/** On the disk, not only in its cache, when this resolves. */
async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename survives a power cut once the folder that lists it does. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
