import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BlobStore, StorageError } from "../../src/ports/blobs.ts";

const KEY = /^[A-Za-z0-9_-]+\/[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Bytes as files under a folder, one file a key. */
export function createFileBlobs(folder: string): BlobStore {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new RangeError(`not a key: ${key}`);
    return join(folder, key);
  };
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      // No process id: in containers that share a folder, all of them are process 1.
      const unfinished = `${path}.${randomUUID()}.part`;
      try {
        await writeThrough(unfinished, bytes);
        const put = await linkOrRename(unfinished, path);
        await syncFolder(dirname(path));
        return put;
      } catch (error) {
        throw new StorageError(`could not keep ${key}`, { cause: error });
      } finally {
        await rm(unfinished, { force: true }).catch(() => undefined);
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
  };
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
