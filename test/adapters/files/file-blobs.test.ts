import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileBlobs } from "../../../adapters/files/file-blobs.ts";
import { type BlobStore, StorageError } from "../../../src/ports/blobs.ts";

let folder: string;
let blobs: BlobStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-blobs-"));
  blobs = createFileBlobs(join(folder, "images"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const KEY = "paid/01TAKE";
/** A megabyte of one number: half of one and half of another would show. */
const pile = (of: number) => new Uint8Array(2 ** 20).fill(of);
const filesIn = (name: string) => readdir(join(folder, "images", name));

describe("a key", () => {
  it("has the bytes of the first put; a later one changes nothing", async () => {
    expect(await blobs.find(KEY)).toBeUndefined();
    expect(await blobs.put(KEY, pile(1))).toBe("kept");
    expect(await blobs.put(KEY, pile(2))).toBe("exists");
    expect(await blobs.put(KEY, pile(1))).toBe("exists");
    expect(Buffer.from(pile(1)).equals((await blobs.find(KEY)) ?? pile(0))).toBe(true);
    expect(await blobs.put("assets/01TAKE", pile(3))).toBe("kept");
    expect(await blobs.put(`${KEY}.maker`, pile(4))).toBe("kept");
    expect((await filesIn("paid")).toSorted()).toEqual(["01TAKE", "01TAKE.maker"]);
    expect(await filesIn("assets")).toEqual(["01TAKE"]);
  });

  it("is kept once, whole, by one of many workers", async () => {
    // Two stores over one folder, as two processes have.
    const stores = [blobs, createFileBlobs(join(folder, "images"))];
    const puts = Array.from({ length: 16 }, async (_, index) => {
      const put = await stores[index % 2]?.put(KEY, pile(index));
      return { index, put };
    });
    const reads = Array.from({ length: 16 }, async (_, index) => {
      const read = await stores[index % 2]?.find(KEY);
      // Nothing yet, or all of it.
      return read === undefined || (read.length === 2 ** 20 && read.every((byte) => byte === read[0]));
    });
    expect(await Promise.all(reads)).not.toContain(false);
    const results = await Promise.all(puts);
    const kept = results.filter(({ put }) => put === "kept");
    expect(kept).toHaveLength(1);
    expect(results.filter(({ put }) => put === "exists")).toHaveLength(15);
    const found = await blobs.find(KEY);
    expect(Buffer.from(pile(kept[0]?.index ?? -1)).equals(found ?? pile(99))).toBe(true);
    expect(await filesIn("paid")).toEqual(["01TAKE"]);
    expect(await filesIn("unfinished"), "nothing unfinished is left behind").toEqual([]);
  });

  it.each([
    ["", "paid", "paid/", "/paid/x", "paid/a/b", "../paid", "paid/../x", "paid/..", "../../etc/passwd"],
    ["paid/.hidden", "paid\\x", "paid/x\0", "paid/é", "paid/a b", "./x", "paid/x\n"],
  ])("is no other text: %j …", async (...texts) => {
    for (const text of texts) {
      await expect(blobs.put(text, pile(1)), JSON.stringify(text)).rejects.toThrow(RangeError);
      await expect(blobs.find(text), JSON.stringify(text)).rejects.toThrow(RangeError);
      await expect(blobs.delete(text), JSON.stringify(text)).rejects.toThrow(RangeError);
    }
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("deleting", () => {
  it("takes away one key, may be repeated, and makes room for another put", async () => {
    await blobs.delete(KEY);
    await blobs.put(KEY, pile(1));
    await blobs.put(`${KEY}.maker`, pile(2));
    await Promise.all([blobs.delete(KEY), blobs.delete(KEY)]);
    await blobs.delete(KEY);
    expect(await blobs.find(KEY)).toBeUndefined();
    expect(await filesIn("paid")).toEqual(["01TAKE.maker"]);
    expect(await blobs.put(KEY, pile(3))).toBe("kept");
  });

  it("of something that is no file is a storage error", async () => {
    await mkdir(join(folder, "images", KEY), { recursive: true });
    await expect(blobs.delete(KEY)).rejects.toThrow(StorageError);
  });
});

describe("what was never finished", () => {
  const at = (iso: string) => new Date(iso);

  it("is cleared away when it is old, and nothing else is", async () => {
    // Nothing was ever written.
    await blobs.tidy(at("2026-11-20T10:00:00Z"));
    await blobs.put(KEY, pile(1));
    for (const [name, time] of [
      ["old", at("2026-11-20T09:59:59Z")],
      ["young", at("2026-11-20T10:00:00Z")],
    ] as const) {
      const path = join(folder, "images", "unfinished", name);
      await writeFile(path, pile(2));
      await utimes(path, time, time);
    }
    const stores = [blobs, createFileBlobs(join(folder, "images"))];
    await Promise.all(stores.map((store) => store.tidy(at("2026-11-20T10:00:00Z"))));
    expect(await filesIn("unfinished")).toEqual(["young"]);
    expect(await blobs.find(KEY)).toHaveLength(2 ** 20);
  });

  it("that cannot be looked at is a storage error", async () => {
    await mkdir(join(folder, "images"));
    await writeFile(join(folder, "images", "unfinished"), "in the way");
    await expect(blobs.tidy(new Date())).rejects.toThrow(StorageError);
    await expect(blobs.put(KEY, pile(1))).rejects.toThrow(StorageError);
  });
});

describe("a folder that is not as it should be", () => {
  it("with a file in its way is a storage error, not a key that is there", async () => {
    await mkdir(join(folder, "images"));
    await writeFile(join(folder, "images", "paid"), "in the way");
    await expect(blobs.put(KEY, pile(1))).rejects.toThrow(StorageError);
    await expect(blobs.find(KEY)).rejects.toThrow(StorageError);
    expect(await blobs.put("assets/01TAKE", pile(1))).toBe("kept");
    const nowhere = createFileBlobs(join(folder, "images", "paid", "deeper"));
    await expect(nowhere.put(KEY, pile(1))).rejects.toThrow(StorageError);
    expect(await readdir(join(folder, "images"))).toEqual(["assets", "paid", "unfinished"]);
  });

  it("with something unreadable in a file's place is one, too", async () => {
    await mkdir(join(folder, "images", KEY), { recursive: true });
    await expect(blobs.find(KEY)).rejects.toThrow(StorageError);
    expect(await blobs.find("paid/01OTHER")).toBeUndefined();
  });

  it("says why", async () => {
    await mkdir(join(folder, "images"));
    await writeFile(join(folder, "images", "paid"), "in the way");
    const error = await blobs.put(KEY, pile(1)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: `could not keep ${KEY}`, cause: { code: "EEXIST" } });
  });
});
