import type { ImageModelV4 } from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { createAiSdkModel } from "../../../adapters/ai-sdk/ai-sdk-model.ts";
import type { HostedModel, Vendor } from "../../../adapters/ai-sdk/vendor.ts";
import type { Fetch } from "../../../adapters/ai-sdk/wire.ts";
import { Secret } from "../../../src/core/secret.ts";
import { ModelError, type ModelImage } from "../../../src/ports/image-model.ts";
import { callOf, requestOf } from "../../contracts/image-model-bench.ts";

const HOSTED: HostedModel = {
  id: "painter-1",
  editId: undefined,
  family: "diffusion",
  key: new Secret("key-of-nobody"),
  baseUrl: new URL("http://127.0.0.1:9/v1"),
  options: {},
  tokenPrices: undefined,
};

const IMAGE: ModelImage = {
  bytes: new Uint8Array([1]),
  modelVersion: "1",
  seed: undefined,
  requestId: undefined,
  cost: undefined,
};

type Generate = ImageModelV4["doGenerate"];

/** A provider whose package does what a test says. */
function vendorOf(doGenerate: (fetch: Fetch) => Generate, changes: Partial<Vendor> = {}): Vendor {
  return {
    name: "nobody",
    baseUrl: new URL("https://api.nobody.example/v1"),
    resultHosts: [],
    open: ({ id }, fetch) => ({
      specificationVersion: "v4",
      provider: "nobody",
      modelId: id,
      maxImagesPerCall: 1,
      doGenerate: doGenerate(fetch),
    }),
    toCall: (_, { prompt, seed }) => ({
      prompt,
      seed,
      size: undefined,
      aspectRatio: undefined,
      files: undefined,
      providerOptions: {},
    }),
    onExchange: () => {},
    readAnswer: () => IMAGE,
    readFailure: () => undefined,
    check: async () => ({ status: "reachable", how: "it was asked" }),
    ...changes,
  };
}

const answers: Generate = async () => ({
  images: [],
  warnings: [],
  response: { timestamp: new Date(0), modelId: "painter-1", headers: undefined },
});

const asks =
  (fetch: Fetch): Generate =>
  async (call) => {
    await fetch("http://127.0.0.1:9/v1/images", { method: "POST", signal: call.abortSignal ?? null });
    return answers(call);
  };

const throws = (error: unknown) => (): Generate => async () => {
  throw error;
};

const answered = async () => Response.json({}, { status: 503 });

function modelOf(vendor: Vendor, fetch: Fetch = answered, changes: Partial<HostedModel> = {}) {
  return createAiSdkModel({ vendor, model: { ...HOSTED, ...changes }, fetch });
}

const generate = (vendor: Vendor, fetch?: Fetch, signal?: AbortSignal) =>
  modelOf(vendor, fetch)
    .generate(requestOf(), callOf(signal))
    .catch((error: unknown) => error);

describe("a model through its package", () => {
  it("is asked for one image, by its own words", async () => {
    const calls: unknown[] = [];
    const vendor = vendorOf((fetch) => (call) => {
      calls.push(call);
      return asks(fetch)(call);
    });
    const { signal } = new AbortController();
    expect(await generate(vendor, async () => Response.json({}), signal)).toBe(IMAGE);
    expect(calls).toEqual([
      expect.objectContaining({
        n: 1,
        mask: undefined,
        abortSignal: signal,
        prompt: requestOf().prompt,
        seed: 7,
      }),
    ]);
  });

  it("is not asked without a key, nor when it is cut off already", async () => {
    const asked = vendorOf(() => () => Promise.reject(new Error("asked")));
    const keyless = modelOf(asked, answered, { key: undefined }).generate(requestOf(), callOf());
    await expect(keyless).rejects.toMatchObject({ kind: "auth", message: "no key for nobody" });
    const open = () => {
      throw new Error("opened");
    };
    const reason = new Error("nobody wants it");
    expect(
      await generate(
        vendorOf(() => answers, { open }),
        answered,
        AbortSignal.abort(reason),
      ),
    ).toBe(reason);
  });

  it("says what the provider means where it does not say so itself", async () => {
    const meant = new ModelError("quota", "no money", { retryable: false, billed: "no" });
    expect(await generate(vendorOf(throws(new Error("?")), { readFailure: () => meant }))).toBe(meant);
  });

  it("goes by the HTTP status where nobody knows better", async () => {
    const fails = (fetch: Fetch) => async (call: Parameters<Generate>[0]) => {
      await asks(fetch)(call);
      throw new Error("the package says something");
    };
    expect(await generate(vendorOf(fails))).toMatchObject({
      kind: "overloaded",
      message: "nobody answered 503",
    });
  });

  it("finds our own error in those that packages wrap it in", async () => {
    const own = new ModelError("no_image", "not fetched", { retryable: false, billed: "unknown" });
    const wrapped = new Error("download failed", { cause: new TypeError("fetch failed", { cause: own }) });
    expect(await generate(vendorOf(throws(wrapped)))).toBe(own);
  });

  it("is not led in circles by causes", async () => {
    const error = new Error("round");
    error.cause = error;
    expect(await generate(vendorOf(throws(error)))).toMatchObject({ kind: "invalid" });
  });

  it("keeps what the first look at an answer has thrown, whatever the package makes of it", async () => {
    const refusal = new ModelError("blocked", "moderated", { retryable: false, billed: "no" });
    const loses = (fetch: Fetch) => async (call: Parameters<Generate>[0]) => {
      await asks(fetch)(call).then(undefined, () => {
        throw new Error("lost connection");
      });
      return answers(call);
    };
    const onExchange = () => {
      throw refusal;
    };
    expect(await generate(vendorOf(loses, { onExchange }))).toBe(refusal);
  });

  it("fails by the port's word when an answer cannot be read", async () => {
    const readAnswer = () => {
      throw new TypeError("undefined is not an image");
    };
    const ending = await generate(vendorOf(asks, { readAnswer }), async () => Response.json({}));
    expect(ending).toMatchObject({ kind: "no_image", retryable: true, billed: "unknown" });
  });

  it("takes what a package does not accept for invalid, and tells nothing of it", async () => {
    const ending = await generate(vendorOf(throws(new Error(`bad value: ${requestOf().prompt}`))));
    expect(ending).toMatchObject({ kind: "invalid", retryable: false, billed: "no", cause: undefined });
    expect(`${ending}`).not.toContain("glass");
  });

  it("rejects with the signal's reason whatever else went wrong meanwhile", async () => {
    const reason = new Error("nobody wants it");
    const cutting = new AbortController();
    const vendor = vendorOf(() => async () => {
      cutting.abort(reason);
      throw new Error("the package says something");
    });
    expect(await generate(vendor, answered, cutting.signal)).toBe(reason);
  });

  it("keeps an image that came while it was cut off: it is paid for", async () => {
    const cutting = new AbortController();
    const vendor = vendorOf(() => async (call) => {
      cutting.abort(new Error("nobody wants it"));
      return answers(call);
    });
    expect(await generate(vendor, answered, cutting.signal)).toBe(IMAGE);
  });
});

describe("its check", () => {
  it("asks nobody without a key", async () => {
    const check = () => Promise.reject(new Error("asked"));
    const model = modelOf(
      vendorOf(() => answers, { check }),
      answered,
      { key: undefined },
    );
    expect(await model.check(AbortSignal.timeout(1_000))).toEqual({
      status: "refused",
      why: "no key is set",
    });
  });

  it("never rejects, and names no more than a host", async () => {
    const check = () => Promise.reject(new Error("key-of-nobody at https://secret.example"));
    const said = await modelOf(vendorOf(() => answers, { check })).check(AbortSignal.timeout(1_000));
    expect(said).toEqual({ status: "unreachable", why: "no answer from 127.0.0.1:9" });
  });
});
