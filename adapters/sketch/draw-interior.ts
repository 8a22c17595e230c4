import { lighten, mix } from "./color.ts";
import type { Composition } from "./compose-scene.ts";
import { drawGround } from "./draw-ground.ts";
import { between, createRandom, pick, type Random } from "./random.ts";
import { disc, drawn, flat, linear, n, through } from "./svg.ts";

/** A wall behind a table, a plinth or a floor. */
export function drawInterior(composition: Composition, fine: boolean): string {
  const { frame, palette, scene } = composition;
  const random = createRandom("wall", scene.hash, composition.seed);
  const defs = `<defs>${linear(
    "wall",
    [0, 1],
    [
      [0, palette.sky[0]],
      [1, palette.sky[1]],
    ],
  )}</defs>`;
  const wall = flat(`M0 0H${n(frame.width)}V${n(frame.height)}H0z`, "url(#wall)");
  const behind =
    scene.setting === "room" || scene.features.has("window")
      ? furnish(composition, random)
      : motif(composition, random);
  return `${defs}${wall}${behind}${drawGround(composition, fine)}${scene.setting === "room" ? rug(composition) : ""}${scene.setting === "studio" ? plinth(composition) : ""}`;
}

/** One large calm form on the wall, to lead the eye; neighbouring seeds get different ones. */
function motif(composition: Composition, random: Random): string {
  const { frame, palette, horizon, focus, light, variant } = composition;
  const tint = mix(pick(palette.accents, variant), palette.sky[1], palette.dark ? 0.55 : 0.6);
  const pale = mix(lighten(palette.sky[1], palette.dark ? 0.08 : 0.04), palette.glow, 0.35);
  const side = Math.min(frame.width, frame.height);
  const x = focus.x + between(random, -0.06, 0.06) * frame.width;
  switch (variant % 5) {
    case 0:
      return windowLight(composition, pale);
    case 1:
      return disc(
        x + light.from * side * 0.12,
        horizon - side * 0.3,
        side * between(random, 0.27, 0.36),
        tint,
      );
    case 2:
      return [0.34, 0.26]
        .map((radius, index) => {
          const r = side * radius;
          const d = `M${n(x - r)} ${n(horizon)}V${n(Math.max(r * 1.1, horizon - side * 0.42))}a${n(r)} ${n(r)} 0 0 1 ${n(2 * r)} 0V${n(horizon)}z`;
          return flat(d, index === 0 ? tint : mix(tint, palette.sky[0], 0.55));
        })
        .join("");
    case 3: {
      const at =
        light.from < 0 ? frame.width * between(random, 0.5, 0.62) : frame.width * between(random, 0.38, 0.5);
      const d =
        light.from < 0
          ? `M${n(at)} 0H${n(frame.width)}V${n(horizon)}H${n(at)}z`
          : `M0 0H${n(at)}V${n(horizon)}H0z`;
      return flat(d, tint) + windowLight(composition, pale, 0.5);
    }
    default: {
      const h = horizon * between(random, 0.42, 0.6);
      const d = `M0 ${n(h)}C${n(frame.width * 0.3)} ${n(h - side * 0.22)} ${n(frame.width * 0.45)} ${n(h + side * 0.2)} ${n(frame.width)} ${n(h - side * 0.12)}V${n(horizon)}H0z`;
      const lower = `M0 ${n(h + side * 0.17)}C${n(frame.width * 0.35)} ${n(h + side * 0.3)} ${n(frame.width * 0.6)} ${n(h - side * 0.02)} ${n(frame.width)} ${n(h + side * 0.16)}V${n(horizon)}H0z`;
      return flat(d, mix(tint, palette.sky[1], 0.4)) + flat(lower, tint, 0.85);
    }
  }
}

/** What the sun throws through a window that we do not see. */
function windowLight(
  { frame, horizon, light, focus, palette }: Composition,
  paint: string,
  strength = 1,
): string {
  const side = Math.min(frame.width, frame.height);
  const [w, h, lean] = [side * 0.2, Math.min(side * 0.27, horizon * 0.4), -light.from * side * 0.1];
  const x = focus.x - w + light.from * side * 0.06;
  const y = horizon * 0.5 - h;
  const panes = [0, 1].flatMap((row) =>
    [0, 1].map((column) => {
      const left = x + column * (w + 9) + lean * row;
      const top = y + row * (h + 9) - light.from * column * 8;
      return flat(
        through([
          [left, top],
          [left + w, top - light.from * 8],
          [left + w + lean, top + h - light.from * 8],
          [left + lean, top + h],
        ]),
        paint,
        (palette.dark ? 0.3 : 0.75) * strength,
      );
    }),
  );
  return panes.join("");
}

/** A window, a shelf or pictures on the wall of a room. */
function furnish(composition: Composition, random: Random): string {
  const { frame, palette, horizon, focus, variant, scene } = composition;
  const side = Math.min(frame.width, frame.height);
  const away =
    focus.x > frame.width / 2
      ? frame.width * between(random, 0.2, 0.3)
      : frame.width * between(random, 0.7, 0.8);
  const skirting = flat(
    `M0 ${n(horizon - side * 0.03)}H${n(frame.width)}V${n(horizon)}H0z`,
    mix(palette.sky[1], palette.shade, 0.22),
  );
  const stripe = flat(
    `M0 ${n(horizon * 0.62)}H${n(frame.width)}V${n(horizon)}H0z`,
    mix(palette.sky[0], palette.accents[1] ?? palette.shade, 0.35),
    variant % 2 === 0 ? 0.55 : 0,
  );
  const shelf = scene.features.has("shelf") ? bookshelf(composition, random, focus.x, horizon * 0.3) : "";
  const wall =
    scene.features.has("window") || variant % 2 === 1
      ? paneled(composition, away, side)
      : framed(composition, random, away, side);
  return stripe + wall + shelf + skirting;
}

function paneled({ palette, horizon }: Composition, x: number, side: number): string {
  const [w, h] = [side * 0.34, Math.min(side * 0.46, horizon * 0.66)];
  const y = horizon * 0.14;
  const frame = mix("#fbf5e8", palette.sky[1], palette.dark ? 0.5 : 0.15);
  const view = palette.dark ? mix(palette.sky[0], "#0c1430", 0.5) : mix("#bfe0ea", palette.glow, 0.4);
  const d = `M${n(x - w / 2)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}z`;
  const hill = `M${n(x - w / 2)} ${n(y + h)}v${n(-h * 0.24)}q${n(w * 0.3)} ${n(-h * 0.16)} ${n(w * 0.55)} ${n(-h * 0.02)}t${n(w * 0.45)} ${n(-h * 0.05)}v${n(h * 0.31)}z`;
  return (
    flat(d, view) +
    flat(hill, mix(palette.accents[1] ?? view, view, 0.45)) +
    disc(x + w * 0.22, y + h * 0.26, w * 0.1, palette.glow) +
    drawn(`${d}M${n(x)} ${n(y)}v${n(h)}M${n(x - w / 2)} ${n(y + h * 0.45)}h${n(w)}`, frame, side * 0.014) +
    flat(`M${n(x - w * 0.58)} ${n(y + h)}h${n(w * 1.16)}v${n(side * 0.022)}h${n(-w * 1.16)}z`, frame)
  );
}

function framed({ palette, horizon }: Composition, random: Random, x: number, side: number): string {
  return [
    [-0.13, 0.2, 0.28],
    [0.12, 0.17, 0.2],
  ]
    .map(([dx = 0, w = 0, h = 0], index) => {
      const [left, top, wide, tall] = [
        x + side * (dx - w / 2),
        horizon * (0.24 + 0.08 * index),
        side * w,
        side * h,
      ];
      const d = `M${n(left)} ${n(top)}h${n(wide)}v${n(tall)}h${n(-wide)}z`;
      const art = pick(palette.accents, index + Math.floor(random() * 3));
      return (
        flat(d, mix(palette.sky[1], "#fffaf0", palette.dark ? 0.25 : 0.6)) +
        disc(left + wide * 0.5, top + tall * 0.42, wide * 0.24, art) +
        flat(
          `M${n(left + wide * 0.14)} ${n(top + tall * 0.84)}q${n(wide * 0.36)} ${n(-tall * 0.4)} ${n(wide * 0.72)} 0z`,
          mix(art, palette.shade, 0.5),
        ) +
        drawn(d, palette.shade, 3, 0.7)
      );
    })
    .join("");
}

function bookshelf({ frame, palette }: Composition, random: Random, x: number, y: number): string {
  const side = Math.min(frame.width, frame.height);
  const left = x - side * 0.3;
  const board = mix(palette.shade, "#8a5a3a", 0.6);
  return [0, side * 0.2]
    .map((drop) => {
      let spine = left + side * 0.02;
      const books: string[] = [];
      while (spine < left + side * 0.54) {
        const [w, h] = [side * between(random, 0.016, 0.034), side * between(random, 0.1, 0.155)];
        if (random() < 0.88)
          books.push(
            flat(
              `M${n(spine)} ${n(y + drop - h)}h${n(w)}v${n(h)}h${n(-w)}z`,
              mix(pick(palette.accents, Math.floor(random() * 9)), palette.sky[1], random() * 0.4),
            ),
          );
        spine += w + 1.5;
      }
      return (
        books.join("") +
        flat(`M${n(left)} ${n(y + drop)}h${n(side * 0.6)}v${n(side * 0.016)}h${n(-side * 0.6)}z`, board)
      );
    })
    .join("");
}

function rug({ frame, palette, focus, variant }: Composition): string {
  const color = mix(pick(palette.accents, variant + 2), palette.ground[0], 0.35);
  const oval = (rx: number, paint: string) =>
    `<ellipse cx="${n(focus.x)}" cy="${n(focus.y + frame.height * 0.02)}" rx="${n(frame.width * rx)}" ry="${n(frame.height * rx * 0.24)}" fill="${paint}"/>`;
  return oval(0.44, color) + oval(0.4, lighten(color, 0.06)) + oval(0.37, color);
}

/** A low round stage under what is being shown. */
function plinth({ frame, palette, focus, placed, variant }: Composition): string {
  if (variant % 2 === 1 || placed.every((thing) => thing.aloft)) return "";
  const reach =
    Math.max(...placed.map((thing) => Math.abs(thing.x - focus.x) + (thing.shape.width * thing.scale) / 2)) *
    1.25;
  const rx = Math.min(reach, frame.width * 0.46);
  const [ry, rise] = [rx * 0.17, rx * 0.22];
  const top = mix(lighten(palette.ground[0], 0.06), palette.glow, 0.3);
  const body = `M${n(focus.x - rx)} ${n(focus.y)}v${n(rise)}a${n(rx)} ${n(ry)} 0 0 0 ${n(2 * rx)} 0v${n(-rise)}z`;
  return `<defs>${linear(
    "plinth",
    [1, 0],
    [
      [0, lighten(palette.ground[0], 0.02)],
      [1, mix(palette.ground[1], palette.shade, 0.25)],
    ],
  )}</defs>${flat(body, "url(#plinth)")}<ellipse cx="${n(focus.x)}" cy="${n(focus.y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${top}"/>`;
}
