import { lighten, mix } from "./color.ts";
import type { Composition } from "./compose-scene.ts";
import { between, createRandom, type Random } from "./random.ts";
import type { Surface } from "./scene.ts";
import { drawn, flat, linear, n, radial, through } from "./svg.ts";

/** The plane that things stand on, with its material and the light that falls on it. */
export function drawGround(composition: Composition, fine: boolean): string {
  const { frame, palette, horizon, scene } = composition;
  const plane = `M0 ${n(horizon)}H${n(frame.width)}V${n(frame.height)}H0z`;
  const [far, near] = palette.ground;
  const defs = `<defs>${linear(
    "ground",
    [0, 1],
    [
      [0, far],
      [1, near],
    ],
  )}<clipPath id="plane"><path d="${plane}"/></clipPath></defs>`;
  const edge = drawn(`M0 ${n(horizon)}H${n(frame.width)}`, palette.shade, 1.2, 0.25);
  const base = scene.setting === "table" || scene.setting === "room" ? edge : "";
  return `${defs}${flat(plane, "url(#ground)")}<g clip-path="url(#plane)">${grain(composition, fine)}${patchOfLight(composition)}${scene.features.has("refraction") ? caustics(composition) : ""}</g>${base}`;
}

interface Stroke {
  readonly count: number;
  /** Share of the frame's width. */
  readonly length: number;
  readonly thick: number;
  readonly opacity: number;
  /** How far a stroke's middle rises, in units. */
  readonly bow: number;
}

/** How each material is brushed. */
const BRUSHES: Readonly<Record<Surface | "plain", Stroke>> = {
  plain: { count: 26, length: 0.34, thick: 3, opacity: 0.1, bow: 0 },
  wood: { count: 60, length: 0.5, thick: 2.2, opacity: 0.17, bow: 2 },
  limestone: { count: 70, length: 0.09, thick: 3.4, opacity: 0.2, bow: 3 },
  marble: { count: 16, length: 0.4, thick: 1.8, opacity: 0.24, bow: 46 },
  concrete: { count: 60, length: 0.05, thick: 4, opacity: 0.12, bow: 1 },
  metal: { count: 70, length: 0.6, thick: 1.4, opacity: 0.16, bow: 0 },
  glass: { count: 20, length: 0.5, thick: 4, opacity: 0.2, bow: 0 },
  linen: { count: 90, length: 0.22, thick: 1.3, opacity: 0.16, bow: 0 },
  velvet: { count: 30, length: 0.3, thick: 9, opacity: 0.12, bow: 14 },
  sand: { count: 46, length: 0.3, thick: 3, opacity: 0.17, bow: 12 },
  snow: { count: 26, length: 0.3, thick: 6, opacity: 0.22, bow: 14 },
  grass: { count: 260, length: 0.004, thick: 2.2, opacity: 0.4, bow: 22 },
  water: { count: 80, length: 0.14, thick: 2.6, opacity: 0.26, bow: 3 },
};

/** Brush strokes along the plane, nearer ones longer and farther apart. */
function grain(composition: Composition, fine: boolean): string {
  const { frame, palette, horizon, scene, seed } = composition;
  const surface = scene.surface ?? (scene.setting === "sea" ? "water" : "plain");
  const brush = BRUSHES[surface];
  const depth = frame.height - horizon;
  const strokes = (random: Random, count: number, thin: number) =>
    Array.from({ length: count }, () => {
      const near = random() ** 1.6;
      const y = horizon + depth * near;
      const length = frame.width * brush.length * (0.3 + near) * between(random, 0.5, 1.3);
      const x = between(random, -length, frame.width);
      const tone = random();
      const color =
        tone < 0.5 ? lighten(palette.ground[0], 0.08) : mix(palette.ground[1], palette.shade, 0.3);
      const bow = brush.bow * (0.3 + near) * (surface === "grass" ? 1 : between(random, -1, 1));
      return drawn(
        `M${n(x)} ${n(y)}q${n(length / 2)} ${n(-bow)} ${n(length)} ${n(bow * 0.2)}`,
        color,
        brush.thick * (0.35 + near * 1.2) * thin,
        brush.opacity * between(random, 0.5, 1.2),
      );
    }).join("");
  const coarse = strokes(createRandom("ground", scene.hash, seed), brush.count, 1);
  return fine
    ? coarse + strokes(createRandom("ground fine", scene.hash, seed), brush.count * 3, 0.35)
    : coarse;
}

/** Light from a window or a low sun, lying on the ground. */
function patchOfLight({ frame, palette, horizon, light, focus, scene, variant }: Composition): string {
  const open = scene.setting === "sea" || scene.setting === "city" || scene.setting === "outdoors";
  if (open && !(scene.setting === "outdoors" && palette.dark)) return "";
  const depth = frame.height - horizon;
  if (open || scene.light === "night" || scene.light === "neon" || variant % 3 === 2) {
    const pool = `M${n(focus.x - frame.width * 0.42)} ${n(focus.y)}a${n(frame.width * 0.42)} ${n(depth * 0.45)} 0 1 0 ${n(frame.width * 0.84)} 0a${n(frame.width * 0.42)} ${n(depth * 0.45)} 0 1 0 ${n(-frame.width * 0.84)} 0z`;
    return `<defs>${radial("pool", [
      [0, palette.glow, 0.4],
      [0.55, palette.glow, 0.14],
      [1, palette.glow, 0],
    ])}</defs>${flat(pool, "url(#pool)")}`;
  }
  const lean = -light.from * depth * light.along * 1.2;
  const bands =
    variant % 2 === 0
      ? [
          [-0.34, 0.3],
          [0.0, 0.26],
        ]
      : [[-0.26, 0.52]];
  const defs = `<defs>${linear(
    "beam",
    [0, 1],
    [
      [0, palette.glow, 0.62],
      [1, palette.glow, 0.1],
    ],
  )}</defs>`;
  return (
    defs +
    bands
      .map(([at = 0, width = 0]) => {
        const x = focus.x + frame.width * at - lean * 0.5;
        const wide = frame.width * width;
        return flat(
          through([
            [x, horizon + depth * 0.06],
            [x + wide, horizon + depth * 0.06],
            [x + wide * 1.25 + lean, frame.height],
            [x + lean - wide * 0.1, frame.height],
          ]),
          "url(#beam)",
        );
      })
      .join("")
  );
}

const SPECTRUM = ["#ff8f7a", "#ffc36b", "#fff0a0", "#a8e6b0", "#8fd0f5", "#c3a8f0"];

/** Light bent through glass: a fan of colours on the side away from the light. */
function caustics({ frame, focus, light, scene, seed }: Composition): string {
  const random = createRandom("caustics", scene.hash, seed);
  const reach = Math.min(frame.width, frame.height) * between(random, 0.6, 0.8);
  const away = -light.from;
  const spread = between(random, 0.26, 0.36);
  const fan = SPECTRUM.map((color, index) => {
    const [a, b] = [index, index + 1.15].map((at) => (at / SPECTRUM.length) * spread + 0.06);
    const point = (angle = 0, length = 1): [number, number] => [
      focus.x + away * reach * length * Math.cos(angle),
      focus.y + reach * length * Math.sin(angle),
    ];
    const fade = linear(
      `ray${index}`,
      [away, 0],
      [
        [0, color, 0.75],
        [0.55, color, 0.5],
        [1, color, 0],
      ],
    );
    return `<defs>${fade}</defs>${flat(through([point(a, 0.1), point(a, 1), point(b, 1.04), point(b, 0.1)]), `url(#ray${index})`)}`;
  });
  const core = `M${n(focus.x)} ${n(focus.y)}q${n(away * reach * 0.3)} ${n(reach * 0.02)} ${n(away * reach * 0.74)} ${n(reach * 0.16)}q${n(-away * reach * 0.4)} ${n(0)} ${n(-away * reach * 0.74)} ${n(-reach * 0.16)}z`;
  return fan.join("") + flat(core, "#fffbe8", 0.75);
}
