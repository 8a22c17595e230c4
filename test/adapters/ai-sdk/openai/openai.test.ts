import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostedModel } from "../../../../adapters/ai-sdk/vendor.ts";
import { dimensionsOf } from "../../../../src/core/recipe.ts";
import type { ImageRequest } from "../../../../src/ports/image-model.ts";
import { type LocalOpenai, OPENAI_TOKENS, openLocalOpenai } from "../../../support/providers/local-openai.ts";

/** US dollars for a million tokens: https://platform.openai.com/docs/pricing. */
const TOKEN_PRICES = { textIn: 5, imageIn: 8, textOut: 10, imageOut: 30 };

let provider: LocalOpenai;
beforeEach(async () => {
  provider = await openLocalOpenai();
});
afterEach(async () => {
  expect(provider.unknown).toEqual([]);
  await provider.close();
});

describe("what OpenAI is asked", () => {
  it("is a generation in pixels: small for a draft, fine for a final, without seed or aspect", async () => {
    await generate(requestOf());
    await generate(requestOf({ tier: "final", aspect: "16:9", size: "4K" }));
    expect(provider.paid.map((each) => each.body)).toEqual([
      {
        model: "gpt-image-2.5-flare",
        prompt: "a glass bottle",
        n: 1,
        size: "1024x1024",
        quality: "low",
        output_format: "png",
      },
      {
        model: "gpt-image-2.5-flare",
        prompt: "a glass bottle",
        n: 1,
        size: "3840x2160",
        quality: "high",
        output_format: "png",
      },
    ]);
  });

  it("is an edit when pictures go along, of the model for edits, with the guide first", async () => {
    const guide = await picture("#0a6");
    const references = [{ bytes: await picture("#c30") }, { bytes: await picture("#03c") }];
    const request = requestOf({ tier: "final", guide: { bytes: guide, strength: 0.95 }, references });
    await generate(request, { editId: "gpt-image-2.5-sunburst" });
    const [paid] = provider.paid;
    expect(paid?.pictures.map(hex)).toEqual([guide, ...references.map((each) => each.bytes)].map(hex));
    expect(paid).toMatchObject({ model: "gpt-image-2.5-sunburst", size: "1024x1024", strength: undefined });
    expect(paid?.prompt).toMatch(/^Image 1 is the approved draft.*Images 2 to 3 are references/);
    expect(paid?.prompt).toMatch(/\n\na glass bottle$/);
    expect(paid?.body).toMatchObject({ quality: "high", output_format: "png", n: "1" });
  });

  it("is a single picture by its own name", async () => {
    await generate(requestOf({ references: [{ bytes: await picture("#c30") }] }));
    expect(provider.paid[0]?.pictures).toHaveLength(1);
  });

  it("is what the options say, in OpenAI's own words and over ours", async () => {
    const options = {
      quality: "max",
      output_format: "webp",
      output_compression: 80,
      moderation: "low",
      input_fidelity: "high",
      size: "1536x1024",
    };
    const guide = { bytes: await picture("#0a6"), strength: 0.85 };
    await generate(requestOf(), { options });
    await generate(requestOf({ guide }), { options });
    await generate(requestOf(), { options: { quality: null } });
    // To generations the fidelity to a picture means nothing, and is refused.
    expect(provider.paid[0]?.body).toMatchObject({ ...omit(options, "input_fidelity"), n: 1 });
    expect(provider.paid[0]?.body).not.toHaveProperty("input_fidelity");
    expect(provider.paid[1]?.body).toMatchObject({ ...options, output_compression: "80" });
    expect(provider.paid[2]?.body).not.toHaveProperty("quality");
  });
});

describe("what OpenAI answers", () => {
  it("is read with its request id and the money of its tokens", async () => {
    const references = [{ bytes: await picture("#c30") }];
    const made = await generate(requestOf({ tier: "final", references }), { tokenPrices: TOKEN_PRICES });
    const words = provider.paid[0]?.prompt.split(/\s+/).length ?? 0;
    const usd = (words * 5 + OPENAI_TOKENS.picture * 8 + OPENAI_TOKENS.image.high * 30) / 1_000_000;
    expect(made).toMatchObject({
      modelVersion: undefined,
      seed: undefined,
      requestId: expect.stringMatching(/^req_/),
      cost: { basis: "tokens", usd: expect.closeTo(usd, 9) },
    });
    expect(await sharp(made.bytes).metadata()).toMatchObject({ format: "png", width: 1024, height: 1024 });
  });

  it("costs nobody knows what without prices", async () => {
    expect(await generate(requestOf())).toMatchObject({ cost: undefined });
  });
});

function generate(request: ImageRequest, changes: Partial<HostedModel> = {}) {
  const call = { signal: new AbortController().signal, idempotencyKey: "image-1" };
  return provider.model(changes).generate(request, call);
}

function requestOf(changes: Partial<ImageRequest> = {}): ImageRequest {
  const { aspect = "1:1", size = "1K" } = changes;
  return {
    tier: "draft",
    prompt: "a glass bottle",
    seed: undefined,
    aspect,
    size,
    dimensions: dimensionsOf(aspect, size),
    guide: undefined,
    references: [],
    ...changes,
  };
}

function picture(color: string): Promise<Uint8Array> {
  return sharp({ create: { width: 64, height: 64, channels: 3, background: color } })
    .png()
    .toBuffer();
}

function omit(fields: object, name: string): object {
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
