import { type Color, lightnessOf } from "./color.ts";
import type { Frame } from "./scene.ts";
import { drawn, n } from "./svg.ts";

/** How tall a letter's body is, in frame units. */
const LETTER = 10;

/** Letters and digits as pen strokes, in a box 1 high: y = 0 is the top of an ascender, 1 the line they stand on. */
const STROKES: Readonly<Record<string, readonly [width: number, d: string]>> = {
  s: [0.42, "M.38 .48C.2 .36 .04 .46 .1 .58C.16 .7 .38 .66 .36 .84C.34 1 .1 1.02 .02 .9"],
  k: [0.46, "M.06 0V1M.38 .44L.07 .74L.4 1"],
  e: [0.46, "M.06 .7H.4C.42 .36 .06 .34 .04 .7C.03 1.04 .32 1.04 .42 .88"],
  t: [0.38, "M.18 .14V.84C.18 1 .28 1.02 .36 .96M.02 .44H.36"],
  c: [0.44, "M.4 .52C.26 .34 .02 .44 .04 .72C.06 1.04 .3 1.06 .42 .88"],
  h: [0.46, "M.06 0V1M.06 .64C.16 .38 .4 .38 .4 .64V1"],
  " ": [0.4, ""],
  "0": [0.5, "M.25 .2C-.03 .2 -.03 1 .25 1C.53 1 .53 .2 .25 .2"],
  "1": [0.3, "M.02 .38L.2 .2V1"],
  "2": [0.48, "M.04 .4C.08 .12 .46 .16 .42 .42C.4 .62 .14 .76 .04 1H.44"],
  "3": [
    0.48,
    "M.06 .26C.26 .12 .44 .24 .4 .42C.36 .56 .24 .57 .18 .57C.3 .57 .46 .64 .43 .82C.4 1.02 .14 1.06 .03 .9",
  ],
  "4": [0.5, "M.34 1V.2L.03 .74H.47"],
  "5": [0.48, "M.42 .2H.12L.08 .54C.24 .44 .46 .52 .43 .76C.4 1.04 .12 1.04 .03 .9"],
  "6": [0.48, "M.38 .22C.12 .3 .02 .6 .05 .8C.1 1.06 .42 1.04 .42 .78C.42 .54 .14 .52 .06 .74"],
  "7": [0.46, "M.04 .2H.42L.16 1"],
  "8": [
    0.48,
    "M.24 .55C.02 .48 .06 .2 .24 .2C.42 .2 .46 .48 .24 .55C-.02 .64 .02 1 .24 1C.46 1 .5 .64 .24 .55",
  ],
  "9": [0.48, "M.4 .44C.38 .66 .06 .64 .07 .4C.08 .14 .4 .14 .42 .42C.44 .7 .32 .92 .14 1"],
};

/** The part of the frame that a signature may take, as shares of it from the lower right corner. */
export const SIGNATURE_AREA = { width: 0.24, height: 0.06 } as const;

/** "sketch" and the seed, by hand, in the lower right corner, legible on `ground`. Drawn as paths, since a bare server has no fonts. */
export function drawSignature(frame: Frame, seed: number, ground: Color): string {
  const [ink, halo] = lightnessOf(ground) > 0.58 ? ["#231d28", "#fbf3e2"] : ["#fbf3e2", "#231d28"];
  const text = `sketch ${seed}`;
  const height = LETTER / 0.6;
  let pen = 0;
  const glyphs = [...text].map((character) => {
    const [width, d] = STROKES[character] ?? [0, ""];
    const glyph = d === "" ? "" : `<path d="${d}" transform="translate(${n(pen)} 0)"/>`;
    pen += width + 0.14;
    return glyph;
  });
  const margin = 22;
  const x = frame.width - margin - pen * height;
  const y = frame.height - margin - height;
  const rule = drawn(
    `M${n(x - 2)} ${n(y + height * 1.28)}q${n(pen * height * 0.5)} -5 ${n(pen * height * 0.92)} -1`,
    ink,
    0.9,
    0.5,
  );
  // The halo keeps it readable on any ground.
  const pens = [
    [halo, 0.26, 0.2],
    [ink, 0.08, 0.75],
  ].map(
    ([color, width, opacity]) =>
      `<g stroke="${color}" stroke-width="${width}" stroke-opacity="${opacity}">${glyphs.join("")}</g>`,
  );
  return `${rule}<g transform="translate(${n(x)} ${n(y)}) skewX(-8) scale(${n(height)})" fill="none" stroke-linecap="round" stroke-linejoin="round">${pens.join("")}</g>`;
}
