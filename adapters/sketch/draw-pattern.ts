import { type Color, lighten, mix } from "./color.ts";
import type { Composition } from "./compose-scene.ts";
import { between, createRandom, pick, type Random } from "./random.ts";
import { disc, drawn, flat, n } from "./svg.ts";

/** No things, only form: four ways to fill a frame, one a seed. */
export function drawPattern(composition: Composition, fine: boolean): string {
  const { frame, palette, scene, seed, variant } = composition;
  const random = createRandom("pattern", scene.hash, seed);
  const inks = [
    ...palette.accents.slice(0, 3),
    palette.ground[0],
    palette.sky[0],
    mix(palette.accents[0] ?? palette.glow, palette.shade, 0.45),
  ];
  const ground = flat(`M0 0H${n(frame.width)}V${n(frame.height)}H0z`, palette.sky[1]);
  const ways = [tiles, bands, stones, arcs];
  return ground + pick(ways, variant)(composition, inks, random) + (fine ? threads(composition, random) : "");
}

type Way = (composition: Composition, inks: readonly Color[], random: Random) => string;

/** Quarter circles, halves and dots on a square grid. */
const tiles: Way = ({ frame }, inks, random) => {
  const side = Math.min(frame.width, frame.height) / (4 + Math.floor(random() * 2));
  const cells: string[] = [];
  for (let y = 0; y < frame.height; y += side)
    for (let x = 0; x < frame.width; x += side) {
      const [under, over] = [pick(inks, Math.floor(random() * 60)), pick(inks, Math.floor(random() * 60))];
      const at = `translate(${n(x + side / 2)} ${n(y + side / 2)}) rotate(${90 * Math.floor(random() * 4)}) scale(${n(side / 2)})`;
      cells.push(
        `<g transform="${at}">${flat("M-1.01 -1.01H1.01V1.01H-1.01z", under)}${flat(pick(CELLS, Math.floor(random() * CELLS.length)), over)}</g>`,
      );
    }
  return cells.join("");
};

const CELLS = [
  "M-1 -1H1A2 2 0 0 1 -1 1z",
  "M-1 -1A1 1 0 0 1 -1 1zM0 -1A1 1 0 0 1 0 1z",
  "M-.6 0a.6 .6 0 1 0 1.2 0a.6 .6 0 1 0 -1.2 0z",
  "M-1 -1H0A1 1 0 0 1 -1 0zM1 1H0A1 1 0 0 1 1 0z",
  "M-1 -1H1L-1 1z",
  "M-1 0A1 1 0 0 1 1 0z",
  "M-1 -1A2 2 0 0 0 1 1V-1z",
];

/** Broad waves, one over the other. */
const bands: Way = ({ frame }, inks, random) => {
  const count = 8;
  const phase = random() * 6;
  return Array.from({ length: count }, (_, index) => {
    const y = (frame.height * (index + 0.4)) / count;
    const lift = frame.height * (0.07 + 0.05 * Math.sin(phase + index));
    const sway = frame.width * between(random, 0.2, 0.36);
    return flat(
      `M0 ${n(y)}C${n(sway)} ${n(y - lift * 2)} ${n(frame.width - sway)} ${n(y + lift * 2)} ${n(frame.width)} ${n(y - lift * 0.5)}V${n(frame.height)}H0z`,
      pick(inks, index + Math.floor(phase)),
    );
  }).join("");
};

/** Cut-out pebbles and stems, laid loosely on the ground colour. */
const stones: Way = ({ frame, palette }, inks, random) => {
  const side = Math.min(frame.width, frame.height) / 4.2;
  const pieces: string[] = [];
  let odd = 0;
  for (let y = side * 0.4; y < frame.height + side * 0.5; y += side * 0.86, odd++)
    for (let x = odd % 2 === 0 ? side * 0.3 : side * 0.85; x < frame.width + side * 0.5; x += side * 1.1) {
      const [r, ink] = [
        side * between(random, 0.32, 0.46),
        pick(inks.slice(0, 4), Math.floor(random() * 40)),
      ];
      const d = `M${n(-r)} 0C${n(-r)} ${n(-r * between(random, 0.7, 1.4))} ${n(r * 0.6)} ${n(-r * 1.2)} ${n(r)} ${n(-r * 0.2)}S${n(r * 0.3)} ${n(r * 1.1)} ${n(-r * 0.3)} ${n(r * 0.9)}S${n(-r)} ${n(r * 0.5)} ${n(-r)} 0z`;
      pieces.push(
        `<g transform="translate(${n(x)} ${n(y)}) rotate(${n(random() * 360)})">${flat(d, ink)}${random() < 0.4 ? drawn(`M${n(-r * 0.6)} ${n(r * 0.2)}Q0 ${n(-r * 0.5)} ${n(r * 0.6)} ${n(-r * 0.1)}`, palette.sky[1], r * 0.09) : disc(r * 0.1, -r * 0.1, r * between(random, 0.1, 0.3), lighten(ink, 0.12), 0.8)}</g>`,
      );
    }
  return pieces.join("");
};

/** Great concentric arcs from two corners, with one disc. */
const arcs: Way = ({ frame, light }, inks, random) => {
  const reach = Math.hypot(frame.width, frame.height) * 0.72;
  const rings = 7;
  const corner = light.from < 0 ? 0 : frame.width;
  const fan = (cx: number, cy: number, size: number, start: number) =>
    Array.from({ length: rings }, (_, ring) =>
      disc(cx, cy, size * (1 - ring / rings), pick(inks, ring + start)),
    ).join("");
  const r = Math.min(frame.width, frame.height);
  return (
    fan(corner, frame.height, reach, 0) +
    fan(frame.width - corner, 0, reach * between(random, 0.42, 0.6), 3) +
    disc(
      frame.width / 2 + light.from * r * between(random, 0.1, 0.24),
      frame.height * between(random, 0.3, 0.42),
      r * 0.12,
      pick(inks, 1),
    )
  );
};

/** Fine parallel pencil lines over everything. */
function threads({ frame, palette }: Composition, random: Random): string {
  return Array.from({ length: 90 }, (_, index) => {
    const y = (frame.height * index) / 90 + between(random, -2, 2);
    return drawn(
      `M0 ${n(y)}q${n(frame.width / 2)} ${n(between(random, -4, 4))} ${n(frame.width)} 0`,
      palette.shade,
      0.8,
      0.06,
    );
  }).join("");
}
