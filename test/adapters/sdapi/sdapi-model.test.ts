import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSdapiModel } from "../../../adapters/sdapi/sdapi-model.ts";
import { DENOISING_MIN, denoisingOf } from "../../../adapters/sdapi/to-body.ts";
import { KEEPS, STRENGTH_OF } from "../../../src/core/keep.ts";
import { ASPECTS, dimensionsOf, SEED_MAX } from "../../../src/core/recipe.ts";
import { inspectImage } from "../../../src/images/inspect-image.ts";
import type { ImageModel } from "../../../src/ports/image-model.ts";
import { plain } from "../../images/pictures.ts";
import {
  ANOTHER,
  LOADED,
  type LocalSdapi,
  openLocalSdServer,
  openLocalWebUi,
} from "../../support/providers/local-sdapi.ts";
import { generate, PROMPT, requestOf } from "./asking.ts";

let webUi: LocalSdapi;
let sdServer: LocalSdapi;
beforeEach(async () => {
  [webUi, sdServer] = await Promise.all([openLocalWebUi(), openLocalSdServer()]);
});
afterEach(async () => {
  expect([...webUi.unknown, ...sdServer.unknown]).toEqual([]);
  await Promise.all([webUi.close(), sdServer.close()]);
});

describe("asks for", () => {
  it("a picture of words, as small as the request has it", async () => {
    const made = await generate(webUi.open(), requestOf({ aspect: "16:9", seed: SEED_MAX }));
    expect(webUi.paid.map((each) => each.body)).toEqual([
      {
        prompt: PROMPT,
        seed: SEED_MAX,
        width: 1360,
        height: 768,
        steps: 20,
        batch_size: 1,
        force_task_id: "take-1",
        override_settings: {},
        override_settings_restore_afterwards: true,
      },
    ]);
    expect(await inspectImage(made.bytes)).toMatchObject({ status: "ok", width: 1360, height: 768 });
  });

  it("a picture over another, with more care in a final", async () => {
    const guide = { bytes: await plain(64, 64, "#0a6").png().toBuffer(), strength: STRENGTH_OF.close };
    await generate(webUi.open(), requestOf({ tier: "final", size: "2K", guide }));
    expect(webUi.paid[0]?.body).toMatchObject({
      init_images: [guide.bytes.toString("base64")],
      denoising_strength: 0.32,
      resize_mode: 1,
      steps: 40,
      width: 2048,
      height: 2048,
    });
  });

  it("a picture by others, where the server takes some", async () => {
    const references = await Promise.all(
      ["#c30", "#03c"].map(async (color) => ({ bytes: await plain(8, 8, color).jpeg().toBuffer() })),
    );
    await generate(sdServer.open(), requestOf({ references }));
    expect(sdServer.paid[0]?.pictures).toEqual(references.map(({ bytes }) => bytes));
  });

  it("any seed where the model is said to have none", async () => {
    const made = await generate(webUi.open(), requestOf({ seed: undefined }));
    expect(webUi.paid[0]?.seed).toBe(-1);
    expect(made.seed).toBe(4_000_000_007);
  });

  it("a checkpoint by its name, and leaves the server as it was", async () => {
    const made = await generate(webUi.open({ checkpoint: ANOTHER }), requestOf());
    expect(webUi.paid[0]?.body).toMatchObject({
      override_settings: { sd_model_checkpoint: ANOTHER },
      override_settings_restore_afterwards: true,
    });
    expect(made.modelVersion).toMatch(ANOTHER);
  });

  it("what the options say rather than what it would", async () => {
    const options = {
      steps: 6,
      cfg_scale: 1.5,
      sampler_name: "LCM",
      negative_prompt: "text",
      override_settings: { CLIP_stop_at_last_layers: 2 },
    };
    await generate(webUi.open({ checkpoint: LOADED, options }), requestOf());
    expect(webUi.paid[0]?.body).toMatchObject({
      ...options,
      override_settings: { sd_model_checkpoint: LOADED, CLIP_stop_at_last_layers: 2 },
    });
  });

  it("nothing that a person's words would set", async () => {
    const nested = '<sd_cpp_extra_args><sd_cpp_extra_args>{"batch_count":99}</sd_cpp_extra_args>';
    await generate(sdServer.open(), requestOf({ prompt: `a cat ${nested}` }));
    const [{ prompt = "" } = {}] = sdServer.paid;
    // How the server looks for it: `extract_and_remove_sd_cpp_extra_args` in `routes_sdapi.cpp`.
    expect(prompt).not.toMatch(/<sd_cpp_extra_args>(.*?)<\/sd_cpp_extra_args>/);
    expect(prompt).toContain("a cat");
  });

  it("sides that every server makes", () => {
    for (const aspect of ASPECTS) {
      for (const size of ["1K", "2K", "4K"] as const) {
        const { width, height } = dimensionsOf(aspect, size);
        expect([width % 8, height % 8]).toEqual([0, 0]);
      }
    }
  });
});

describe("how much of a guide is painted anew", () => {
  it("falls with how closely it is followed, and never to nothing", () => {
    expect([0, 0.5, 1].map(denoisingOf)).toEqual([1, 0.6, DENOISING_MIN]);
    expect(KEEPS.map((keep) => denoisingOf(STRENGTH_OF[keep]))).toEqual([0.52, 0.32, 0.24]);
  });
});

describe("its address", () => {
  it("may have a path", async () => {
    const { hostname, port } = webUi.url;
    const asked: string[] = [];
    const model = createSdapiModel({
      baseUrl: new URL(`http://${hostname}:${port}/gpu`),
      checkpoint: "",
      options: {},
      fetch: async (url) => {
        asked.push(`${url}`);
        return Response.json({ images: ["cG5n"] });
      },
    });
    await generate(model, requestOf());
    expect(asked).toEqual([`http://${hostname}:${port}/gpu/sdapi/v1/txt2img`]);
  });

  it("holds a name and a password in any letters", async () => {
    webUi.keys.add("grüße:p@ss/w%rd");
    const baseUrl = new URL(webUi.url);
    baseUrl.username = "grüße";
    baseUrl.password = encodeURIComponent("p@ss/w%rd");
    await generate(webUi.open({ baseUrl }), requestOf());
    expect(webUi.paid).toHaveLength(1);
  });
});

describe("cut off", () => {
  it("has the server stop, without waiting for that", async () => {
    webUi.next("slow");
    const { ending, cut } = beginSlow(webUi);
    await expect.poll(() => webUi.paid.length, { interval: 5 }).toBe(1);
    cut.abort(new Error("never mind"));
    await expect(ending).rejects.toThrow("never mind");
    expect(webUi.askedAbout).toEqual([]);
    await expect.poll(() => webUi.interrupted, { interval: 5 }).toEqual(["take-1"]);
  });

  it("leaves alone what the server makes for others", async () => {
    webUi.next("slow", "slow");
    const first = beginSlow(webUi, "take-1");
    await expect.poll(() => webUi.paid.length, { interval: 5 }).toBe(1);
    const second = beginSlow(webUi, "take-2");
    await expect.poll(() => webUi.paid.length, { interval: 5 }).toBe(2);
    second.cut.abort(new Error("never mind"));
    await expect(second.ending).rejects.toThrow("never mind");
    await expect.poll(() => webUi.askedAbout, { interval: 5 }).toEqual(["take-2"]);
    // What came of the question would be over before this is.
    await check(webUi.open());
    expect(webUi.interrupted).toEqual([]);
    first.cut.abort(new Error("nor this"));
    await expect(first.ending).rejects.toThrow("nor this");
    await expect.poll(() => webUi.interrupted, { interval: 5 }).toEqual(["take-1"]);
  });

  it("asks nothing of a server that cannot", async () => {
    sdServer.next("slow");
    const { ending, cut } = beginSlow(sdServer);
    await expect.poll(() => sdServer.paid.length, { interval: 5 }).toBe(1);
    cut.abort(new Error("never mind"));
    await expect(ending).rejects.toThrow("never mind");
  });
});

describe("is checked", () => {
  it.each([
    "default",
    "loaded",
    "",
    LOADED,
    ANOTHER,
    `xl/${ANOTHER}.safetensors [9b4f8ac9fd]`,
    `/srv/models/xl/${ANOTHER}.safetensors`,
    "9b4f8ac9fd",
  ])("as reachable with %j", async (checkpoint) => {
    expect(await check(webUi.open({ checkpoint }))).toMatchObject({ status: "reachable" });
  });

  it("as without the model when the server does not list it", async () => {
    for (const server of [webUi, sdServer]) {
      expect(await check(server.open({ checkpoint: "not-there" }))).toMatchObject({ status: "no_model" });
    }
  });

  it("by what is loaded where there is no list", async () => {
    const gone = { status: 404, body: { detail: "Not Found" } };
    webUi.listNext(gone);
    expect(await check(webUi.open({ checkpoint: LOADED }))).toMatchObject({ status: "reachable" });
    webUi.listNext(gone);
    expect(await check(webUi.open({ checkpoint: ANOTHER }))).toMatchObject({ status: "no_model" });
  });

  it("as unreachable when something else answers", async () => {
    for (const body of ["<html>", { models: [] }]) {
      webUi.listNext({ status: 200, body });
      expect(await check(webUi.open())).toMatchObject({ status: "unreachable" });
    }
  });
});

function check(model: ImageModel) {
  return model.check(AbortSignal.timeout(5_000));
}

function beginSlow(server: LocalSdapi, idempotencyKey = "take-1") {
  const cut = new AbortController();
  const ending = server.open().generate(requestOf(), { signal: cut.signal, idempotencyKey });
  ending.catch(() => undefined);
  return { ending, cut };
}
