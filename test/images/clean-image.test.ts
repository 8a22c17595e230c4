import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { addPngXmp } from "../../src/images/add-png-xmp.ts";
import { cleanImage } from "../../src/images/clean-image.ts";
import { toXmp } from "../../src/images/provenance.ts";
import { colourAt, noise, plain, rgbOf, stripes } from "./pictures.ts";
import { readXmp } from "./read-xmp.ts";

const SECRET = "prompt: a secret bottle";
const tagged = { exif: { IFD0: { ImageDescription: SECRET } } };

describe("metadata", () => {
  it.each(["png", "jpeg", "webp"] as const)("is gone from %s, and the type stays", async (format) => {
    const bytes = await noise(64, 48)
      .withExif(tagged.exif)
      .withXmp(`<x>${SECRET}</x>`)
      .toFormat(format)
      .toBuffer();
    expect(bytes.includes(SECRET)).toBe(true);
    const clean = await cleanImage(bytes, undefined);
    expect(clean).toMatchObject({ mime: `image/${format}`, width: 64, height: 48 });
    expect(Buffer.from(clean.bytes).includes(SECRET)).toBe(false);
    const { exif, xmp, icc, iptc, orientation, format: written } = await sharp(clean.bytes).metadata();
    expect({ exif, xmp, icc, iptc, orientation, written }).toEqual({ written: format });
  });

  it("takes what hides behind the end with it", async () => {
    const png = await noise(16, 16).png().toBuffer();
    const clean = await cleanImage(Buffer.concat([png, Buffer.from(SECRET)]), undefined);
    expect(Buffer.from(clean.bytes).includes(SECRET)).toBe(false);
  });
});

describe("where it is from", () => {
  const made = { source: "trainedAlgorithmicMedia", system: "google/gemini-3-pro-image" } as const;

  it.each([
    ["PNG", (image: Sharp) => image.png()],
    ["JPEG", (image: Sharp) => image.jpeg()],
    ["lossy WebP", (image: Sharp) => image.webp()],
    ["lossless WebP", (image: Sharp) => image.webp({ lossless: true })],
  ])("is written into %s, in the place of what it said itself", async (_, encode) => {
    const bytes = await encode(noise(64, 48).withExif(tagged.exif).withXmp(`<x>${SECRET}</x>`)).toBuffer();
    const clean = await cleanImage(bytes, made);
    expect(readXmp(clean.bytes)).toBe(toXmp(made));
    expect(Buffer.from(clean.bytes).includes(SECRET)).toBe(false);
    const { exif, icc, iptc } = await sharp(clean.bytes).metadata();
    expect({ exif, icc, iptc }).toEqual({});
  });

  it("changes no pixel, and is the same for the same", async () => {
    const bytes = await noise(64, 48).jpeg().toBuffer();
    const [clean, again] = [await cleanImage(bytes, made), await cleanImage(bytes, made)];
    expect(clean).toEqual(again);
    const bare = await cleanImage(bytes, undefined);
    expect((await rgbOf(clean.bytes)).equals(await rgbOf(bare.bytes))).toBe(true);
  });

  it("is not written into what people have sent", async () => {
    for (const format of ["png", "jpeg", "webp"] as const) {
      const bytes = await noise(16, 16).withXmp("<x>mine</x>").toFormat(format).toBuffer();
      const theirs = format === "png" ? addPngXmp(bytes, "<x>mine</x>") : bytes;
      expect(readXmp(theirs)).toContain("mine");
      expect(readXmp((await cleanImage(theirs, undefined)).bytes)).toBeUndefined();
    }
  });
});

describe("pixels", () => {
  it.each([
    ["PNG", () => noise(96, 64).png()],
    ["lossless WebP", () => noise(96, 64).webp({ lossless: true })],
  ])("of %s are the same, one by one", async (_, make) => {
    const bytes = await make().toBuffer();
    const clean = await cleanImage(bytes, undefined);
    expect((await rgbOf(clean.bytes)).equals(await rgbOf(bytes))).toBe(true);
  });

  it.each([
    ["JPEG", (image: Sharp) => image.jpeg({ quality: 90 })],
    ["WebP", (image: Sharp) => image.webp({ quality: 90 })],
  ])("of %s differ by less than an eye sees", async (_, make) => {
    const bytes = await make(
      stripes(256, 128, ["#c03020", "#203080", "#e0d0a0", "#101810"]).blur(4),
    ).toBuffer();
    const clean = await cleanImage(bytes, undefined);
    expect(psnr(await rgbOf(clean.bytes), await rgbOf(bytes))).toBeGreaterThan(42);
  });

  it("stand upright", async () => {
    const bytes = await stripes(60, 30, ["#ff0000", "#0000ff"])
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const clean = await cleanImage(bytes, undefined);
    expect(clean).toMatchObject({ width: 30, height: 60 });
    expect(await colourAt(clean.bytes, 15, 10)).toEqual([255, 0, 0]);
    expect(await colourAt(clean.bytes, 15, 50)).toEqual([0, 0, 255]);
  });

  it("of a wider colour space become sRGB", async () => {
    const wide = await plain(8, 8, "#c86432").withIccProfile("p3").png().toBuffer();
    expect((await sharp(wide).metadata()).icc).toBeDefined();
    const clean = await cleanImage(wide, undefined);
    const [red = 0, green = 0, blue = 0] = await colourAt(clean.bytes, 4, 4);
    for (const [is, was] of [
      [red, 200],
      [green, 100],
      [blue, 50],
    ] as const)
      expect(Math.abs(is - was)).toBeLessThan(4);
  });

  it("keep their transparency", async () => {
    const bytes = await plain(8, 8, "#ff0000").ensureAlpha(0.5).png().toBuffer();
    expect(await colourAt((await cleanImage(bytes, undefined)).bytes, 4, 4)).toEqual([255, 0, 0, 127]);
  });
});

it("gives the same bytes for the same bytes", async () => {
  const bytes = await noise(64, 64).jpeg().toBuffer();
  expect((await cleanImage(bytes, undefined)).bytes).toEqual((await cleanImage(bytes, undefined)).bytes);
});

it("rejects what inspection refuses", async () => {
  await expect(cleanImage(Buffer.from("<svg/>"), undefined)).rejects.toThrow(TypeError);
});

/** Peak signal-to-noise ratio in dB, of two equally long runs of 8-bit values. */
function psnr(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  const squares = a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}
