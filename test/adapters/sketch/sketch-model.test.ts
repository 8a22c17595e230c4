import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { createSketchModel } from "../../../adapters/sketch/sketch-model.ts";
import { ASPECTS, dimensionsOf, SEED_MAX } from "../../../src/core/recipe.ts";
import { BOTTLE, distance, model, sketch } from "./look.ts";

describe("createSketchModel", { timeout: 60_000 }, () => {
  test("says what it is", async () => {
    expect(await model.check(new AbortController().signal)).toEqual({
      status: "reachable",
      how: "it is built in",
    });
  });

  test("makes the same bytes for the same request", async () => {
    expect(await sketch({})).toEqual(await sketch({}));
    const guide = { bytes: await sketch({ seed: 3 }), strength: 0.6 };
    expect(await sketch({ guide })).toEqual(await sketch({ guide }));
  });

  test.each([
    BOTTLE,
    "a red fox in snow at night",
    "abstract brand pattern, teal and coral",
    "minimal perfume poster, pink and gold",
    "cozy reading corner with a lamp and books",
    "a sneaker flying above a neon city",
    "sailing boat on a calm sea at golden hour",
    "quarterly synergy",
  ])("makes four different pictures of four seeds: %s", async (prompt) => {
    const takes = await Promise.all([7, 8, 9, 10].map((seed) => sketch({ prompt, seed })));
    for (const [index, take] of takes.entries()) {
      for (const other of takes.slice(index + 1)) expect(await distance(take, other)).toBeGreaterThan(10);
    }
  });

  test("makes different pictures of different prompts", async () => {
    const prompts = ["a lemon", "a pear", "a red car in a city", "waves at night", "zorblax", "blivet"];
    const takes = await Promise.all(prompts.map((prompt) => sketch({ prompt })));
    for (const [index, take] of takes.entries()) {
      for (const other of takes.slice(index + 1)) expect(await distance(take, other)).toBeGreaterThan(4);
    }
  });

  test.each([7, 8, 9, 10])("puts the red fox left of the blue house (seed %i)", async (seed) => {
    const take = await sketch({ prompt: "a red fox left of a blue house", seed });
    const pixels = await sharp(take).removeAlpha().resize(96, 96).raw().toBuffer();
    const columns = { red: [] as number[], blue: [] as number[] };
    for (let index = 0; index < pixels.length; index += 3) {
      const [red = 0, green = 0, blue = 0] = pixels.subarray(index, index + 3);
      if (red > green * 1.9 && red > blue * 1.7 && red > 120) columns.red.push((index / 3) % 96);
      if (blue > red * 2 && blue > green * 1.4) columns.blue.push((index / 3) % 96);
    }
    const middle = (list: number[]) =>
      list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
    expect(columns.red.length).toBeGreaterThan(20);
    expect(columns.blue.length).toBeGreaterThan(60);
    expect(middle(columns.red)).toBeLessThan(middle(columns.blue) - 10);
  });

  test("makes exactly the pixels it was asked for, in PNG", async () => {
    const asks = [
      ...ASPECTS.map((aspect) => ({ aspect, size: "1K" as const })),
      { aspect: "16:9" as const, size: "2K" as const },
    ];
    for (const ask of asks) {
      const { width, height, format, hasAlpha } = await sharp(await sketch(ask)).metadata();
      expect({ width, height, format, hasAlpha }).toEqual({
        ...dimensionsOf(ask.aspect, ask.size),
        format: "png",
        hasAlpha: false,
      });
    }
  });

  test("blocks a word that hosted models block, and not a word that contains it", async () => {
    await expect(sketch({ prompt: "NSFW poster" })).rejects.toMatchObject({
      kind: "blocked",
      retryable: false,
      billed: "no",
    });
    await expect(sketch({ prompt: "a portrait of Al Gorey" })).resolves.toBeInstanceOf(Uint8Array);
  });

  test.each([
    ["unknown words", "zxcv qwop flurble"],
    ["emoji", "👩‍👩‍👧‍👦🦊✨"],
    ["markup", `"><script>alert(1)</script><image href="file:///etc/passwd"/> & ]]>`],
    ["another script", "夜の街を歩く赤い狐"],
    ["a thousand characters", "red fox blue house ".repeat(60).slice(0, 1000)],
    ["punctuation", "?!"],
  ])("sketches %s", async (_, prompt) => {
    const takes = await Promise.all([0, SEED_MAX].map((seed) => sketch({ prompt, seed })));
    for (const take of takes) {
      const { channels } = await sharp(take).stats();
      expect(Math.max(...channels.map((channel) => channel.stdev))).toBeGreaterThan(8);
    }
  });

  test("gives up with the signal's reason, before, during the delay and during the work", async () => {
    const slow = createSketchModel({ delayMs: 60_000 });
    const request = {
      tier: "draft",
      prompt: BOTTLE,
      seed: 1,
      aspect: "1:1",
      size: "1K",
      dimensions: dimensionsOf("1:1", "1K"),
      guide: undefined,
      references: [],
    } as const;
    const reason = new Error("the round was cancelled");
    const already = AbortSignal.abort(reason);
    await expect(slow.generate(request, { signal: already, idempotencyKey: "a" })).rejects.toBe(reason);
    const controller = new AbortController();
    const pending = slow.generate(request, { signal: controller.signal, idempotencyKey: "b" });
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    const working = new AbortController();
    const sketching = model.generate(request, { signal: working.signal, idempotencyKey: "c" });
    working.abort(reason);
    await expect(sketching).rejects.toBe(reason);
  });
});
