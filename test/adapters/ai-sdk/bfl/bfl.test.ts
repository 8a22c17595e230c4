import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bfl as vendor } from "../../../../adapters/ai-sdk/bfl/bfl.ts";
import { promptFor } from "../../../../adapters/ai-sdk/hand-off.ts";
import type { HostedModel } from "../../../../adapters/ai-sdk/vendor.ts";
import { inspectImage } from "../../../../src/images/inspect-image.ts";
import type { ImageRequest } from "../../../../src/ports/image-model.ts";
import {
  base64,
  callOf,
  PROMPT,
  picture,
  requestOf,
  toReference,
} from "../../../contracts/image-model-bench.ts";
import { type LocalBfl, openLocalBfl } from "../../../support/providers/local-bfl.ts";

let bfl: LocalBfl;
let pictures: readonly [Uint8Array, Uint8Array, Uint8Array];
beforeAll(async () => {
  bfl = await openLocalBfl();
  pictures = await Promise.all([picture("#0a6", "png"), picture("#c30", "jpeg"), picture("#03c", "webp")]);
});
afterAll(async () => {
  expect(bfl.unknown).toEqual([]);
  await bfl.close();
});

async function ask(request: Partial<ImageRequest>, changes: Partial<HostedModel> = {}) {
  const [before, heard] = [bfl.paid.length, bfl.heard.length];
  const image = await bfl.model(changes).generate(requestOf(request), callOf());
  expect(bfl.paid).toHaveLength(before + 1);
  return { image, paid: bfl.paid[before], heard: bfl.heard.slice(heard) };
}

const KLEIN = { id: "flux-2-klein-4b" };
const KONTEXT = { id: "flux-kontext-pro" };
const ULTRA = { id: "flux-pro-1.1-ultra" };
const PRO_1 = { id: "flux-pro-1.1" };

const followed = (strength = 0.85): Partial<ImageRequest> => ({
  guide: { bytes: pictures[0], strength },
  references: pictures.slice(1).map(toReference),
});
const shown = () => ({
  input_image: base64(pictures[0]),
  input_image_2: base64(pictures[1]),
  input_image_3: base64(pictures[2]),
});

describe("Black Forest Labs is asked", () => {
  it("for pixels, and then at the address that it names", async () => {
    const { paid, heard } = await ask({ aspect: "16:9" });
    expect(heard.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      "POST /v1/flux-2-pro",
      "GET /v1/get_result",
      "GET /v1/get_result",
      expect.stringMatching(/^GET \/results\/[\w-]+\/sample\.png$/),
    ]);
    expect(paid?.body).toEqual({ prompt: PROMPT, seed: 7, width: 1360, height: 768, output_format: "png" });
  });

  it("for four megapixels at most", async () => {
    const { paid, image } = await ask({ aspect: "16:9", size: "2K" });
    expect(paid?.size).toBe("2720x1520");
    expect(await inspectImage(image.bytes)).toMatchObject({ status: "ok", width: 2720, height: 1520 });
  });

  it("to go by pictures, numbered, in base64", async () => {
    for (const model of [{}, KLEIN]) {
      expect((await ask(followed(), model)).paid?.body).toEqual({
        prompt: promptFor("flux", requestOf(followed())),
        seed: 7,
        width: 1024,
        height: 1024,
        output_format: "png",
        ...shown(),
      });
    }
  });

  it("for an aspect, where there is one size", async () => {
    for (const aspect of ["21:9", "4:5"] as const) {
      expect((await ask({ aspect, ...followed() }, KONTEXT)).paid?.body).toEqual({
        prompt: promptFor("flux", requestOf(followed())),
        seed: 7,
        aspect_ratio: aspect,
        output_format: "png",
        ...shown(),
      });
    }
  });

  it("to blend in a picture by a number, where that is how", async () => {
    const { guide } = followed(0.6);
    const blended = { image_prompt: base64(pictures[0]), image_prompt_strength: 0.6 };
    const plain = { prompt: PROMPT, seed: 7, output_format: "png" };
    const diffusion = { family: "diffusion" } as const;
    expect((await ask({ guide, aspect: "21:9" }, { ...ULTRA, ...diffusion })).paid?.body).toEqual({
      ...plain,
      ...blended,
      aspect_ratio: "21:9",
    });
    // Not more than 1440 on a side, in steps of 32.
    expect((await ask({ guide, aspect: "21:9" }, { ...PRO_1, ...diffusion })).paid?.body).toEqual({
      ...plain,
      ...blended,
      width: 1440,
      height: 608,
    });
    expect((await ask({ aspect: "1:1" }, ULTRA)).paid?.body).toEqual({ ...plain, aspect_ratio: "1:1" });
  });

  it("with the options of the settings, which win", async () => {
    const options = { width: 1920, height: 1088, output_format: "jpeg", seed: 99, safety_tolerance: 5 };
    const { paid, image } = await ask({}, { options });
    expect(paid?.body).toEqual({ prompt: PROMPT, ...options });
    expect(await inspectImage(image.bytes)).toMatchObject({ mime: "image/jpeg", width: 1920, height: 1088 });
    const flex = { id: "flux-2-flex", options: { guidance: 7.5, steps: 50, prompt_upsampling: false } };
    expect((await ask({}, flex)).paid?.body).toMatchObject(flex.options);
  });

  it("by its other id when pictures go along, and as that one wants it", async () => {
    const both = { ...ULTRA, editId: KONTEXT.id };
    expect((await ask({}, both)).paid?.model).toBe(ULTRA.id);
    const { paid } = await ask(followed(), both);
    expect(paid?.model).toBe(KONTEXT.id);
    expect(paid?.body).toMatchObject({ aspect_ratio: "1:1", ...shown() });
    const pixels = await ask(followed(), { ...ULTRA, editId: "flux-2-pro" });
    expect(pixels.paid).toMatchObject({ model: "flux-2-pro", size: "1024x1024", aspect: undefined });
  });
});

describe("Black Forest Labs' answer", () => {
  it("tells the call, its seed and what it costs", async () => {
    const { image } = await ask({});
    expect(image).toMatchObject({
      modelVersion: undefined,
      seed: 7,
      requestId: expect.stringMatching(/^[\d-]{36}$/),
      cost: { usd: 0.03, basis: "reported" },
    });
    expect(await inspectImage(image.bytes)).toMatchObject({ status: "ok", mime: "image/png" });
    expect((await ask({ seed: undefined })).image.seed).toBe(1234);
  });

  it.each([
    [["start"], 0.03],
    [["end"], 0.03],
    [[], undefined],
  ] as const)("tells its price at the %j", async (at, usd) => {
    bfl.prices.at = at;
    const { image } = await ask({});
    bfl.prices.at = ["start", "end"];
    expect(image.cost?.usd).toBe(usd);
  });

  it("is in credits of a cent, of which there are parts", async () => {
    expect((await ask({}, KLEIN)).image.cost?.usd).toBe(0.014);
    expect((await ask({ size: "2K", ...followed() })).image.cost?.usd).toBe(0.12);
  });
});

describe("Black Forest Labs is checked", () => {
  const check = () => bfl.model().check(AbortSignal.timeout(5_000));

  it("for the key and the credits, since nothing else is to be had for nothing", async () => {
    expect(await check()).toEqual({
      status: "reachable",
      how: "the key is accepted, with 250 credits left; whether there is the model cannot be asked without paying",
    });
  });

  it("and found without credits", async () => {
    bfl.account.credits = 0;
    const said = await check();
    bfl.account.credits = 250.5;
    expect(said).toEqual({ status: "refused", why: "the account has no credits left" });
  });
});

describe("Black Forest Labs' hosts", () => {
  it("are those of its clusters", () => {
    const isAdmitted = (host: string) =>
      vendor.resultHosts.some((each) => host === each || host.endsWith(`.${each}`));
    const hosts = ["api.eu1.bfl.ai", "api.us.bfl.ai", "delivery-eu1.bfl.ai", "delivery.us2.bfl.ai"];
    expect(hosts.filter(isAdmitted)).toEqual(hosts);
    expect(isAdmitted("delivery.bfl.ai.example.com")).toBe(false);
    expect(isAdmitted("somebody.blob.core.windows.net")).toBe(false);
  });
});
