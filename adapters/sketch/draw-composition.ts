import { mix } from "./color.ts";
import type { Composition } from "./compose-scene.ts";
import { drawInterior } from "./draw-interior.ts";
import { drawLandscape } from "./draw-landscape.ts";
import { drawPattern } from "./draw-pattern.ts";
import { drawThing } from "./draw-thing.ts";
import { between, createRandom } from "./random.ts";
import { drawSignature } from "./signature.ts";
import { disc, drawn, flat, linear, n, radial } from "./svg.ts";

/** The whole picture, signed, as SVG elements in frame units. Made of numbers and our own shapes: no text of the prompt is in it. */
export function drawComposition(composition: Composition, fine: boolean): string {
  const { scene, placed, frame, palette, seed } = composition;
  const things = placed.map((thing, index) => drawThing(composition, thing, index, fine));
  const backdrop = backdropOf(composition, fine);
  const shadows = things.map((thing) => thing.shadow).join("");
  const bodies = things.map((thing) => thing.body).join("");
  return `${backdrop}${scene.setting === "abstract" ? "" : shadows}${speed(composition)}${bodies}${weather(composition, fine)}${wash(composition)}${drawSignature(frame, seed, palette.ground[1])}`;
}

function backdropOf(composition: Composition, fine: boolean): string {
  switch (composition.scene.setting) {
    case "table":
    case "studio":
    case "room":
      return drawInterior(composition, fine);
    case "outdoors":
    case "sea":
    case "city":
      return drawLandscape(composition, fine);
    case "abstract":
      return drawPattern(composition, fine);
  }
}

/** A few lines behind what flies. */
function speed({ placed, palette }: Composition): string {
  return placed
    .filter((thing) => thing.aloft)
    .map(({ x, y, scale, shape, flip }) => {
      const back = shape.width * scale * (flip ? -0.5 : 0.5);
      return [-70, -46, -24]
        .map((dy, index) =>
          drawn(
            `M${n(x - back * 1.05)} ${n(y + dy * scale)}h${n(-back * (0.5 + 0.3 * index))}`,
            mix(palette.glow, "#ffffff", 0.4),
            3.2 - index * 0.6,
            0.6,
          ),
        )
        .join("");
    })
    .join("");
}

function weather({ scene, frame, seed, light }: Composition, fine: boolean): string {
  const random = createRandom("weather", scene.hash, seed);
  const snowing = scene.features.has("snowfall") || (scene.surface === "snow" && scene.light === "night");
  const flakes = snowing
    ? Array.from({ length: fine ? 220 : 120 }, (_, index) =>
        disc(
          random() * frame.width,
          random() * frame.height,
          between(random, 1.2, 4.6) * (index < 120 ? 1 : 0.5),
          "#ffffff",
          between(random, 0.35, 0.9),
        ),
      ).join("")
    : "";
  const drops = scene.features.has("rain")
    ? Array.from({ length: 120 }, () =>
        drawn(
          `M${n(random() * frame.width)} ${n(random() * frame.height)}l${n(light.from * 6)} 30`,
          "#eef4fa",
          1.3,
          0.4,
        ),
      ).join("")
    : "";
  return flakes + drops;
}

/** One light over everything: warm from its side, and the corners held back. */
function wash({ frame, palette, light }: Composition): string {
  const all = `M0 0H${n(frame.width)}V${n(frame.height)}H0z`;
  const warm = linear(
    "warm",
    [-light.from, 0.6],
    [
      [0, palette.glow, palette.dark ? 0.13 : 0.2],
      [0.55, palette.glow, 0],
      [1, palette.shade, 0.14],
    ],
  );
  const corners = radial("corners", [
    [0.62, palette.shade, 0],
    [1, palette.shade, palette.dark ? 0.38 : 0.2],
  ]);
  const oval = `<ellipse cx="${n(frame.width / 2)}" cy="${n(frame.height / 2)}" rx="${n(frame.width * 0.75)}" ry="${n(frame.height * 0.75)}" fill="url(#corners)"/>`;
  return `<defs>${warm}${corners}</defs>${flat(all, "url(#warm)")}${oval}`;
}
