import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AssetId } from "../../src/core/ids.ts";
import type { ModelSpec } from "../../src/core/model.ts";
import { createAskModel } from "../../src/models/ask-model.ts";
import { createReadDrifts } from "../../src/models/drift.ts";
import { type ImageModel, ModelError, type ModelImage } from "../../src/ports/image-model.ts";
import { fresh } from "../support/fresh.ts";
import { specOf } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, fails, sends } from "../support/scripted-model.ts";
import { createStrictLog } from "../support/strict-log.ts";

let bench: TestDatabase;
beforeAll(async () => {
  bench = await openEmbedded();
});
afterAll(() => bench.close());

const REQUEST = {
  tier: "draft",
  prompt: "a red fox in snow",
  seed: 7,
  aspect: "1:1",
  size: "1K",
  dimensions: { width: 1024, height: 1024 },
  guide: undefined,
  references: [],
} as const;

const busy = () => fails(new ModelError("overloaded", "busy", { retryable: true, billed: "no" }));

let names = 0;
/** A model that no other test has, asked at a time that the test sets. */
function openAsking(image: ImageModel, changes: Partial<ModelSpec> = {}) {
  const time = { now: new Date("2026-11-20T10:00:00Z") };
  const warned: string[] = [];
  const spec = specOf("draft", { name: `asked-${++names}`, ...changes });
  const askModel = createAskModel({
    database: bench.database,
    log: createStrictLog(warned),
    clock: () => time.now,
  });
  const signal = new AbortController().signal;
  return {
    time,
    warned,
    spec,
    ask: (keep: (made: ModelImage) => Promise<ModelImage> = async (made) => made) =>
      askModel({ model: { spec, image }, request: REQUEST, id: fresh<AssetId>(), signal, keep }),
    calls: async () => {
      const { rows } = await bench.pool.query(
        "select outcome, billed, list_usd::float8 as list, cost_usd::float8 as actual from draftroom.model_calls where name = $1 order by seq",
        [spec.name],
      );
      return rows;
    },
  };
}

describe("asking a model", () => {
  it("records every call, with what it cost and what it was to cost", async () => {
    const prices = { ...specOf("draft").prices, usd: { "1K": 0.04, "2K": 0.05, "4K": 0.1 } };
    const cost = { usd: 0.05, basis: "tokens" } as const;
    const image = createScriptedModel([
      async () => ({ ...(await sends(new Uint8Array([1]))(AbortSignal.abort())), cost }),
      fails(new ModelError("blocked", "no", { retryable: false, billed: "unknown" })),
    ]);
    const { ask, calls } = openAsking(image, { prices });
    await ask();
    await expect(ask()).rejects.toMatchObject({ kind: "blocked" });
    expect(await calls()).toEqual([
      { outcome: "made", billed: "yes", list: 0.04, actual: 0.05 },
      { outcome: "blocked", billed: "unknown", list: 0.04, actual: null },
    ]);
  });

  it("counts an image as made and paid that could not be kept", async () => {
    const { ask, calls } = openAsking(createScriptedModel([sends(new Uint8Array([1]))]));
    await expect(ask(() => Promise.reject(new Error("full")))).rejects.toThrow("full");
    expect(await calls()).toMatchObject([{ outcome: "made", billed: "yes" }]);
  });

  it("stops after five failures in a row, lets one through half a minute later, and heals", async () => {
    const image = createScriptedModel([busy(), busy(), busy(), busy(), busy(), sends(new Uint8Array([1]))]);
    const { ask, time, warned } = openAsking(image);
    for (let failure = 0; failure < 5; failure++) await expect(ask()).rejects.toThrow("busy");
    expect(warned).toEqual(["model.breaker_opened"]);
    await expect(ask()).rejects.toMatchObject({ kind: "overloaded", retryable: true, retryAfterMs: 30_000 });
    expect(image.calls, "nobody asks while it rests").toHaveLength(5);
    time.now = new Date(time.now.getTime() + 30_000);
    await ask();
    await ask();
    expect(image.calls).toHaveLength(7);
  });

  it("a refused prompt says that the model is there", async () => {
    const blocked = fails(new ModelError("blocked", "no", { retryable: false, billed: "no" }));
    const image = createScriptedModel([
      busy(),
      busy(),
      busy(),
      busy(),
      blocked,
      busy(),
      sends(new Uint8Array([1])),
    ]);
    const { ask } = openAsking(image);
    for (let call = 0; call < 6; call++) await expect(ask()).rejects.toThrow();
    await ask();
    expect(image.calls).toHaveLength(7);
  });

  it("that takes longer than it may has perhaps charged for it", async () => {
    const silent = createScriptedModel([
      (signal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    ]);
    const { ask } = openAsking(silent, {
      limits: { atOnce: undefined, perMinute: undefined, timeoutMs: 20 },
    });
    await expect(ask()).rejects.toMatchObject({ kind: "timeout", billed: "unknown" });
  });
});

it("a price list that is off is noticed after five images, and one that is not is not", async () => {
  const costing = (usd: number) =>
    createScriptedModel([
      async () => ({
        ...(await sends(new Uint8Array([1]))(AbortSignal.abort())),
        cost: { usd, basis: "reported" },
      }),
    ]);
  const prices = { ...specOf("draft").prices, usd: { "1K": 0.1, "2K": 0.1, "4K": 0.1 } };
  const off = openAsking(costing(0.112), { prices });
  const right = openAsking(costing(0.104), { prices });
  const readDrifts = createReadDrifts({ database: bench.database, clock: () => off.time.now });
  const drifts = async () =>
    (await readDrifts()).filter((each) => [off, right].some(({ spec }) => spec.name === each.name));
  for (let call = 0; call < 4; call++) await Promise.all([off.ask(), right.ask()]);
  expect(await drifts()).toEqual([]);
  await Promise.all([off.ask(), right.ask()]);
  expect(await drifts()).toEqual([
    { tier: "draft", name: off.spec.name, calls: 5, ratio: expect.closeTo(1.12, 5) },
  ]);
});
