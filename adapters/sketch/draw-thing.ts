import { deepen, lighten, mix } from "./color.ts";
import type { Composition, Placed } from "./compose-scene.ts";
import type { Part, Tone } from "./shapes/shape.ts";
import { drawn, flat, linear, n, radial } from "./svg.ts";

/** One thing in SVG: what it throws on the ground, and itself. `fine` adds the detail of a final. */
export function drawThing(
  composition: Composition,
  placed: Placed,
  index: number,
  fine: boolean,
): { readonly shadow: string; readonly body: string } {
  const { palette, light } = composition;
  const { shape, x, y, scale, flip, tilt } = placed;
  const id = (name: string) => `${name}${index}`;
  // The light keeps its side when the thing is mirrored.
  const lit = flip ? -light.from : light.from;
  const defs = `<defs>${gradientsOf(composition, placed, index, lit)}<clipPath id="${id("clip")}"><path d="${shape.outline}"/></clipPath></defs>`;
  const parts = shape.parts
    .filter((part) => fine || !part.fine)
    .map((part) => drawPart(composition, placed, part, index))
    .join("");
  const contour = drawn(shape.outline, palette.shade, 0.9 / scale, 0.4);
  const place = `translate(${n(x)} ${n(y)}) rotate(${n(flip ? -tilt : tilt)}) scale(${n(flip ? -scale : scale)} ${n(scale)})`;
  const hatch = `<g clip-path="url(#${id("clip")})">${hatching(composition, placed, lit, fine)}</g>`;
  const offset = `<g transform="translate(${n(1.6 / scale)} ${n(-1.2 / scale)})">${contour}</g>`;
  const grounded = !placed.aloft && placed.held === undefined;
  const contact = contactShadow(placed, index);
  return {
    shadow: grounded ? castShadow(composition, placed, index) + contact : "",
    body: `${defs}${placed.held === "on" ? contact : ""}<g transform="${place}">${parts}${hatch}${offset}</g>`,
  };
}

function gradientsOf(
  { palette }: Composition,
  { color, glassy }: Placed,
  index: number,
  lit: number,
): string {
  const [bright, dim] = [
    mix(lighten(color, 0.09), palette.glow, 0.22),
    mix(deepen(color, 0.13), palette.shade, 0.16),
  ];
  const [edge, middle, far] = glassy ? [0.5, 0.34, 0.72] : [1, 1, 1];
  const form = linear(
    `form${index}`,
    [-lit, 0.35],
    [
      [0, bright, edge],
      [0.45, color, middle],
      [1, dim, far],
    ],
  );
  const halo = radial(`halo${index}`, [
    [0, palette.glow, palette.dark ? 0.75 : 0.5],
    [0.4, palette.glow, palette.dark ? 0.28 : 0.16],
    [1, palette.glow, 0],
  ]);
  const cast = `<linearGradient id="cast${index}" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="-100"><stop stop-color="${palette.shade}" stop-opacity="0.55"/><stop offset="1" stop-color="${palette.shade}" stop-opacity="0.05"/></linearGradient>`;
  return (
    form +
    halo +
    cast +
    radial(`contact${index}`, [
      [0, palette.shade, 0.6],
      [0.6, palette.shade, 0.25],
      [1, palette.shade, 0],
    ])
  );
}

function drawPart(composition: Composition, placed: Placed, part: Part, index: number): string {
  const [paint, opacity] = paintOf(composition, placed, part.tone, index);
  return part.stroke === undefined
    ? flat(part.d, paint, opacity)
    : drawn(part.d, paint, part.stroke, opacity);
}

function paintOf(
  { palette }: Composition,
  { color, accent, glassy }: Placed,
  tone: Tone,
  index: number,
): [string, number] {
  const alpha = glassy ? 0.55 : 1;
  const paints: Readonly<Record<Tone, [string, number]>> = {
    form: [`url(#form${index})`, 1],
    base: [color, alpha],
    light: [mix(lighten(color, 0.09), palette.glow, 0.3), alpha],
    dark: [mix(deepen(color, 0.1), palette.shade, 0.16), alpha],
    deep: [mix(deepen(color, 0.2), palette.shade, 0.36), glassy ? 0.3 : 1],
    accent: [accent, glassy ? 0.85 : 1],
    accentDark: [mix(deepen(accent, 0.1), palette.shade, 0.22), 1],
    paper: [mix("#fbf5e8", palette.sky[1], palette.dark ? 0.25 : 0.08), 0.96],
    ink: [mix(palette.shade, "#1b1820", 0.55), 0.92],
    glow: [palette.dark ? palette.glow : mix(palette.glow, palette.shade, 0.08), 1],
    halo: [`url(#halo${index})`, 1],
    shine: ["#fffdf6", palette.dark ? 0.4 : 0.55],
    veil: [mix(color, "#ffffff", 0.4), 0.28],
  };
  return paints[tone];
}

/** A soft long shadow: the silhouette laid down on the ground, fading with height. */
function castShadow(
  { light, scene }: Composition,
  { shape, x, y, scale, flip }: Placed,
  index: number,
): string {
  const side = flip ? -scale : scale;
  // Water holds a thing's reflection below it instead.
  const [along, towards] = scene.setting === "sea" ? [0, 0.5] : [light.along, light.towards];
  const lay = `matrix(${n(side)} 0 ${n(light.from * along * scale)} ${n(-towards * scale)} ${n(x)} ${n(y)})`;
  return `<path d="${shape.outline}" transform="${lay}" fill="url(#cast${index})"/>`;
}

/** The dark right under a thing. */
function contactShadow({ shape, x, y, scale }: Placed, index: number): string {
  const [rx, ry] = [shape.width * scale * 0.56, shape.width * scale * 0.075];
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="url(#contact${index})"/>`;
}

/** Pencil strokes on the side away from the light; a final has more and finer ones, and light along the edge. */
function hatching({ palette }: Composition, { shape, scale }: Placed, lit: number, fine: boolean): string {
  const step = (fine ? 4 : 8) / scale;
  const half = shape.width / 2 + 8;
  const strokes: string[] = [];
  for (let at = 0; at < half; at += step) {
    const x = -lit * (half - at);
    // The farther into the light, the shorter the stroke.
    const reach = 70 * (1 - at / half) + 10;
    strokes.push(`M${n(x)} ${n(-4)}l${n(lit * reach * 0.3)} ${n(-reach * 1.3)}`);
  }
  const pencil = drawn(strokes.join(""), palette.shade, (fine ? 0.8 : 1.5) / scale, fine ? 0.16 : 0.14);
  const rim = drawn(shape.outline, palette.glow, 3 / scale, 0.45);
  return fine ? `${pencil}<g transform="translate(${n(-lit / scale)} ${n(1.2 / scale)})">${rim}</g>` : pencil;
}
