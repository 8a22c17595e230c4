import { type Aspect, ratioOf } from "../../src/core/recipe.ts";
import type { Color } from "./color.ts";
import { fitInto, layOut, type Spot } from "./lay-out.ts";
import { inLight, type Palette, paletteFor, standOut, surfaceColor } from "./palette.ts";
import { between, createRandom, pick } from "./random.ts";
import type { Element, Frame, Scene, Setting } from "./scene.ts";
import type { Shape } from "./shapes/shape.ts";

/** A scene as one seed sees it: where everything is and what colour it has. Frame units, y down. */
export interface Composition {
  readonly scene: Scene;
  readonly seed: number;
  readonly frame: Frame;
  readonly palette: Palette;
  /** Where the ground begins. */
  readonly horizon: number;
  /** Which side the light comes from, and how far shadows fall: units along and towards us per unit of height. */
  readonly light: { readonly from: -1 | 1; readonly along: number; readonly towards: number };
  /** Counts up with the seed, so that neighbouring seeds choose different motifs. */
  readonly variant: number;
  /** Where the eye should go. */
  readonly focus: { readonly x: number; readonly y: number };
  /** Back to front. */
  readonly placed: readonly Placed[];
}

export interface Placed {
  readonly shape: Shape;
  /** Where its foot stands. */
  readonly x: number;
  readonly y: number;
  /** Frame units per shape unit. */
  readonly scale: number;
  readonly flip: boolean;
  /** Degrees. */
  readonly tilt: number;
  readonly aloft: boolean;
  /** Stands on or in another thing, which catches its shadow. */
  readonly held: "on" | "in" | undefined;
  readonly color: Color;
  readonly accent: Color;
  readonly glassy: boolean;
}

/** Lays a scene out for a seed. The same scene, seed and aspect give the same composition. */
export function composeScene(scene: Scene, seed: number, aspect: Aspect): Composition {
  const ratio = ratioOf(aspect);
  const frame = { width: 1000 * Math.sqrt(ratio), height: 1000 / Math.sqrt(ratio) };
  const variant = seed + (scene.hash % 89);
  const random = createRandom("layout", scene.hash, seed);
  const palette = paletteFor(scene, seed);
  const horizon = frame.height * (pick(HORIZONS[scene.setting], variant) + between(random, -0.025, 0.025));
  const from = random() < 0.5 ? -1 : 1;
  const raking = scene.light === "golden" || scene.light === "morning" || scene.mood === "dramatic";
  const light = {
    from,
    along: between(random, 0.5, 1) * (raking ? 1.5 : 1),
    towards: between(random, 0.16, 0.34),
  } as const;
  const focus = {
    x: frame.width * pick([0.38, 0.6, 0.5, 0.64, 0.42], variant),
    y: horizon + (frame.height - horizon) * between(random, 0.36, 0.58),
  };
  const spots = layOut(scene, random, Math.min(frame.width, frame.height), variant);
  const placed = fitInto(spots, frame, focus, horizon).map((spot, index) =>
    dress(spot, scene, palette, variant + index),
  );
  return { scene, seed, frame, palette, horizon, light, variant, focus, placed };
}

function heldBy({ place }: Element): Placed["held"] {
  return place?.relation === "on" || place?.relation === "in" ? place.relation : undefined;
}

/** How far down the horizon lies, as a share of the height: four cameras a setting. */
const HORIZONS: Readonly<Record<Setting, readonly number[]>> = {
  table: [0.66, 0.54, 0.72, 0.6],
  studio: [0.74, 0.64, 0.8, 0.69],
  room: [0.72, 0.78, 0.68, 0.75],
  outdoors: [0.66, 0.56, 0.74, 0.62],
  sea: [0.56, 0.66, 0.46, 0.6],
  city: [0.86, 0.8, 0.9, 0.83],
  abstract: [0.5, 0.5, 0.5, 0.5],
};

function dress(spot: Spot, scene: Scene, palette: Palette, turn: number): Placed {
  const { element, shape } = spot;
  const [asked, second] = element.colors;
  const free = pick(palette.accents, turn);
  const material =
    element.material === undefined || element.material === "glass"
      ? undefined
      : surfaceColor(element.material, palette);
  const wanted = scene.colors.length > 0 ? undefined : shape.color;
  const color = asked ?? material ?? wanted ?? free;
  const backdrop = palette.sky[1];
  return {
    shape,
    x: spot.x,
    y: spot.y,
    scale: spot.scale,
    flip: spot.flip,
    tilt: spot.tilt,
    aloft: spot.aloft,
    held: heldBy(element),
    color:
      asked === undefined && wanted === undefined
        ? standOut(inLight(color, palette), backdrop)
        : inLight(color, palette),
    accent: inLight(second ?? shape.accent ?? pick(palette.accents, turn + 1), palette),
    glassy:
      element.material === "glass" ||
      (element.material === undefined && (element.subject === "glass" || element.subject === "goblet")),
  };
}
