import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { IMAGE_BYTES_MAX, inspectImage, PIXELS_MAX } from "../../src/images/inspect-image.ts";
import { handmadePng, noise, plain, withAnimationChunk } from "./pictures.ts";

const FORMATS = ["png", "jpeg", "webp"] as const;
const whole = new Map<string, Buffer>();

beforeAll(async () => {
  for (const format of FORMATS) whole.set(format, await noise(200, 120).toFormat(format).toBuffer());
  whole.set("interlaced png", await noise(200, 120).png({ progressive: true }).toBuffer());
  whole.set("progressive jpeg", await noise(200, 120).jpeg({ progressive: true }).toBuffer());
  whole.set("lossless webp", await noise(200, 120).webp({ lossless: true }).toBuffer());
});

describe("a good image", () => {
  it.each(FORMATS)("passes as %s, by its content", async (format) => {
    expect(await inspectImage(whole.get(format) ?? Buffer.alloc(0))).toEqual({
      status: "ok",
      mime: `image/${format}`,
      width: 200,
      height: 120,
    });
  });

  it("has the sides that are seen when it is stored on its side", async () => {
    const turned = await plain(30, 20, "#808080").withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await inspectImage(turned)).toMatchObject({ status: "ok", width: 20, height: 30 });
  });

  it("may be in grey, in CMYK, of 16 bits, or transparent", async () => {
    const odd = [
      await plain(20, 20, "#808080").toColourspace("b-w").png().toBuffer(),
      await plain(20, 20, "#808080").toColourspace("cmyk").jpeg().toBuffer(),
      await plain(20, 20, "#808080").toColourspace("rgb16").png().toBuffer(),
      await plain(20, 20, "#808080").ensureAlpha(0.5).png().toBuffer(),
    ];
    for (const bytes of odd)
      expect(await inspectImage(bytes)).toMatchObject({ status: "ok", width: 20, height: 20 });
  });
});

describe("what is not one of our images", () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>';
  it.each([
    ["nothing", ""],
    ["text", "I am sorry, I cannot make that image."],
    ["HTML", "<!doctype html><title>502 Bad Gateway</title>"],
    ["SVG", svg],
    ["SVG behind an XML head", `<?xml version="1.0"?>\n${svg}`],
    ["a bare PNG signature", "\x89PNG\r\n\x1a\n"],
    ["a JPEG start and then text", "\xff\xd8\xff and so on"],
    ["a RIFF that is sound", "RIFF\x24\0\0\0WAVEfmt "],
  ])("refuses %s", async (_, content) => {
    const check = await inspectImage(Buffer.from(content, "latin1"));
    expect(check).toEqual({ status: "bad", reason: "not_an_image" });
  });

  it.each(["gif", "tiff", "avif"] as const)("refuses %s", async (format) => {
    const bytes = await plain(8, 8, "#ff0000").toFormat(format).toBuffer();
    expect(await inspectImage(bytes)).toEqual({ status: "bad", reason: "not_an_image" });
  });
});

describe("limits", () => {
  it("refuses too many bytes without reading them", async () => {
    const check = await inspectImage(Buffer.alloc(IMAGE_BYTES_MAX + 1));
    expect(check).toEqual({ status: "bad", reason: "too_many_bytes" });
  });

  it("refuses a bomb by its header, before a pixel is decoded", async () => {
    // 576 megapixels in 71 kB. Decoding them would take seconds, reading the header does not.
    const bomb = handmadePng(24_000, 24_000, 24_000);
    expect(bomb.byteLength).toBeLessThan(100_000);
    const start = performance.now();
    expect(await inspectImage(bomb)).toEqual({ status: "bad", reason: "too_many_pixels" });
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it("refuses the largest sides that a PNG can claim", async () => {
    const claim = handmadePng(2 ** 31 - 1, 2 ** 31 - 1, 0);
    expect(await inspectImage(claim)).toMatchObject({ status: "bad" });
  });

  it("refuses a side that is too long to be a picture", async () => {
    expect(await inspectImage(handmadePng(20_000, 2, 2))).toEqual({
      status: "bad",
      reason: "too_many_pixels",
    });
  });

  it("takes an image of just the limit", async () => {
    const limits = { bytesMax: IMAGE_BYTES_MAX, pixelsMax: 200 * 120 };
    const png = whole.get("png") ?? Buffer.alloc(0);
    expect(await inspectImage(png, limits)).toMatchObject({ status: "ok" });
    const below = { bytesMax: png.byteLength, pixelsMax: 200 * 120 - 1 };
    expect(await inspectImage(png, below)).toEqual({ status: "bad", reason: "too_many_pixels" });
    expect(PIXELS_MAX).toBe(64_000_000);
  });

  it("refuses animations", async () => {
    const frames = await sharp(
      [await plain(8, 8, "#ff0000").png().toBuffer(), await plain(8, 8, "#00ff00").png().toBuffer()],
      {
        join: { animated: true },
      },
    )
      .webp()
      .toBuffer();
    expect(await inspectImage(frames)).toEqual({ status: "bad", reason: "animated" });
    const png = withAnimationChunk(await plain(8, 8, "#ff0000").png().toBuffer());
    expect(await inspectImage(png)).toEqual({ status: "bad", reason: "animated" });
  });
});

describe("damage", () => {
  it("finds every kind of image that was cut short, wherever", async () => {
    expect(whole.size).toBe(6);
    for (const [kind, bytes] of whole) {
      for (const share of [0.05, 0.5, 0.9, 0.99]) {
        const check = await inspectImage(bytes.subarray(0, Math.floor(bytes.byteLength * share)));
        expect(check, `${kind} cut to ${share}`).toMatchObject({ status: "bad" });
      }
    }
  });

  it("never rejects, whatever the bytes", async () => {
    const damage = fc.array(fc.record({ at: fc.nat(20_000), value: fc.nat(255) }), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole.keys()),
        damage,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (kind, hits, share) => {
          const bytes = Buffer.from(whole.get(kind) ?? []);
          for (const { at, value } of hits) bytes[at % bytes.length] = value;
          const check = await inspectImage(bytes.subarray(0, Math.ceil(bytes.length * Math.sqrt(share))));
          expect(["ok", "bad"]).toContain(check.status);
        },
      ),
      { numRuns: 300 },
    );
  });
});
