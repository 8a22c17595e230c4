import { lighten, mix } from "./color.ts";
import type { Composition } from "./compose-scene.ts";
import { drawGround } from "./draw-ground.ts";
import { drawClouds, drawOrb, drawStars } from "./draw-sky.ts";
import { between, createRandom, pick, type Random } from "./random.ts";
import { drawn, flat, linear, n, through } from "./svg.ts";

/** Sky, distance and ground, under a sun or a moon. */
export function drawLandscape(composition: Composition, fine: boolean): string {
  const { frame, palette, scene } = composition;
  const random = createRandom("distance", scene.hash, composition.seed);
  const defs = `<defs>${linear(
    "sky",
    [0, 1],
    [
      [0, palette.sky[0]],
      [0.75, palette.sky[1]],
      [1, mix(palette.sky[1], palette.glow, 0.35)],
    ],
  )}</defs>`;
  const sky = flat(`M0 0H${n(frame.width)}V${n(frame.height)}H0z`, "url(#sky)");
  const orb = drawOrb(composition, random);
  const distance =
    scene.setting === "city" || scene.features.has("city")
      ? skyline(composition, random, fine)
      : ranges(composition, random);
  const front =
    scene.setting === "sea"
      ? reflection(composition, orb.x, random, fine)
      : scene.setting === "city"
        ? street(composition, random)
        : growth(composition, random);
  return `${defs}${sky}${drawStars(composition, fine)}${orb.drawing}${drawClouds(composition, random)}${distance}${drawGround(composition, fine)}${front}`;
}

/** Hills or mountains, paler the farther. */
function ranges({ frame, palette, horizon, scene, variant }: Composition, random: Random): string {
  const { features, setting } = scene;
  const peaked =
    features.has("mountains") || (setting !== "sea" && !features.has("hills") && variant % 4 === 1);
  const layers =
    setting === "sea" ? (features.has("mountains") || features.has("hills") ? 2 : variant % 2) : 3;
  return Array.from({ length: layers }, (_, layer) => {
    const near = (layer + 1) / (layers + 1);
    const tall =
      frame.height *
      (setting === "sea" ? 0.07 : peaked ? 0.34 - 0.2 * near : 0.2 - 0.1 * near) *
      (features.has("mountains") ? 1.35 : 1);
    const color = mix(palette.sky[1], mix(palette.ground[1], palette.shade, 0.35), 0.22 + near * 0.5);
    return peaked
      ? peaks(frame.width, horizon, tall, color, random)
      : flat(rolling(frame.width, horizon, tall, random), color);
  }).join("");
}

function peaks(width: number, horizon: number, tall: number, color: string, random: Random): string {
  const points: [number, number][] = [[-20, horizon]];
  const lit: string[] = [];
  let x = -width * random() * 0.2;
  while (x < width * 1.1) {
    const step = width * between(random, 0.12, 0.24);
    const rise = tall * between(random, 0.55, 1.1);
    points.push([x, horizon - tall * between(random, 0.15, 0.4)], [x + step * 0.5, horizon - rise]);
    lit.push(
      through([
        [x + step * 0.5, horizon - rise],
        [x + step * 0.74, horizon - rise * 0.56],
        [x + step * 0.56, horizon - rise * 0.66],
        [x + step * 0.48, horizon - rise * 0.52],
      ]),
    );
    x += step;
  }
  points.push([width + 20, horizon - tall * 0.2], [width + 20, horizon]);
  return flat(through(points), color) + flat(lit.join(""), lighten(color, 0.12), 0.8);
}

function rolling(width: number, horizon: number, tall: number, random: Random): string {
  const [a, b, c] = [between(random, 0.3, 1), between(random, 0.2, 1), between(random, 0.3, 1)];
  return `M0 ${n(horizon + 2)}V${n(horizon - tall * a)}C${n(width * 0.25)} ${n(horizon - tall * (b + 0.5))} ${n(width * 0.4)} ${n(horizon - tall * 0.1)} ${n(width * 0.62)} ${n(horizon - tall * b)}S${n(width * 0.9)} ${n(horizon - tall * 1.3)} ${n(width)} ${n(horizon - tall * c)}V${n(horizon + 2)}z`;
}

/** Rows of towers with lit windows, darker the nearer. */
function skyline(composition: Composition, random: Random, fine: boolean): string {
  const { frame, palette, horizon, scene, variant } = composition;
  const rows = [0.52, 0.4, 0.26].map((share, row) => {
    const drawing: string[] = [];
    const color = mix(palette.sky[1], palette.shade, 0.3 + row * 0.24);
    for (let left = -frame.width * 0.04 * random(); left < frame.width; ) {
      const width = frame.width * between(random, 0.045, 0.1);
      const tall = frame.height * share * between(random, 0.4, 1) * pick([1, 0.85, 1.1], variant);
      const tower = { left, foot: horizon, width, tall };
      const lamp = scene.light === "neon" ? pick(palette.accents, random() * 3) : palette.glow;
      drawing.push(flat(outlineOf(tower, random), color));
      drawing.push(flat(windowsOf(tower, palette.dark ? 0.42 : 0.16, random, fine), lamp, 0.25 + row * 0.22));
      left += width * (random() < 0.35 ? 1.3 : 1);
    }
    return drawing.join("");
  });
  return rows.join("");
}

interface Tower {
  readonly left: number;
  readonly foot: number;
  readonly width: number;
  readonly tall: number;
}

function outlineOf({ left, foot, width, tall }: Tower, random: Random): string {
  const step = random() < 0.3 ? width * 0.5 : 0;
  return `M${n(left)} ${n(foot + 2)}v${n(-tall - 2)}h${n(width * 0.3)}v${n(-step)}h${n(width * 0.4)}v${n(step)}h${n(width * 0.3)}v${n(tall + 2)}z`;
}

/** The windows of which a `share` is lit. */
function windowsOf({ left, foot, width, tall }: Tower, share: number, random: Random, fine: boolean): string {
  const [across, up] = [width / 5, width / 3.6];
  const floors = Math.floor(tall / up) - 1;
  const all = Array.from({ length: Math.max(0, floors) * 4 }, (_, index) => {
    if (random() > share) return "";
    const [x, y] = [left + ((index % 4) + 0.6) * across, foot - (Math.floor(index / 4) + 1) * up];
    return `M${n(x)} ${n(y)}h${n(across * 0.5)}v${n(up * (fine ? 0.42 : 0.5))}h${n(-across * 0.5)}z`;
  });
  return all.join("");
}

/** Wet asphalt: signs and windows run down it. */
function street({ frame, palette, horizon }: Composition, random: Random): string {
  const depth = frame.height - horizon;
  const defs = `<defs>${linear(
    "wet",
    [0, 1],
    [
      [0, palette.glow, 0.55],
      [1, palette.glow, 0],
    ],
  )}${linear(
    "wet2",
    [0, 1],
    [
      [0, palette.accents[1] ?? palette.glow, 0.5],
      [1, palette.glow, 0],
    ],
  )}</defs>`;
  return (
    defs +
    Array.from({ length: 22 }, (_, index) => {
      const [x, w] = [random() * frame.width, frame.width * between(random, 0.006, 0.03)];
      return flat(
        `M${n(x)} ${n(horizon)}h${n(w)}v${n(depth * between(random, 0.4, 0.95))}h${n(-w)}z`,
        index % 2 === 0 ? "url(#wet)" : "url(#wet2)",
        palette.dark ? 0.9 : 0.4,
      );
    }).join("")
  );
}

/** The sun's path on the water, in short strokes. */
function reflection(
  { frame, palette, horizon, scene, seed }: Composition,
  x: number,
  random: Random,
  fine: boolean,
): string {
  const depth = frame.height - horizon;
  const glint = (stream: Random, count: number, thin: number) =>
    Array.from({ length: count }, () => {
      const near = stream() ** 1.5;
      const reach = frame.width * (0.02 + near * 0.09);
      const at = x + between(stream, -1, 1) * reach;
      return drawn(
        `M${n(at - reach * 0.5)} ${n(horizon + 3 + depth * near)}h${n(reach * between(stream, 0.4, 1))}`,
        mix(palette.glow, "#fffaf0", 0.3),
        (1.6 + near * 4) * thin,
        between(stream, 0.45, 0.9),
      );
    }).join("");
  const swell = Array.from({ length: 5 }, (_, wave) => {
    const y = horizon + depth * (0.12 + wave * 0.19);
    const lift = depth * 0.04 * between(random, 0.4, 1.4);
    return flat(
      `M0 ${n(y)}Q${n(frame.width * 0.25)} ${n(y - lift)} ${n(frame.width * 0.5)} ${n(y)}T${n(frame.width)} ${n(y)}V${n(frame.height)}H0z`,
      mix(palette.ground[1], palette.shade, 0.3),
      0.14,
    );
  }).join("");
  return (
    swell + glint(random, 46, 1) + (fine ? glint(createRandom("glints", scene.hash, seed), 120, 0.4) : "")
  );
}

/** A few trees or tufts in the middle distance, away from the focus. */
function growth({ frame, palette, horizon, scene, focus, variant }: Composition, random: Random): string {
  const wood = scene.features.has("trees");
  const count = wood ? 26 : ([5, 0, 8, 3][variant % 4] ?? 0);
  const side = Math.min(frame.width, frame.height);
  const color = mix(mix("#2f5d4c", palette.shade, 0.35), palette.sky[1], 0.3);
  return Array.from({ length: count }, () => {
    const at = random() * frame.width;
    const x =
      !wood && Math.abs(at - focus.x) < frame.width * 0.2 ? (at + frame.width * 0.4) % frame.width : at;
    const h = side * between(random, 0.08, 0.17) * (wood ? 1.9 : 1);
    const y = horizon + between(random, 0, 0.1) * (frame.height - horizon);
    const d =
      variant % 2 === 0 || scene.surface === "snow"
        ? through([
            [x - h * 0.22, y],
            [x, y - h],
            [x + h * 0.22, y],
          ])
        : `M${n(x)} ${n(y)}v${n(-h * 0.3)}a${n(h * 0.3)} ${n(h * 0.36)} 0 1 1 1 0v${n(h * 0.3)}z`;
    return flat(d, mix(color, palette.sky[1], random() * 0.35));
  }).join("");
}
