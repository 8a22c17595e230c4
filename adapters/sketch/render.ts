import sharp from "sharp";
import type { Dimensions } from "../../src/core/recipe.ts";
import { createRandom } from "./random.ts";
import type { Frame } from "./scene.ts";

/** A whole SVG file of elements in frame units. Aspect and pixels differ by about a percent: that much is stretched. */
export function toSvg(elements: string, frame: Frame, { width, height }: Dimensions): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${frame.width} ${frame.height}" preserveAspectRatio="none">${elements}</svg>`,
  );
}

/** A picture, SVG or pixels, and the SVG that is drawn over it: both of the same dimensions. */
export interface Layers {
  readonly picture: Buffer;
  readonly over: Buffer | undefined;
}

/** Puts a picture on paper, and encodes it as PNG. */
export async function finish({ picture, over }: Layers, { width }: Dimensions): Promise<Uint8Array> {
  const paper = await paperTile(width > 2000 ? 2 : 1);
  return await sharp(picture)
    .removeAlpha()
    .composite([
      ...(over === undefined ? [] : [{ input: over }]),
      { input: paper, tile: true, blend: "soft-light" },
    ])
    .removeAlpha()
    .png({ compressionLevel: 3 })
    .toBuffer();
}

/** Side of the paper tile, in pixels. */
const TILE = 256;

/** A tile of paper tooth: grey noise around the middle. `coarseness` is the size of a grain in pixels. */
function paperTile(coarseness: number): Promise<Buffer> {
  const random = createRandom("paper");
  const side = TILE / coarseness;
  const noise = Uint8Array.from(
    { length: side * side },
    () => 128 + Math.round((random() + random() - 1) * 26),
  );
  return sharp(noise, { raw: { width: side, height: side, channels: 1 } })
    .resize(TILE, TILE, { kernel: "linear" })
    .toColourspace("srgb")
    .png()
    .toBuffer();
}
