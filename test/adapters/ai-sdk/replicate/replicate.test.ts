import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { promptFor } from "../../../../adapters/ai-sdk/hand-off.ts";
import { replicate as vendor } from "../../../../adapters/ai-sdk/replicate/replicate.ts";
import type { HostedModel } from "../../../../adapters/ai-sdk/vendor.ts";
import { ASPECTS, SIZES } from "../../../../src/core/recipe.ts";
import { inspectImage } from "../../../../src/images/inspect-image.ts";
import type { ImageRequest } from "../../../../src/ports/image-model.ts";
import { callOf, PROMPT, picture, requestOf } from "../../../contracts/image-model-bench.ts";
import { type LocalReplicate, openLocalReplicate } from "../../../support/providers/local-replicate.ts";
import { SDXL_VERSION } from "../../../support/providers/local-replicate-models.ts";

let replicate: LocalReplicate;
let pictures: readonly Uint8Array[];
beforeAll(async () => {
  replicate = await openLocalReplicate();
  pictures = await Promise.all([picture("#0a6", "png"), picture("#c30", "jpeg"), picture("#03c", "webp")]);
});
afterAll(async () => {
  expect(replicate.unknown).toEqual([]);
  await replicate.close();
});

async function ask(request: Partial<ImageRequest>, changes: Partial<HostedModel> = {}) {
  const [before, heard] = [replicate.paid.length, replicate.heard.length];
  const image = await replicate.model(changes).generate(requestOf(request), callOf());
  expect(replicate.paid).toHaveLength(before + 1);
  return { image, paid: replicate.paid[before], heard: replicate.heard.slice(heard) };
}

const NANO = { id: "google/nano-banana-pro", family: "gemini" } as const;
const SCHNELL = { id: "black-forest-labs/flux-schnell" };
const KLEIN = { id: "black-forest-labs/flux-2-klein-4b" };
const KONTEXT = { id: "black-forest-labs/flux-kontext-pro" };
const DEV = { id: "black-forest-labs/flux-dev", family: "diffusion" } as const;
const SDXL = { id: `stability-ai/sdxl:${SDXL_VERSION}`, family: "diffusion" } as const;

const [guideOf, referencesOf] = [
  (strength = 0.85) => ({ bytes: pictures[0] ?? new Uint8Array(), strength }),
  () => pictures.slice(1).map((bytes) => ({ bytes })),
];
const uri = (type: string, at: number) =>
  `data:image/${type};base64,${Buffer.from(pictures[at] ?? []).toString("base64")}`;

describe("Replicate is asked", () => {
  it("by an official model's name, waiting a second at most", async () => {
    const { paid, heard } = await ask({ aspect: "16:9" });
    expect(heard.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      "POST /v1/models/black-forest-labs/flux-2-pro/predictions",
      expect.stringMatching(/^GET \/v1\/predictions\/prediction\d+$/),
      expect.stringMatching(/^GET \/v1\/predictions\/prediction\d+$/),
      expect.stringMatching(/^GET \/v1\/files\/prediction\d+$/),
    ]);
    expect(heard[0]?.headers.get("prefer")).toBe("wait=1");
    expect(paid?.body).toEqual({
      prompt: PROMPT,
      aspect_ratio: "16:9",
      seed: 7,
      output_format: "png",
      resolution: "1 MP",
    });
  });

  it("for pictures where FLUX.2 has them", async () => {
    const request = { guide: guideOf(), references: referencesOf() };
    expect((await ask(request)).paid?.body).toEqual({
      prompt: promptFor("flux", requestOf(request)),
      aspect_ratio: "1:1",
      seed: 7,
      output_format: "png",
      resolution: "1 MP",
      input_images: [uri("png", 0), uri("jpeg", 1), uri("webp", 2)],
    });
    expect((await ask({ ...request, size: "2K" }, KLEIN)).paid?.body).toEqual({
      prompt: promptFor("flux", requestOf(request)),
      aspect_ratio: "1:1",
      seed: 7,
      output_format: "png",
      output_megapixels: "4",
      images: [uri("png", 0), uri("jpeg", 1), uri("webp", 2)],
    });
  });

  it.each(SIZES)("for %s of Nano Banana, without a seed", async (size) => {
    const request = { size, guide: guideOf(), references: referencesOf(), aspect: "4:5" } as const;
    expect((await ask(request, NANO)).paid?.body).toEqual({
      prompt: promptFor("gemini", requestOf(request)),
      aspect_ratio: "4:5",
      resolution: size,
      output_format: "png",
      image_input: [uri("png", 0), uri("jpeg", 1), uri("webp", 2)],
    });
  });

  it("for no size of a model that has only one", async () => {
    const first = { ...NANO, id: "google/nano-banana" };
    const plain = { prompt: PROMPT, aspect_ratio: "1:1", output_format: "png" };
    expect((await ask({}, first)).paid?.body).toEqual(plain);
    expect((await ask({}, SCHNELL)).paid?.body).toEqual({ ...plain, seed: 7 });
  });

  it("to edit one picture", async () => {
    const { paid } = await ask({ guide: guideOf() }, KONTEXT);
    expect(paid?.body).toMatchObject({ input_image: uri("png", 0), aspect_ratio: "1:1" });
  });

  it.each([
    [0.6, 0.4],
    [0.85, 0.15],
    [0.95, 0.05],
  ])("to follow a guide by %d, where that is a number: %d for the prompt", async (strength, pull) => {
    expect((await ask({ guide: guideOf(strength) }, DEV)).paid?.body).toEqual({
      prompt: PROMPT,
      aspect_ratio: "1:1",
      seed: 7,
      image: uri("png", 0),
      prompt_strength: pull,
    });
  });

  it("by a version, in pixels", async () => {
    const { paid, heard, image } = await ask({ aspect: "16:9" }, SDXL);
    expect(heard[0]?.url.pathname).toBe("/v1/predictions");
    expect(JSON.parse(`${heard[0]?.body}`)).toMatchObject({ version: SDXL_VERSION });
    expect(paid?.body).toEqual({ prompt: PROMPT, width: 1360, height: 768, seed: 7 });
    expect(image).toMatchObject({ modelVersion: SDXL_VERSION, seed: 7 });
  });

  it("for every aspect that there is", async () => {
    for (const model of [NANO, SCHNELL]) {
      for (const aspect of ASPECTS) expect((await ask({ aspect }, model)).paid?.aspect).toBe(aspect);
    }
  });

  it("with the options of the settings, which win", async () => {
    const options = { resolution: "2 MP", output_format: "webp", seed: 99, safety_tolerance: 5 };
    expect((await ask({ size: "2K" }, { options })).paid?.body).toEqual({
      prompt: PROMPT,
      aspect_ratio: "1:1",
      ...options,
    });
    const waiting = { options: { maxWaitTimeInSeconds: 30 } };
    expect((await ask({}, waiting)).heard[0]?.headers.get("prefer")).toBe("wait=30");
  });

  it("by its other id when pictures go along", async () => {
    const both = { ...SCHNELL, editId: KLEIN.id };
    expect((await ask({}, both)).paid?.model).toBe(SCHNELL.id);
    const { paid } = await ask({ references: referencesOf() }, both);
    expect(paid).toMatchObject({ model: KLEIN.id, size: "1" });
    expect(paid?.pictures).toHaveLength(2);
  });
});

describe("Replicate's answer", () => {
  it("tells the call, and nothing that it does not know", async () => {
    const { image } = await ask({});
    const id = expect.stringMatching(/^prediction\d+$/);
    expect(image).toMatchObject({ modelVersion: undefined, seed: undefined, requestId: id, cost: undefined });
    expect(await inspectImage(image.bytes)).toMatchObject({ status: "ok", mime: "image/png" });
  });

  it("tells the seed in what the model printed", async () => {
    expect((await ask({}, SCHNELL)).image.seed).toBe(7);
    expect((await ask({ seed: undefined }, SCHNELL)).image.seed).toBe(1234);
  });

  it("may be the picture at once", async () => {
    replicate.pace.looks = 0;
    const { heard } = await ask({});
    replicate.pace.looks = 2;
    expect(heard.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  it("is not kept with the pictures that were sent, which come back each time", () => {
    const json = { id: "p1", status: "processing", input: { image: "data:image/png;base64,AAAA" } };
    const exchange = { method: "GET", url: replicate.url, status: 200, headers: new Headers(), json };
    vendor.onExchange(exchange);
    expect(exchange.json).toEqual({ id: "p1", status: "processing" });
  });

  it("may be more pictures than one, of which the first is taken", async () => {
    const { image, paid } = await ask({}, { ...SCHNELL, options: { num_outputs: 2 } });
    expect(paid?.body).toMatchObject({ num_outputs: 2 });
    expect(await inspectImage(image.bytes)).toMatchObject({ status: "ok" });
  });
});

describe("Replicate is checked", () => {
  const check = (changes: Partial<HostedModel>) => replicate.model(changes).check(AbortSignal.timeout(5_000));

  it.each([NANO, SDXL])("for $id", async (model) => {
    expect(await check(model)).toEqual({
      status: "reachable",
      how: "the key is accepted, and the provider knows the model",
    });
  });

  it.each(["google/nano-apple", `stability-ai/sdxl:${"0".repeat(64)}`])(
    "for %s, which is not there",
    async (id) => {
      expect(await check({ id })).toMatchObject({ status: "no_model" });
      const failed = replicate.model({ id }).generate(requestOf(), callOf());
      await expect(failed).rejects.toMatchObject({ kind: "no_model", retryable: false, billed: "no" });
    },
  );
});
