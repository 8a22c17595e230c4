import sharp, { type Sharp } from "sharp";
import { createRandom } from "./measure.ts";

/** A square picture: soft shapes with a fine grain, which is what a photograph costs a codec. */
export async function photoLike(seed: number, side: number): Promise<Sharp> {
  const random = createRandom(seed);
  const coarse = Buffer.from(Array.from({ length: 12 * 12 * 3 }, () => random() * 256));
  const soft = await sharp(coarse, { raw: { width: 12, height: 12, channels: 3 } })
    .resize(side, side, { kernel: "cubic" })
    .raw()
    .toBuffer();
  const grained = soft.map((value) => Math.max(0, Math.min(255, value + (random() - 0.5) * 14)));
  return sharp(grained, { raw: { width: side, height: side, channels: 3 } });
}
