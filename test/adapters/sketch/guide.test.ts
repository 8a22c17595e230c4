import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { type Guide, ModelError } from "../../../src/ports/image-model.ts";
import { BOTTLE, distance, likeness, sketch } from "./look.ts";

describe("the sketch with a guide", { timeout: 60_000 }, () => {
  test("makes a 4K final like its take", async () => {
    const bytes = await sketch({ seed: 8 });
    const final = await sketch({ tier: "final", size: "4K", seed: 8, guide: { bytes, strength: 0.8 } });
    expect(await sharp(final).metadata()).toMatchObject({ width: 4096, height: 4096 });
    expect(await likeness(final, bytes)).toBeGreaterThan(0.95);
  });

  test("makes a final like another seed's take, when that is its guide", async () => {
    const bytes = await sketch({ seed: 8 });
    const final = await sketch({ tier: "final", size: "2K", seed: 99, guide: { bytes, strength: 0.8 } });
    expect(await sharp(final).metadata()).toMatchObject({ width: 2048, height: 2048 });
    expect(await likeness(final, bytes)).toBeGreaterThan(0.95);
  });

  test("makes one final after another of a take, each in another light", async () => {
    const guide = { bytes: await sketch({ seed: 8 }), strength: 0.85 };
    const seeds = [8, 2_654_435_777, 1_013_904_250, 3_668_340_019];
    const finals = await Promise.all(seeds.map((seed) => sketch({ seed, tier: "final", guide })));
    for (const [index, final] of finals.entries()) {
      expect(await likeness(final, guide.bytes)).toBeGreaterThan(0.98);
      for (const other of finals.slice(index + 1)) expect(await distance(final, other)).toBeGreaterThan(2);
    }
  });

  test.each([BOTTLE, "a red fox in snow at night", "abstract brand pattern, teal and coral"])(
    "draws a final like its take and finer: %s",
    async (prompt) => {
      const take = await sketch({ prompt, seed: 21 });
      const final = await sketch({
        prompt,
        seed: 21,
        tier: "final",
        size: "2K",
        guide: { bytes: take, strength: 0.8 },
      });
      const stranger = await sketch({ prompt, seed: 22 });
      expect(await likeness(final, take)).toBeGreaterThan(0.97);
      expect(await likeness(final, take)).toBeGreaterThan((await likeness(final, stranger)) + 0.05);
      expect(final).not.toEqual(await sketch({ prompt, seed: 21, size: "2K" }));
    },
  );

  test("knows its take again after a JPEG compression", async () => {
    const take = await sketch({ seed: 5 });
    const jpeg = await sharp(take).jpeg({ quality: 70 }).toBuffer();
    const guided = (bytes: Uint8Array) => sketch({ seed: 5, tier: "final", guide: { bytes, strength: 0.8 } });
    expect(await guided(jpeg)).toEqual(await guided(take));
  });

  test("varies near the chosen take, each a little differently", async () => {
    const chosen = await sketch({ seed: 40 });
    const guide = { bytes: chosen, strength: 0.6 };
    const varied = await Promise.all([41, 42, 43, 44].map((seed) => sketch({ seed, guide })));
    const fresh = await Promise.all([41, 42, 43, 44].map((seed) => sketch({ seed })));
    const near = await Promise.all(varied.map((take) => likeness(take, chosen)));
    const far = await Promise.all(fresh.map((take) => likeness(take, chosen)));
    expect(Math.min(...near)).toBeGreaterThan(Math.max(...far) + 0.1);
    for (const [index, take] of varied.entries()) {
      expect(await distance(take, chosen)).toBeGreaterThan(3);
      for (const other of varied.slice(index + 1)) expect(await distance(take, other)).toBeGreaterThan(2);
    }
  });

  test("follows a foreign guide rather than the prompt, and ignores one of strength 0", async () => {
    const photo = await sharp({ create: { width: 300, height: 200, channels: 4, background: "#204080ff" } })
      .composite([
        {
          input: { create: { width: 120, height: 120, channels: 3, background: "#f0c040" } },
          left: 20,
          top: 40,
        },
      ])
      .webp()
      .toBuffer();
    const painted = await sketch({ aspect: "3:2", tier: "final", guide: { bytes: photo, strength: 0.8 } });
    expect(await likeness(painted, photo)).toBeGreaterThan(0.9);
    const ignored = await sketch({ guide: { bytes: photo, strength: 0 } });
    expect(ignored).toEqual(await sketch({}));
  });

  test.each(["", "not an image", "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'/>"])(
    "refuses a guide that is no picture: %s",
    async (text) => {
      const guided = sketch({ guide: { bytes: new TextEncoder().encode(text), strength: 0.6 } });
      await expect(guided).rejects.toMatchObject({ kind: "invalid", retryable: false, billed: "no" });
      await expect(guided).rejects.toBeInstanceOf(ModelError);
    },
  );

  test("refuses a guide that is cut short", async () => {
    const whole = await sketch({});
    const guide = { bytes: whole.subarray(0, whole.length / 2), strength: 0.6 };
    await expect(sketch({ guide })).rejects.toMatchObject({ kind: "invalid" });
  });

  test("signs in the lower right corner, with the seed", async () => {
    const corner = async (seed: number, guide: Guide) => {
      const bytes = await sketch({ seed, tier: "final", guide });
      return await sharp(bytes).extract({ left: 780, top: 950, width: 244, height: 74 }).raw().toBuffer();
    };
    // The same guide under both, so that only brush marks and the signature can differ.
    const guide = {
      bytes: await sharp({ create: { width: 64, height: 64, channels: 3, background: "#808080" } })
        .png()
        .toBuffer(),
      strength: 0.9,
    };
    const [one, other] = [await corner(1, guide), await corner(88_888_888, guide)];
    const inked = (pixels: Buffer) =>
      pixels.reduce((count, value) => count + (Math.abs(value - 128) > 60 ? 1 : 0), 0);
    expect(inked(one)).toBeGreaterThan(200);
    expect(inked(other)).toBeGreaterThan(inked(one) * 1.3);
  });
});
