import { describe, expect, it } from "vitest";
import { hear, hearFailure, hearImage } from "./asking-google.ts";

/** https://ai.google.dev/api/generate-content#generatecontentresponse */
const USAGE = {
  promptTokenCount: 1140,
  candidatesTokenCount: 1130,
  thoughtsTokenCount: 900,
  totalTokenCount: 3170,
  promptTokensDetails: [
    { modality: "TEXT", tokenCount: 20 },
    { modality: "IMAGE", tokenCount: 1120 },
  ],
  candidatesTokensDetails: [
    { modality: "IMAGE", tokenCount: 1120 },
    { modality: "TEXT", tokenCount: 10 },
  ],
};
/** 20 × 2 + 1120 × 3 + (10 + 900) × 12 + 1120 × 120, a million tokens. */
const USD = 0.14872;

const image = (text: string, more: object = {}) => ({
  inlineData: { mimeType: "image/png", data: Buffer.from(text).toString("base64") },
  ...more,
});
const said = (parts: readonly object[] | undefined, more: object = {}, candidate: object = {}) => ({
  candidates: [{ content: parts && { role: "model", parts }, finishReason: "STOP", index: 0, ...candidate }],
  usageMetadata: USAGE,
  modelVersion: "gemini-nano-banana-2.1-002",
  responseId: "abc",
  ...more,
});
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("an answer of Google with an image", () => {
  it("tells the version, the id and what the tokens cost, and no seed", async () => {
    const { bytes, cost, ...rest } = await hearImage({ body: said([image("it")]) });
    expect(text(bytes)).toBe("it");
    expect(rest).toEqual({ modelVersion: "gemini-nano-banana-2.1-002", seed: undefined, requestId: "abc" });
    expect(cost).toEqual({ usd: expect.closeTo(USD, 9), basis: "tokens" });
  });

  it("is asked for at Google's own address, once", async () => {
    const { asked } = await hear({ body: said([image("it")]) });
    expect(asked).toEqual([
      "https://generativelanguage.googleapis.com/v1beta/models/gemini-nano-banana-2.1:generateContent",
    ]);
  });

  it.each([
    [
      "the last that is no thought",
      [image("a", { thought: true }), image("b"), image("c"), image("d", { thought: true })],
      "c",
    ],
    [
      "the last thought, where nothing else is an image",
      [image("a", { thought: true }), image("b", { thought: true }), { text: "Here it is." }],
      "b",
    ],
    [
      "an image among other things",
      [{ text: "First" }, image("a"), { inlineData: { mimeType: "text/plain", data: "eA==" } }],
      "a",
    ],
  ])("is %s", async (_, parts, wanted) => {
    expect(text((await hearImage({ body: said(parts) })).bytes)).toBe(wanted);
  });

  it("is an image whatever reason is given for the end", async () => {
    const body = said([image("it")], {}, { finishReason: "IMAGE_OTHER" });
    expect(text((await hearImage({ body })).bytes)).toBe("it");
  });

  it("has no cost that nobody could know", async () => {
    const unpriced = { body: said([image("it")]), changes: { tokenPrices: undefined } };
    expect((await hearImage(unpriced)).cost).toBeUndefined();
    const uncounted = { body: said([image("it")], { usageMetadata: undefined }) };
    expect((await hearImage(uncounted)).cost).toBeUndefined();
  });

  it("costs as for an image, where Google does not split what came out", async () => {
    const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 1120, totalTokenCount: 1130 };
    const { cost } = await hearImage({ body: said([image("it")], { usageMetadata }) });
    expect(cost?.usd).toBeCloseTo((10 * 2 + 1120 * 120) / 1e6, 9);
  });

  it("costs what its tools were told, too", async () => {
    const usageMetadata = { promptTokenCount: 10, toolUsePromptTokenCount: 500, candidatesTokenCount: 1120 };
    const { cost } = await hearImage({ body: said([image("it")], { usageMetadata }) });
    expect(cost?.usd).toBeCloseTo((510 * 2 + 1120 * 120) / 1e6, 9);
  });

  it("keeps neither version nor id that is none", async () => {
    const body = said([image("it")], { modelVersion: "", responseId: "x".repeat(1_000) });
    expect(await hearImage({ body })).toMatchObject({ modelVersion: undefined, requestId: undefined });
  });
});

describe("an answer of Google without an image", () => {
  it.each([
    ["STOP", "no_image"],
    ["NO_IMAGE", "no_image"],
    ["IMAGE_OTHER", "no_image"],
    ["OTHER", "no_image"],
    ["MAX_TOKENS", "no_image"],
    ["A_NEW_REASON", "no_image"],
    ["SAFETY", "withheld"],
    ["RECITATION", "withheld"],
    ["BLOCKLIST", "withheld"],
    ["PROHIBITED_CONTENT", "withheld"],
    ["SPII", "withheld"],
    ["IMAGE_SAFETY", "withheld"],
    ["IMAGE_PROHIBITED_CONTENT", "withheld"],
    ["IMAGE_RECITATION", "withheld"],
  ] as const)("for %s is %s", async (finishReason, kind) => {
    const body = said([{ text: "Sorry." }], {}, { finishReason, finishMessage: "Sorry, glass." });
    const error = await hearFailure({ body });
    expect(error).toMatchObject({ kind, retryable: kind === "no_image", requestId: "abc" });
    expect(error.message).toBe(`google sent no image: ${finishReason}`);
  });

  it.each(["SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY"])(
    "for a prompt that is blocked by %s is blocked",
    async (blockReason) => {
      const body = { promptFeedback: { blockReason }, usageMetadata: { promptTokenCount: 20 } };
      expect(await hearFailure({ body })).toMatchObject({
        kind: "blocked",
        retryable: false,
        billed: "unknown",
        cost: { usd: expect.closeTo(0.00004, 9), basis: "tokens" },
        message: `google sent no image: ${blockReason}`,
      });
    },
  );

  it("goes by how the image ended where there is a word about the prompt as well", async () => {
    const body = said([], { promptFeedback: { blockReason: "OTHER" } }, { finishReason: "IMAGE_SAFETY" });
    expect(await hearFailure({ body })).toMatchObject({ kind: "withheld" });
  });

  it("is billed when something was counted that came out, and costs that", async () => {
    const thought = { usageMetadata: { promptTokenCount: 20, thoughtsTokenCount: 500 } };
    expect(await hearFailure({ body: said([], thought) })).toMatchObject({
      billed: "yes",
      cost: { usd: expect.closeTo((20 * 2 + 500 * 12) / 1e6, 9), basis: "tokens" },
    });
    expect(await hearFailure({ body: said([], { usageMetadata: undefined }) })).toMatchObject({
      billed: "unknown",
      cost: undefined,
    });
  });

  it.each([
    ["nothing at all", {}],
    ["no candidates", { candidates: [] }],
    ["no content", said(undefined)],
    ["an empty content", { candidates: [{ content: {}, finishReason: "STOP" }] }],
    ["no object", "image"],
    ["a null", null],
    ["a reason that is no code", said([], {}, { finishReason: "because of glass" })],
    ["no reason of a block", { promptFeedback: { blockReason: "BLOCK_REASON_UNSPECIFIED" } }],
  ])("is no image when it holds %s", async (_, body) => {
    const error = await hearFailure({ body });
    expect(error).toMatchObject({ kind: "no_image", retryable: true });
    expect(error.message).not.toContain("glass");
  });

  it("is told apart even where the package cannot read it", async () => {
    // A count of nothing is left out in JSON, and the package insists on it.
    const usageMetadata = { promptTokenCount: 20, candidatesTokensDetails: [{ modality: "IMAGE" }] };
    const body = { promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, usageMetadata };
    expect(await hearFailure({ body })).toMatchObject({ kind: "blocked", retryable: false });
  });

  it("is not asked for again in parts, each of which is paid for", async () => {
    const body = said([image("half")], {}, { finishReason: "CONTINUATION", continuationToken: "more" });
    const { ending, asked } = await hear({ body });
    expect(ending).toMatchObject({ kind: "no_image", billed: "yes" });
    expect(asked).toHaveLength(1);
  });
});
