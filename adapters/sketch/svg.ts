import type { Color } from "./color.ts";

/** A number as SVG takes it, in hundredths. */
export function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A closed or open path through points. */
export function through(points: readonly (readonly [number, number])[], closed = true): string {
  return `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join("L")}${closed ? "z" : ""}`;
}

/** A filled path. */
export function flat(d: string, paint: string, opacity = 1): string {
  return `<path d="${d}" fill="${paint}"${opacity < 1 ? ` fill-opacity="${n(opacity)}"` : ""}/>`;
}

/** A drawn path. */
export function drawn(d: string, paint: string, width: number, opacity = 1): string {
  return `<path d="${d}" fill="none" stroke="${paint}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round"${opacity < 1 ? ` stroke-opacity="${n(opacity)}"` : ""}/>`;
}

export function disc(x: number, y: number, radius: number, paint: string, opacity = 1): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${paint}"${opacity < 1 ? ` fill-opacity="${n(opacity)}"` : ""}/>`;
}

export type Stop = readonly [offset: number, color: Color, opacity?: number];

/** A gradient over the shape that it paints, along the direction (dx, dy) of its box. */
export function linear(id: string, [dx, dy]: readonly [number, number], stops: readonly Stop[]): string {
  const start = (d: number) => n(d < 0 ? 1 : 0);
  const end = (d: number) => n(d > 0 ? 1 : 0);
  return `<linearGradient id="${id}" x1="${start(dx)}" y1="${start(dy)}" x2="${end(dx)}" y2="${end(dy)}">${list(stops)}</linearGradient>`;
}

/** A gradient from the middle of the shape that it paints outwards. */
export function radial(id: string, stops: readonly Stop[]): string {
  return `<radialGradient id="${id}">${list(stops)}</radialGradient>`;
}

function list(stops: readonly Stop[]): string {
  return stops
    .map(
      ([offset, color, opacity = 1]) =>
        `<stop offset="${n(offset)}" stop-color="${color}" stop-opacity="${n(opacity)}"/>`,
    )
    .join("");
}
