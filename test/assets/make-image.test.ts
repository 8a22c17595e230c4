import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFileBlobs } from "../../adapters/files/file-blobs.ts";
import { assetKey, paidKey } from "../../src/assets/keys.ts";
import { createMakeImage, type ImageOrder, type MadeImage } from "../../src/assets/make-image.ts";
import type { AssetId } from "../../src/core/ids.ts";
import { type BlobStore, StorageError } from "../../src/ports/blobs.ts";
import { type ImageModel, ModelError } from "../../src/ports/image-model.ts";
import type { Attempt } from "../../src/ports/jobs.ts";
import { colourAt, plain } from "../images/pictures.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { fresh } from "../support/fresh.ts";
import { createScriptedModel, fails, sends } from "../support/scripted-model.ts";
import { createStrictLog } from "../support/strict-log.ts";

const ATTEMPTS = 5;

let red: Buffer;
let blue: Buffer;
beforeAll(async () => {
  red = await plain(64, 64, "#f00").png().toBuffer();
  blue = await plain(64, 64, "#00f").png().toBuffer();
});

let folder: string;
let blobs: BlobStore;
let errors: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-make-"));
  blobs = createFileBlobs(folder);
  errors = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function makeImage(model: ImageModel, id: AssetId, attempt: Attempt = ATTEMPT): Promise<MadeImage> {
  const order: ImageOrder = {
    model,
    request: {
      tier: "draft",
      prompt: "a red fox in snow",
      seed: 7,
      aspect: "1:1",
      size: "1K",
      dimensions: { width: 1024, height: 1024 },
      guide: undefined,
      references: [],
    },
    id,
    kind: "take",
    guide: undefined,
    references: [],
  };
  const log = { ...createStrictLog([]), error: (event: string) => void errors.push(event) };
  return createMakeImage({ blobs, log, timeoutMs: 20 })(order, attempt);
}

/** What comes of an image after as many tries as its job has, and how many of them the model saw. */
async function climb(model: ReturnType<typeof createScriptedModel>) {
  const id = fresh<AssetId>();
  for (let number = 1; number <= ATTEMPTS; number++) {
    const made = await makeImage(model, id, { ...ATTEMPT, number, isLast: number === ATTEMPTS }).catch(
      () => undefined,
    );
    if (made) return { made, calls: model.calls.length };
  }
  throw new Error("the last attempt ended without a word");
}

const colourOf = async (id: AssetId) => colourAt((await blobs.find(assetKey(id))) ?? Buffer.alloc(0), 0, 0);

describe("a model that fails", () => {
  it("in a way that nobody foresaw is asked until the attempts are used up, then people hear of it", async () => {
    const model = createScriptedModel([fails(new TypeError("fetch failed"))]);
    expect(await climb(model)).toEqual({
      made: { status: "failed", failure: "interrupted" },
      calls: ATTEMPTS,
    });
    expect(errors).toEqual(["image.broken"]);
  });

  it.each([
    ["yes", 1],
    ["unknown", 2],
    ["no", ATTEMPTS],
  ] as const)("and has charged for it (%s) is asked %i times", async (billed, calls) => {
    const error = new ModelError("overloaded", "busy", { retryable: true, billed });
    const model = createScriptedModel([fails(error)]);
    expect(await climb(model)).toEqual({ made: { status: "failed", failure: "overloaded" }, calls });
    expect(errors).toEqual([]);
  });

  it("for good is asked once", async () => {
    const error = new ModelError("blocked", "no", { retryable: false, billed: "no" });
    expect(await climb(createScriptedModel([fails(error)]))).toEqual({
      made: { status: "failed", failure: "blocked" },
      calls: 1,
    });
  });

  it("to answer in time has perhaps charged for it", async () => {
    const silent = createScriptedModel([
      (signal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    ]);
    expect(await climb(silent)).toEqual({ made: { status: "failed", failure: "timeout" }, calls: 2 });
  });

  it("because the job is taken away has not failed", async () => {
    const taken = new AbortController();
    const model = createScriptedModel([
      (signal) => {
        taken.abort("lost");
        return Promise.reject(signal.reason as Error);
      },
    ]);
    const attempt = { number: ATTEMPTS, isLast: true, signal: taken.signal };
    await expect(makeImage(model, fresh<AssetId>(), attempt)).rejects.toBe("lost");
    expect(errors).toEqual([]);
  });
});

describe("what was paid for", () => {
  const recipeOf = (made: MadeImage) => (made.status === "made" ? made.asset.recipe : undefined);

  it("is never paid again, and keeps its maker, whoever is asked later", async () => {
    const id = fresh<AssetId>();
    const first = createScriptedModel([sends(red, "2026-11")], "test/first");
    await makeImage(first, id);
    // The process died before the record; meanwhile the settings name another model.
    const again = await makeImage(createScriptedModel([], "test/second"), id);
    expect(first.calls).toEqual([id]);
    expect(recipeOf(again)).toMatchObject({ model: "test/first", modelVersion: "2026-11", seed: 7 });
  });

  it("by a process that died before it noted the maker is said to be of whoever is asked", async () => {
    const id = fresh<AssetId>();
    await blobs.put(paidKey(id), red);
    const made = await makeImage(createScriptedModel([], "test/asked"), id);
    expect(recipeOf(made)).toMatchObject({ model: "test/asked", modelVersion: undefined });
  });

  it("first is the image, when two workers make the same one", async () => {
    const id = fresh<AssetId>();
    const late = Promise.withResolvers<void>();
    const slow = createScriptedModel([
      () => late.promise.then(() => ({ bytes: blue, modelVersion: "blue" })),
    ]);
    const quick = createScriptedModel([sends(red, "red")]);
    // Its worker was thought dead, and does not know.
    const losing = makeImage(slow, id);
    const won = await makeImage(quick, id);
    expect(await colourOf(id)).toEqual([255, 0, 0]);
    late.resolve();
    const lost = await losing;
    expect([slow.calls.length, quick.calls.length]).toEqual([1, 1]);
    expect(lost).toEqual(won);
    expect(recipeOf(lost)?.modelVersion).toBe("red");
    expect(await colourOf(id)).toEqual([255, 0, 0]);
  });

  it("and cannot be kept is a matter of storage, and not asked for again", async () => {
    blobs = { ...blobs, put: () => Promise.reject(new StorageError("no room")) };
    expect(await climb(createScriptedModel([sends(red)]))).toEqual({
      made: { status: "failed", failure: "storage" },
      calls: 1,
    });
    expect(errors).toEqual(["image.not_kept"]);
  });

  it("and is no image is refused, and not asked for again", async () => {
    expect(await climb(createScriptedModel([sends(Buffer.from("<html>"))]))).toEqual({
      made: { status: "failed", failure: "bad_image" },
      calls: 1,
    });
  });
});
