import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFileBlobs } from "../../adapters/files/file-blobs.ts";
import { assetKey, paidKey } from "../../src/assets/keys.ts";
import { createMakeImage, type ImageOrder, type MadeImage } from "../../src/assets/make-image.ts";
import { createFewAtOnce } from "../../src/core/few-at-once.ts";
import type { AssetId } from "../../src/core/ids.ts";
import type { ModelSpec } from "../../src/core/model.ts";
import { createAskModel } from "../../src/models/ask-model.ts";
import { type BlobStore, StorageError } from "../../src/ports/blobs.ts";
import {
  type ImageModel,
  ModelError,
  type ModelErrorDetails,
  type ModelFailureKind,
} from "../../src/ports/image-model.ts";
import type { Attempt } from "../../src/ports/jobs.ts";
import { colourAt, plain } from "../images/pictures.ts";
import { ATTEMPT } from "../support/attempt.ts";
import { fresh } from "../support/fresh.ts";
import { specOf } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, fails, sends } from "../support/scripted-model.ts";
import { createStrictLog } from "../support/strict-log.ts";

const ATTEMPTS = 5;

let bench: TestDatabase;
let red: Buffer;
let blue: Buffer;
afterAll(() => bench.close());
beforeAll(async () => {
  bench = await openEmbedded();
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

interface Circumstances {
  readonly attempt?: Attempt;
  readonly spec?: Partial<ModelSpec>;
  readonly hasNext?: boolean;
  readonly isWanted?: () => Promise<boolean>;
}

function makeImage(image: ImageModel, id: AssetId, more: Circumstances = {}): Promise<MadeImage> {
  const { attempt = ATTEMPT, spec = {}, hasNext = false, isWanted = async () => true } = more;
  const limits = { atOnce: undefined, perMinute: undefined, timeoutMs: 20 };
  const order: ImageOrder = {
    model: { spec: specOf("draft", { limits, ...spec }), image },
    wanted: {
      tier: "draft",
      prompt: "a red fox in snow",
      seed: 7,
      aspect: "1:1",
      size: "1K",
      guide: undefined,
      references: [],
    },
    id,
    kind: "take",
    guide: undefined,
    references: [],
    hasNext: () => hasNext,
    isWanted,
  };
  const log = { ...createStrictLog([]), error: (event: string) => void errors.push(event) };
  const askModel = createAskModel({ database: bench.database, log, clock: () => new Date() });
  return createMakeImage({ blobs, log, askModel, fewDecoded: createFewAtOnce(2) })(order, attempt);
}

/** What comes of an image after as many tries as its job has, and how many of them the model saw. */
async function climb(model: ReturnType<typeof createScriptedModel>, more: Circumstances = {}) {
  const id = fresh<AssetId>();
  // Its own breaker: one test's failures are not another's.
  const spec = { name: `test-${id.toLowerCase()}`.slice(0, 40), ...more.spec };
  for (let number = 1; number <= ATTEMPTS; number++) {
    const attempt = { ...ATTEMPT, number, isLast: number === ATTEMPTS };
    const made = await makeImage(model, id, { ...more, spec, attempt }).catch(() => undefined);
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
    await expect(makeImage(model, fresh<AssetId>(), { attempt })).rejects.toBe("lost");
    expect(errors).toEqual([]);
  });
});

describe("where another model could do it", () => {
  const failing = (kind: ModelFailureKind, more: Partial<ModelErrorDetails> = {}) =>
    createScriptedModel([fails(new ModelError(kind, "no", { retryable: true, billed: "no", ...more }))]);

  it("one that is overloaded is asked twice", async () => {
    expect(await climb(failing("overloaded"), { hasNext: true })).toEqual({
      made: { status: "failed", failure: "overloaded" },
      calls: 2,
    });
  });

  it("one that wants to be left alone for long is asked once", async () => {
    const { calls } = await climb(failing("rate_limited", { retryAfterMs: 30_000 }), { hasNext: true });
    expect(calls).toBe(1);
  });
});

describe("an image that nobody wants any more", () => {
  const waiting = () =>
    createScriptedModel([
      (signal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    ]);
  const limits = { atOnce: undefined, perMinute: undefined, timeoutMs: 60_000 };

  it("is cut off, where that costs nothing", async () => {
    const made = makeImage(waiting(), fresh<AssetId>(), {
      spec: { onAbort: "free", limits },
      isWanted: async () => false,
    });
    expect(await made).toEqual({ status: "failed", failure: "cancelled" });
  });

  it("is made and kept, where it is paid for anyway", async () => {
    const model = createScriptedModel([sends(red)]);
    const made = await makeImage(model, fresh<AssetId>(), {
      spec: { onAbort: "billed" },
      isWanted: () => Promise.reject(new Error("nobody is to be asked")),
    });
    expect(made.status).toBe("made");
  });

  it("is made, while nobody can be asked whether it is wanted", async () => {
    const asked = Promise.withResolvers<void>();
    const model = createScriptedModel([(signal) => asked.promise.then(() => sends(red)(signal))]);
    const made = await makeImage(model, fresh<AssetId>(), {
      spec: { onAbort: "free", limits },
      isWanted: async () => {
        asked.resolve();
        throw new Error("the database is away");
      },
    });
    expect(made.status).toBe("made");
  });
});

describe("the recipe", () => {
  it("holds all that the provider said, and what the model could not honour", async () => {
    const cost = { usd: 0.134, basis: "tokens" } as const;
    const answer = { bytes: red, modelVersion: "2026-11", seed: 99, requestId: "req-1", cost };
    const { abilities } = specOf("draft");
    const made = await makeImage(createScriptedModel([async () => answer]), fresh<AssetId>(), {
      spec: { name: "able", id: "test/able", abilities: { ...abilities, aspects: ["16:9"] } },
    });
    expect(made.status === "made" && made.asset.recipe).toEqual({
      tier: "draft",
      prompt: "a red fox in snow",
      seed: 99,
      aspect: "1:1",
      size: "1K",
      name: "able",
      model: "test/able",
      modelVersion: "2026-11",
      guide: undefined,
      references: [],
      requestId: "req-1",
      cost,
      shortfalls: [
        { kind: "aspect", asked: "1:1", got: "16:9" },
        // 64 pixels: nobody had said so.
        { kind: "size", asked: "1K", got: "64×64" },
      ],
    });
  });

  it("says what the price list says, where the provider says nothing", async () => {
    const prices = { ...specOf("draft").prices, usd: { "1K": 0.04, "2K": 0.05, "4K": 0.1 } };
    const made = await makeImage(createScriptedModel([sends(red)]), fresh<AssetId>(), { spec: { prices } });
    expect(made.status === "made" && made.asset.recipe?.cost).toEqual({ usd: 0.04, basis: "list" });
  });

  it("of a model without seeds has none", async () => {
    const { abilities } = specOf("draft");
    const made = await makeImage(createScriptedModel([sends(red)]), fresh<AssetId>(), {
      spec: { abilities: { ...abilities, seed: false } },
    });
    expect(made.status === "made" && made.asset.recipe).toMatchObject({
      seed: undefined,
      shortfalls: [{ kind: "seed" }, { kind: "size" }],
    });
  });
});

describe("what was paid for", () => {
  const recipeOf = (made: MadeImage) => (made.status === "made" ? made.asset.recipe : undefined);

  it("is never paid again, and keeps its maker, whoever is asked later", async () => {
    const id = fresh<AssetId>();
    const first = createScriptedModel([sends(red, "2026-11")]);
    await makeImage(first, id, { spec: { id: "test/first" } });
    // The process died before the record; meanwhile the settings name another model.
    const again = await makeImage(createScriptedModel([]), id, { spec: { id: "test/second" } });
    expect(first.calls).toEqual([id]);
    expect(recipeOf(again)).toMatchObject({ model: "test/first", modelVersion: "2026-11", seed: 7 });
  });

  it("by a process that died before it noted the maker is said to be of whoever is asked", async () => {
    const id = fresh<AssetId>();
    await blobs.put(paidKey(id), red);
    const made = await makeImage(createScriptedModel([]), id, { spec: { id: "test/asked" } });
    expect(recipeOf(made)).toMatchObject({ model: "test/asked", modelVersion: undefined });
  });

  it("first is the image, when two workers make the same one", async () => {
    const id = fresh<AssetId>();
    const late = Promise.withResolvers<void>();
    const slow = createScriptedModel([(signal) => late.promise.then(() => sends(blue, "blue")(signal))]);
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
