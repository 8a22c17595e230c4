import type { Color } from "./color.ts";
import type { SHAPES } from "./shapes/shapes.ts";

/** What a prompt asks for, as far as the sketch understands it. The seed has no say yet. */
export interface Scene {
  readonly setting: Setting;
  readonly surface: Surface | undefined;
  readonly elements: readonly Element[];
  readonly features: ReadonlySet<Feature>;
  readonly light: Light;
  readonly mood: Mood | undefined;
  /** Colours asked for the whole picture, not for one thing. */
  readonly colors: readonly Color[];
  /** The whole prompt as one number: words that the lexicon does not know still turn the picture. */
  readonly hash: number;
}

export interface Element {
  /** A thing by name, or the number of a form without a name. */
  readonly subject: Subject | number;
  readonly count: number;
  /** 1 is the natural size. */
  readonly scale: number;
  readonly colors: readonly Color[];
  readonly material: Surface | undefined;
  readonly aloft: boolean;
  readonly side: "left" | "right" | undefined;
  /** Where it is, seen from another element (by index). */
  readonly place: { readonly relation: Placement; readonly of: number } | undefined;
}

export type Subject = keyof typeof SHAPES;
/** "A below B" is B above A, and "beside" needs no placing. */
export type Placement = Exclude<Relation, "below" | "beside">;
export type Relation = "left" | "right" | "behind" | "before" | "above" | "below" | "on" | "in" | "beside";
export type Setting = "table" | "room" | "outdoors" | "sea" | "city" | "studio" | "abstract";
export type Surface =
  | "glass"
  | "wood"
  | "limestone"
  | "marble"
  | "concrete"
  | "metal"
  | "linen"
  | "velvet"
  | "sand"
  | "snow"
  | "grass"
  | "water";
export type Light = "day" | "morning" | "golden" | "night" | "neon" | "soft";
export type Mood = "calm" | "bold" | "minimal" | "dramatic" | "playful";
export type Feature =
  | "sun"
  | "moon"
  | "stars"
  | "clouds"
  | "mountains"
  | "hills"
  | "city"
  | "trees"
  | "snowfall"
  | "rain"
  | "window"
  | "shelf"
  | "refraction";

/** About a million square units, whatever the aspect. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}
