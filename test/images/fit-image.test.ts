import sharp from "sharp";
import { describe, expect, it } from "vitest";
import {
  FIT_BYTES_MIN,
  type FittedImage,
  fitImage,
  PREVIEW_BYTES_MAX,
  PREVIEW_SIDE_MAX,
} from "../../src/images/fit-image.ts";
import { toXmp } from "../../src/images/provenance.ts";
import { colourAt, noise, plain, stripes } from "./pictures.ts";
import { readXmp } from "./read-xmp.ts";

const MADE = { source: "algorithmicMedia", system: "draftroom/sketch" } as const;
const chat = { bytesMax: PREVIEW_BYTES_MAX, sideMax: PREVIEW_SIDE_MAX };

function fitMade(bytes: Uint8Array, limits: { bytesMax: number; sideMax: number }): Promise<FittedImage> {
  return fitImage(bytes, limits, MADE);
}

describe("a fitted image", () => {
  it("says where it is from, unless that is not known", async () => {
    const bytes = await noise(64, 64).png().toBuffer();
    expect(readXmp((await fitMade(bytes, chat)).bytes)).toBe(toXmp(MADE));
    expect(readXmp((await fitImage(bytes, chat, undefined)).bytes)).toBeUndefined();
  });

  it("has room for the longest name at the least of bytes", async () => {
    const longest = { ...MADE, system: '"'.repeat(10_000) };
    const limits = { ...chat, bytesMax: FIT_BYTES_MIN };
    const fitted = await fitImage(await noise(700, 300).png().toBuffer(), limits, longest);
    expect(fitted.bytes.byteLength).toBeLessThanOrEqual(FIT_BYTES_MIN);
    expect(readXmp(fitted.bytes)).toBe(toXmp(longest));
  });

  it("is a JPEG of the same pixels when it fits already", async () => {
    const fitted = await fitMade(await noise(320, 200).png().toBuffer(), chat);
    expect(fitted).toMatchObject({ mime: "image/jpeg", width: 320, height: 200 });
    const { format, width, height, chromaSubsampling } = await sharp(fitted.bytes).metadata();
    expect({ format, width, height, chromaSubsampling }).toEqual({
      format: "jpeg",
      width: 320,
      height: 200,
      chromaSubsampling: "4:4:4",
    });
  });

  it("is made smaller, never cropped, when its sides are too long", async () => {
    const fitted = await fitMade(await plain(800, 200, "#204080").png().toBuffer(), {
      ...chat,
      sideMax: 400,
    });
    expect(fitted).toMatchObject({ width: 400, height: 100 });
  });

  it("gives up quality before pixels", async () => {
    const bytes = await noise(256, 256).png().toBuffer();
    const full = await fitMade(bytes, chat);
    const coarser = await fitMade(bytes, { ...chat, bytesMax: full.bytes.byteLength - 1 });
    expect(coarser).toMatchObject({ width: 256, height: 256 });
    const smaller = await fitMade(bytes, { ...chat, bytesMax: Math.floor(full.bytes.byteLength / 4) });
    expect(smaller.width).toBeLessThan(256);
    expect(smaller.width).toBe(smaller.height);
  });

  it.each([FIT_BYTES_MIN, 10_000, 50_000, 200_000])("fits %i bytes, however noisy", async (bytesMax) => {
    const fitted = await fitMade(await noise(700, 300).png().toBuffer(), { ...chat, bytesMax });
    expect(fitted.bytes.byteLength).toBeLessThanOrEqual(bytesMax);
    expect(fitted.width).toBeGreaterThan(fitted.height);
  });

  it("keeps as much of a large picture of pure noise as fits", async () => {
    const bytes = await noise(2048, 2048).png({ compressionLevel: 1 }).toBuffer();
    const fitted = await fitMade(bytes, { ...chat, bytesMax: 2_000_000 });
    expect(fitted.bytes.byteLength).toBeLessThanOrEqual(2_000_000);
    expect(fitted.width).toBeGreaterThan(800);
  });

  it("takes the thinnest of images", async () => {
    const fitted = await fitMade(await plain(5000, 1, "#ff0000").png().toBuffer(), {
      ...chat,
      sideMax: 100,
    });
    expect(fitted).toMatchObject({ width: 100, height: 1 });
  });

  it("stands upright, on white where it was transparent", async () => {
    const turned = await stripes(60, 30, ["#ff0000", "#0000ff"])
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const fitted = await fitMade(turned, chat);
    expect(fitted).toMatchObject({ width: 30, height: 60 });
    const clear = await plain(8, 8, "#000000").ensureAlpha(0).png().toBuffer();
    expect(await colourAt((await fitMade(clear, chat)).bytes, 4, 4)).toEqual([255, 255, 255]);
  });

  it("is the same for the same image", async () => {
    const bytes = await noise(200, 200).webp().toBuffer();
    const limits = { bytesMax: 20_000, sideMax: 180 };
    expect((await fitMade(bytes, limits)).bytes).toEqual((await fitMade(bytes, limits)).bytes);
  });
});

it("refuses a limit that no picture fits", async () => {
  const bytes = await plain(8, 8, "#ff0000").png().toBuffer();
  await expect(fitMade(bytes, { ...chat, bytesMax: FIT_BYTES_MIN - 1 })).rejects.toThrow(RangeError);
});
