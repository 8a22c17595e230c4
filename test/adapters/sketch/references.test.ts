import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { plain, stripes } from "../../images/pictures.ts";
import { BOTTLE, distance, likeness, sketch } from "./look.ts";

let green: Buffer;
let violet: Buffer;
beforeAll(async () => {
  green = await plain(60, 40, "#0b6e4f").jpeg().toBuffer();
  violet = await plain(60, 40, "#5b2a86").webp().toBuffer();
});

/** The mean of each channel, 0 to 255. */
async function tintOf(bytes: Uint8Array) {
  const { channels } = await sharp(bytes).removeAlpha().stats();
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => channel.mean);
  return { red, green, blue };
}

describe("the sketch with references", { timeout: 60_000 }, () => {
  test.each([7, 8, 9])("takes on the colours of one, and keeps its composition (seed %i)", async (seed) => {
    const [inGreen, inViolet, free] = await Promise.all([
      sketch({ seed, references: [{ bytes: green }] }),
      sketch({ seed, references: [{ bytes: violet }] }),
      sketch({ seed }),
    ]);
    const [greens, violets] = [await tintOf(inGreen), await tintOf(inViolet)];
    expect(greens.green - violets.green).toBeGreaterThan(15);
    expect(violets.blue - greens.blue).toBeGreaterThan(15);
    expect(await distance(inGreen, free)).toBeGreaterThan(5);
    expect(await likeness(inGreen, inViolet)).toBeGreaterThan(0.8);
  });

  test("is the same for the same, and follows each of several", async () => {
    const both = [{ bytes: green }, { bytes: violet }];
    const [one, again, first] = await Promise.all([
      sketch({ references: both }),
      sketch({ references: both }),
      sketch({ references: both.slice(0, 1) }),
    ]);
    expect(one).toEqual(again);
    const takes = await Promise.all([7, 8, 9, 10].map((seed) => sketch({ seed, references: both })));
    const tints = await Promise.all(takes.map(tintOf));
    // Somewhere one of them leads, and somewhere the other.
    expect(tints.some((tint) => tint.green > tint.blue)).toBe(true);
    expect(tints.some((tint) => tint.blue > tint.green)).toBe(true);
    expect(await distance(one, first)).toBeGreaterThan(1);
  });

  test("draws a final of its take afresh, as without them", async () => {
    const references = [{ bytes: await stripes(80, 60, ["#d7263d", "#f2c14e", "#0b6e4f"]).png().toBuffer() }];
    const take = await sketch({ prompt: BOTTLE, seed: 21, references });
    const guide = { bytes: take, strength: 0.85 };
    const final = await sketch({ prompt: BOTTLE, seed: 21, tier: "final", guide, references });
    expect(await likeness(final, take)).toBeGreaterThan(0.97);
    expect(await distance(final, take)).toBeLessThan(2);
  });

  test("refuses one that is no picture", async () => {
    const references = [{ bytes: green }, { bytes: new TextEncoder().encode("<svg/>") }];
    await expect(sketch({ references })).rejects.toMatchObject({
      kind: "invalid",
      retryable: false,
      billed: "no",
    });
  });
});
