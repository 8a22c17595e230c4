/** `#rrggbb`. */
export type Color = string;

/** Mixes in OKLab (Björn Ottosson, 2020), where a half-way colour looks half-way. `share` 0 is `a`, 1 is `b`. */
export function mix(a: Color, b: Color, share: number): Color {
  const [la, aa, ba] = toOklab(a);
  const [lb, ab, bb] = toOklab(b);
  return toHex([la + (lb - la) * share, aa + (ab - aa) * share, ba + (bb - ba) * share]);
}

/** Moves the perceived lightness by `step` (−1 to 1) and keeps the hue. */
export function lighten(color: Color, step: number): Color {
  const [lightness, a, b] = toOklab(color);
  return toHex([Math.min(0.985, Math.max(0.06, lightness + step)), a, b]);
}

/** Turns the hue by `degrees` and scales the colourfulness. */
export function turn(color: Color, degrees: number, chroma = 1): Color {
  const [lightness, a, b] = toOklab(color);
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) * chroma, Math.sin(angle) * chroma];
  return toHex([lightness, a * cos - b * sin, a * sin + b * cos]);
}

/** A colour in its own shadow: darker, and for yellows and oranges warmer, since dark yellow is mud. */
export function deepen(color: Color, step: number): Color {
  const [, a, b] = toOklab(color);
  const yellowness = Math.max(0, b - Math.abs(a) * 0.6) * 7;
  return lighten(turn(color, -Math.min(1, yellowness) * 130 * step), -step);
}

/** Perceived lightness, 0 (black) to 1 (white). */
export function lightnessOf(color: Color): number {
  return toOklab(color)[0];
}

/** How different two colours look; about 0.02 is just visible, black to white is 1. */
export function distanceOf(a: Color, b: Color): number {
  const [la, aa, ba] = toOklab(a);
  const [lb, ab, bb] = toOklab(b);
  return Math.hypot(la - lb, aa - ab, ba - bb);
}

/** From bytes, 0 to 255. */
export function toColor(red: number, green: number, blue: number): Color {
  return `#${[red, green, blue].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

type Triple = readonly [number, number, number];

function toOklab(color: Color): Triple {
  const value = Number.parseInt(color.slice(1), 16);
  const [r, g, b] = [toLinear(value >> 16), toLinear((value >> 8) & 255), toLinear(value & 255)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function toHex([lightness, a, b]: Triple): Color {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const [red = 0, green = 0, blue = 0] = channels.map(toByte);
  return toColor(red, green, blue);
}

function toLinear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toByte(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055));
}
