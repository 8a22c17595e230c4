import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ANOTHER,
  LOADED,
  type LocalSdapi,
  openLocalSdServer,
  openLocalWebUi,
} from "../../support/providers/local-sdapi.ts";
import { failureOf, generate, PROMPT, requestOf } from "./asking.ts";

let webUi: LocalSdapi;
let sdServer: LocalSdapi;
beforeEach(async () => {
  [webUi, sdServer] = await Promise.all([openLocalWebUi(), openLocalSdServer()]);
});
afterEach(async () => {
  expect([...webUi.unknown, ...sdServer.unknown]).toEqual([]);
  await Promise.all([webUi.close(), sdServer.close()]);
});

describe("reads", () => {
  it("seed and version as the web UI tells them", async () => {
    expect(await generate(webUi.open(), requestOf())).toMatchObject({
      seed: 7,
      modelVersion: `${LOADED} [879db523c3]`,
      requestId: undefined,
      cost: undefined,
    });
  });

  it("a server that tells nothing", async () => {
    expect(await generate(sdServer.open({ checkpoint: "any" }), requestOf())).toMatchObject({
      seed: undefined,
      modelVersion: undefined,
    });
  });

  it.each([
    ["a data URL", { images: [`data:image/png;base64,${Buffer.from("png").toString("base64")}`] }],
    ["no word about it", { images: ["cG5n"] }],
    ["nonsense about it", { images: ["cG5n"], info: "{" }],
    ["a list about it", { images: ["cG5n"], info: "[1]" }],
    ["wrong types about it", { images: ["cG5n"], info: '{"seed":"1","sd_model_name":{}}' }],
    ["something else about it", { images: ["cG5n"], info: 12 }],
  ])("an image with %s", async (_, body) => {
    webUi.answerNext({ status: 200, body });
    const made = await generate(webUi.open(), requestOf());
    expect(Buffer.from(made.bytes).toString()).toBe("png");
    expect(made).toMatchObject({ seed: undefined, modelVersion: undefined });
  });

  it.each([{}, { images: null }, { images: [""] }, { images: [1] }, { images: "cG5n" }, [], "null"])(
    "no image in %j",
    async (body) => {
      webUi.answerNext({ status: 200, body: typeof body === "string" ? body : { ...body } });
      expect(await failureOf(webUi.open())).toMatchObject({
        kind: "no_image",
        retryable: true,
        billed: "no",
      });
    },
  );
});

describe("fails", () => {
  it.each([
    [400, { error: "HTTPException", detail: "Sampler not found" }, "invalid", false],
    [404, { error: "HTTPException", detail: "Init image not found" }, "invalid", false],
    [404, { detail: "Not Found" }, "no_model", false],
    [401, { detail: "Incorrect username or password" }, "auth", false],
    [403, "<h1>Forbidden</h1>", "auth", false],
    [302, "", "invalid", false],
    [422, { detail: [] }, "invalid", false],
    [429, "", "rate_limited", true],
    [500, { error: "OutOfMemoryError", detail: "", errors: "CUDA out of memory." }, "overloaded", false],
    [500, { error: "NansException", detail: "", errors: "" }, "no_image", true],
    [500, { error: "generate_image returned no results" }, "overloaded", true],
    [500, "Internal Server Error", "overloaded", true],
    [502, "", "overloaded", true],
    [503, "", "overloaded", true],
    [504, "", "timeout", true],
  ] as const)("with %i %j as %s", async (status, body, kind, retryable) => {
    webUi.answerNext({ status, headers: { location: "/login" }, body });
    const error = await failureOf(webUi.open());
    expect(error).toMatchObject({ kind, retryable, billed: "no", cost: undefined });
  });

  it("when another checkpoint has made it, whatever the server calls it", async () => {
    expect(await failureOf(webUi.open({ checkpoint: "not-there" }))).toMatchObject({
      kind: "no_model",
      retryable: false,
    });
    for (const checkpoint of [`xl/${ANOTHER}.safetensors [9b4f8ac9fd]`, ANOTHER.toUpperCase()]) {
      webUi.answerNext({
        status: 200,
        body: { images: ["cG5n"], info: JSON.stringify({ sd_model_name: ANOTHER }) },
      });
      expect((await generate(webUi.open({ checkpoint }), requestOf())).modelVersion).toBe(ANOTHER);
    }
  });

  it("when nobody listens", async () => {
    const baseUrl = new URL("http://127.0.0.1:1/");
    expect(await failureOf(webUi.open({ baseUrl }))).toMatchObject({
      kind: "overloaded",
      retryable: true,
      billed: "no",
    });
  });

  it("with what is not told on: neither its words nor the request's", async () => {
    const errors = `${PROMPT} failed at /home/me`;
    webUi.answerNext({ status: 500, body: { error: `no "word" of ${PROMPT}`, detail: PROMPT, errors } });
    webUi.answerNext({ status: 500, body: { error: "RuntimeError", errors } });
    const [first, second] = [await failureOf(webUi.open()), await failureOf(webUi.open())];
    expect(first.message).toBe("the sdapi server answered 500");
    expect(second.message).toBe("the sdapi server answered 500 (RuntimeError)");
    for (const secret of [PROMPT, "p4ss", "/home"]) {
      expect(inspect([first, second], { depth: 9, showHidden: true })).not.toContain(secret);
    }
  });
});
