import type { Color } from "../color.ts";

/**
 * A thing, blocked in: flat parts from back to front. The thing stands on y = 0 and reaches up to
 * about y = −100, with x = 0 in its middle. Parts name tones, not colours: the palette and the light
 * decide what they are.
 */
export interface Shape {
  /** How much of the frame's short side 100 units take when the thing stands alone, in hundredths. */
  readonly size: number;
  /** Units from its left end to its right end. */
  readonly width: number;
  /** The one silhouette that shadow, hatching and contour follow. */
  readonly outline: string;
  readonly parts: readonly Part[];
  /** Its own colour; undefined takes one from the palette. */
  readonly color: Color | undefined;
  readonly accent: Color | undefined;
  /** How high above y = 0 other things stand on it, in units. */
  readonly seat: number;
}

export type Tone =
  | "form"
  | "light"
  | "base"
  | "dark"
  | "deep"
  | "accent"
  | "accentDark"
  | "paper"
  | "ink"
  | "glow"
  /** Light that fades outwards. */
  | "halo"
  | "shine"
  | "veil";

export interface Part {
  readonly tone: Tone;
  readonly d: string;
  /** The width of a stroke in units; undefined fills. */
  readonly stroke: number | undefined;
  /** Drawn only in finals. */
  readonly fine: boolean;
}

export function fill(tone: Tone, d: string): Part {
  return { tone, d, stroke: undefined, fine: false };
}

export function line(tone: Tone, stroke: number, d: string): Part {
  return { tone, d, stroke, fine: false };
}

export function fine(part: Part): Part {
  return { ...part, fine: true };
}

export function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${cx - rx},${cy}a${rx},${ry} 0 1,0 ${2 * rx},0a${rx},${ry} 0 1,0 ${-2 * rx},0z`;
}

export function box(x: number, y: number, width: number, height: number, radius = 0): string {
  const r = Math.min(radius, width / 2, height / 2);
  const corner = (dx: number, dy: number) => (r === 0 ? "" : `a${r},${r} 0 0 1 ${dx},${dy}`);
  return `M${x + r},${y}h${width - 2 * r}${corner(r, r)}v${height - 2 * r}${corner(-r, r)}h${2 * r - width}${corner(-r, -r)}v${2 * r - height}${corner(r, -r)}z`;
}

export function polygon(...points: readonly number[]): string {
  return `M${points.join(" ")}z`;
}
