import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toCall } from "../../../../adapters/ai-sdk/google/to-call.ts";
import { promptFor } from "../../../../adapters/ai-sdk/hand-off.ts";
import type { HostedModel } from "../../../../adapters/ai-sdk/vendor.ts";
import { ASPECTS, SEED_MAX } from "../../../../src/core/recipe.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { inspectImage } from "../../../../src/images/inspect-image.ts";
import type { ImageRequest } from "../../../../src/ports/image-model.ts";
import { callOf, PROMPT, picture, requestOf } from "../../../contracts/image-model-bench.ts";
import { openLocalGoogle } from "../../../support/providers/local-google.ts";
import type { LocalProvider } from "../../../support/providers/local-provider.ts";

let google: LocalProvider;
beforeAll(async () => {
  google = await openLocalGoogle();
});
afterAll(async () => {
  expect(google.unknown).toEqual([]);
  await google.close();
});

async function ask(request: Partial<ImageRequest>, changes: Partial<HostedModel> = {}) {
  const before = google.paid.length;
  const image = await google.model(changes).generate(requestOf(request), callOf());
  expect(google.paid).toHaveLength(before + 1);
  return { image, paid: google.paid[before] };
}

const failure = (changes: Partial<HostedModel>, request: Partial<ImageRequest> = {}) =>
  google
    .model(changes)
    .generate(requestOf(request), callOf())
    .catch((error: unknown) => error);

describe("Google is asked", () => {
  it("for no more than is needed", async () => {
    const { paid } = await ask({ aspect: "16:9" });
    expect(paid?.body).toEqual({
      contents: [{ role: "user", parts: [{ text: PROMPT }] }],
      generationConfig: { seed: 7, responseModalities: ["IMAGE"], imageConfig: { aspectRatio: "16:9" } },
    });
  });

  it.each(["2K", "4K"] as const)("for %s, and that comes", async (size) => {
    const { image, paid } = await ask({ size, aspect: "3:2", tier: "final" });
    expect(paid?.size).toBe(size);
    const check = await inspectImage(image.bytes);
    expect(check).toMatchObject({ status: "ok", width: size === "2K" ? 2528 : 5056 });
  });

  it("for every aspect that there is", async () => {
    for (const aspect of ASPECTS) expect((await ask({ aspect })).paid?.aspect).toBe(aspect);
  });

  it("for no size of a model that has only one", async () => {
    const lite = { id: "gemini-3.1-flash-lite-image" };
    const { paid } = await ask({}, lite);
    expect(paid).toMatchObject({ model: lite.id, size: undefined });
    expect(await failure(lite, { size: "2K" })).toMatchObject({ kind: "invalid", retryable: false });
  });

  it("to follow the guide, then to go by the references, in words and with their bytes", async () => {
    const [guide, one, other] = await Promise.all([
      picture("#0a6", "jpeg"),
      picture("#c30", "png"),
      picture("#03c", "webp"),
    ]);
    const request: Partial<ImageRequest> = {
      tier: "final",
      guide: { bytes: guide, strength: 0.95 },
      references: [{ bytes: one }, { bytes: other }],
    };
    const { paid } = await ask(request);
    const inline = (mimeType: string, bytes: Uint8Array) => ({
      inlineData: { mimeType, data: Buffer.from(bytes).toString("base64") },
    });
    expect(paid?.body).toMatchObject({
      contents: [
        {
          parts: [
            { text: promptFor("gemini", requestOf(request)) },
            inline("image/jpeg", guide),
            inline("image/png", one),
            inline("image/webp", other),
          ],
        },
      ],
    });
  });

  it("by the model's own options where they differ", async () => {
    const options = {
      imageConfig: { aspectRatio: "21:9", imageSize: "1K" },
      thinkingConfig: { thinkingLevel: "minimal" },
      safetySettings: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_ONLY_HIGH" }],
    };
    const { paid } = await ask({ aspect: "1:1", size: "2K" }, { options });
    expect(paid).toMatchObject({ aspect: "21:9", size: "1K" });
    expect(paid?.body).toMatchObject({
      generationConfig: { thinkingConfig: { thinkingLevel: "minimal" } },
      safetySettings: options.safetySettings,
    });
    const half = await ask({ aspect: "4:5" }, { options: { imageConfig: { imageSize: "2K" } } });
    expect(half.paid).toMatchObject({ aspect: "4:5", size: "2K" });
  });

  it("for its edits by another id, when it has one", async () => {
    const both = { editId: "gemini-3-pro-image" };
    expect((await ask({}, both)).paid?.model).toBe("gemini-nano-banana-2.1");
    const guide = { bytes: await picture("#0a6", "png"), strength: 0.85 };
    expect((await ask({ guide }, both)).paid?.model).toBe("gemini-3-pro-image");
  });

  it("without a seed, when there is none", async () => {
    expect((await ask({ seed: undefined })).paid?.seed).toBeUndefined();
  });

  it("for seeds that fit it, and neighbours stay apart", async () => {
    const { paid } = await ask({ seed: SEED_MAX });
    expect(paid?.seed).toBe(2 ** 31 - 1);
    const hosted = { id: "gemini-a", options: {}, family: "gemini" } as HostedModel;
    const seedOf = (seed: number) => toCall(hosted, requestOf({ seed })).seed ?? Number.NaN;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SEED_MAX }), fc.integer({ min: 1, max: 16 }), (seed, step) => {
        const [a, b] = [seedOf(seed), seedOf((seed + step) % (SEED_MAX + 1))];
        return a >= 0 && a < 2 ** 31 && Number.isInteger(a) && a !== b;
      }),
    );
  });

  it("tells what it made, by whom and for how much", async () => {
    const { image } = await ask({ size: "2K" });
    expect(image).toMatchObject({
      modelVersion: "gemini-nano-banana-2.1-2026-10",
      requestId: "r3sp0nse-1d",
      seed: undefined,
      cost: { usd: expect.closeTo((20 * 1.5 + 1680 * 30) / 1e6, 9), basis: "tokens" },
    });
  });
});

describe("Google is not asked", () => {
  let paid = 0;
  beforeEach(() => {
    paid = google.paid.length;
  });

  it.each(["imagen-4.0-generate-001", "nano-banana", ""])("for images by %j", async (id) => {
    expect(await failure({ id })).toMatchObject({
      kind: "invalid",
      retryable: false,
      billed: "no",
      message: "google makes images only with models named gemini-…",
    });
    expect(await google.model({ id }).check(AbortSignal.timeout(5_000))).toMatchObject({
      status: "no_model",
    });
    expect(google.paid).toHaveLength(paid);
  });

  it("with options that its package does not know", async () => {
    const options = { imageConfig: { imageSize: "8K" } };
    expect(await failure({ options })).toMatchObject({ kind: "invalid", retryable: false, billed: "no" });
    expect(google.paid).toHaveLength(paid);
  });
});

describe("Google's check", () => {
  const check = (changes: Partial<HostedModel>) => google.model(changes).check(AbortSignal.timeout(5_000));

  it.each([
    ["a model that there is", { id: "gemini-3-pro-image" }, "reachable"],
    ["a model that is no more", { id: "gemini-2.5-flash-image" }, "no_model"],
    ["another's key", { key: new Secret("AIza-another") }, "refused"],
  ] as const)("finds %s", async (_, changes, status) => {
    expect(await check(changes)).toMatchObject({ status });
  });

  it("takes a base URL with a slash at its end", async () => {
    expect(await check({ baseUrl: new URL("/v1beta/", google.url) })).toMatchObject({ status: "reachable" });
    expect((await ask({}, { baseUrl: new URL("/v1beta/", google.url) })).image.bytes.length).toBeGreaterThan(
      0,
    );
  });
});

describe("a model that Google does not have", () => {
  it("is no model", async () => {
    expect(await failure({ id: "gemini-2.5-flash-image" })).toMatchObject({
      kind: "no_model",
      retryable: false,
    });
  });
});
