import { type Color, deepen, distanceOf, lighten, lightnessOf, mix, turn } from "./color.ts";
import { hashOf, pick } from "./random.ts";
import type { Light, Mood, Scene, Surface } from "./scene.ts";

/** The colours of one picture. */
export interface Palette {
  /** Wall or sky, from top to horizon. */
  readonly sky: readonly [Color, Color];
  /** Table, floor, land or water, from far to near. */
  readonly ground: readonly [Color, Color];
  /** The colour of light, and of the absence of it. */
  readonly glow: Color;
  readonly shade: Color;
  readonly accents: readonly Color[];
  /** Whether lamps and windows are what one sees by. */
  readonly dark: boolean;
}

/** One line of the book: sky top, sky low, ground far, ground near, glow, shade, then accents. */
type Row = string;

const BOOK: Readonly<Record<Light | "bold" | "minimal" | "dramatic" | "playful", readonly Row[]>> = {
  day: [
    "#f3d3ae #f7e4c8 #e2b88c #c98f63 #fff1cf #5b3a4a #d4553a #2c6e73 #f0bd45 #f7ead6",
    "#a9cbd6 #e9e6d5 #e6d2ac #cfae7c #fff6dc #33485f #e2643f #1f5f7a #f3c24a #f5efe2",
    "#c9d2b4 #eceadb #d9bd98 #b98f6a #fff4d6 #35463c #d95f43 #3d5a80 #ecb63e #f4eddc",
    "#e8b9a0 #f4d9c2 #b98a86 #8f6070 #fff0d8 #43314f #274b6d #e8a33d #b83b4a #f8ecd9",
    "#2f6f78 #6fa9a0 #ead6b4 #d2b081 #fff1c9 #1d3a46 #ee9a4d #d1495b #f5e4c4 #f2c14e",
  ],
  morning: [
    "#bcd4dd #f7e0cc #ece4d6 #cfc6bb #fff3d6 #5a6684 #e88b6a #4f7f93 #f2c763 #fbf4e8",
    "#d8cfe6 #f9ddd2 #efe0d2 #d2b9b4 #fff1da #6a5a80 #d9748a #6a8caf #f4c56a #fbf3ea",
    "#cfe2d3 #f6f0d8 #e9e1cc #c6c4a6 #fff8d9 #4d6a66 #e58a5c #3f8378 #f0c94f #faf6e6",
    "#f4cdb6 #fbeed6 #dfd2cc #b7a9ae #fff4dc #5c587c #c9624f #55799c #eebb55 #fcf5ea",
  ],
  golden: [
    "#f6b56a #fbdc9f #c9704f #7d3f4d #ffe7a6 #4a2748 #8f2f3f #2a5a6c #f6c04e #fde9c4",
    "#e2725f #fac178 #8e4a63 #47305a #ffdf9e #2e1f47 #f3a24a #274c77 #f6d28a #fbe6c6",
    "#f29b76 #fde0a8 #b98a52 #75543a #fff0b8 #4c3140 #b5423d #3c6e71 #f2b134 #fbefd2",
    "#8f5c86 #f8b483 #6d4a72 #352a52 #ffd798 #231b40 #ee7b5a #3f6d9a #f9c55f #f9e3ca",
  ],
  night: [
    "#0f1d3f #3a4f88 #b9c8e4 #6f86b8 #ffdf94 #0a1230 #e8a33d #7aa0d8 #d9534f #eef2f8",
    "#0b2a38 #2f6b74 #9cc3c0 #4f8588 #ffe3a0 #06202a #f09a56 #8fcfc6 #c84a5a #eef5ef",
    "#23163f #6a4787 #b7a0cf #7560a0 #ffd38a #160d2e #ef7f6b #93a6e6 #f1c15a #f4ecf7",
    "#141a2c #4b5570 #aeb6c8 #69748f #ffcf80 #0c101d #d96c4a #7fb0a8 #e9c46a #f0efe9",
  ],
  neon: [
    "#140a33 #6b1f86 #34145c #150a30 #ff4fa8 #0b0522 #ff4fa8 #27e0e6 #ffd23f #f7ecff",
    "#071a3a #145f8c #10325c #061428 #2ff3e0 #040d20 #2ff3e0 #ff5e7e #b98cff #eafcff",
    "#2a0a38 #c22f6d #4a1450 #1a0726 #ffb03a #14041f #ffb03a #3fd0ff #ff4d6d #fff0e6",
    "#0c1030 #4634b8 #231a66 #0c0a2a #7df26b #070620 #7df26b #ff6ad5 #4cc9ff #f1f0ff",
  ],
  soft: [
    "#ead7d3 #f8ece4 #dccac4 #bfa9a6 #fffaf0 #7a6a80 #d98f86 #8aa7a3 #e5c08a #fbf6f0",
    "#d5dde3 #f1efe8 #dad5cb #b8b3ab #fffaf0 #5d6a7a #c98a6b #7d97b0 #e0bf7a #faf7f0",
    "#dde0cc #f4f1e2 #d6ccb6 #b3a78f #fffbe9 #616b58 #cf8d72 #7a9b86 #e6c67e #faf7ea",
    "#e3d6ea #f6ecef #cfc3d6 #a89bb6 #fff7f2 #675b80 #d58aa0 #8797c4 #ecc78a #fbf5f8",
  ],
  bold: [
    "#e8452f #f0603c #f6c62f #eaa91c #fff0c0 #6d1220 #1f4fb8 #f6c62f #16233f #fdf3dc",
    "#f4bf1f #f8d24b #1c7f83 #125f66 #fff6cf #0d3a44 #e2402f #f7f0df #1f2f6b #f28aa8",
    "#1f49b0 #2f66d0 #f3a9bd #ec86a2 #fff2d8 #121f5c #f6c62f #ef4b38 #f7f1e2 #0f8a7d",
    "#f08fae #f6b2c4 #e5472f #c2331f #fff1df #6a1533 #16457d #ffd23f #fbf1df #14806f",
  ],
  minimal: [
    "#e9dfd0 #f3ece0 #dccfbb #c4b298 #fffaf0 #6b5a4c #c4653f #3f4f4a #d5a041 #faf6ee",
    "#d9c9c0 #e9ddd4 #cbb5a9 #ad9284 #fff6ec #5e4540 #7a3b34 #e3b48a #37414f #f8f1ea",
    "#c5cfc8 #dde3da #b3c0b6 #92a297 #fbfbee #3e5048 #d98b62 #2f4a43 #e6d3a3 #f6f6ee",
    "#22303c #33485a #1b2731 #121b23 #ffe9c4 #0a1117 #d8a35c #c9d3d6 #b5533c #f2eee4",
  ],
  dramatic: [
    "#1b1d26 #4a3238 #5c3b32 #241a1d #ffcf8a #0d0c12 #d9843b #a83a2e #d8b46a #f0e2c8",
    "#10262b #35605c #3d4a3d #151f1e #ffe0a0 #071416 #e0a04a #c2513a #a9c2b0 #efe6cf",
    "#26193a #7a3550 #50283f #1d1024 #ffbf86 #100819 #e8765a #6c86c9 #e9b64f #f3e1d6",
    "#2b2a28 #7d6548 #5a4630 #211b15 #ffe2a6 #12100d #c8912f #7c2f23 #8aa0a0 #f1e6cf",
  ],
  playful: [
    "#8fd0e8 #d3eef0 #f7c948 #f0a92f #fffbe0 #35609a #f0615a #7b5bd6 #36b58a #fff7e6",
    "#ffc6d3 #ffe6dd #9adbc4 #66c0a4 #fff9e4 #a04c7d #f2674a #4a7de0 #ffcb3f #fffaf0",
    "#ffd76a #fff0b8 #f58fa0 #e86a84 #fffbe6 #a8473f #2fa0a8 #6a5ae0 #f25f3a #fffaf0",
    "#c3b4f2 #efe4fb #ffb48a #f58f62 #fffae8 #5d4aa8 #2fa98c #f2557a #ffd04a #fffaf2",
  ],
};

/** What the ground is made of, when the prompt says so. */
const SURFACES: Readonly<Record<Surface, Color>> = {
  glass: "#c3d8d8",
  wood: "#a8703f",
  limestone: "#ddd0b8",
  marble: "#ece7e1",
  concrete: "#a9a7a3",
  metal: "#9aa3ab",
  linen: "#eae0cf",
  velvet: "#7d2f4a",
  sand: "#e3bf85",
  snow: "#eef2f6",
  grass: "#7f9f58",
  water: "#3f8296",
};

/** Chooses and bends the colours of a scene. Neighbouring seeds always turn the page. */
export function paletteFor(scene: Scene, seed: number): Palette {
  const rows = BOOK[pageOf(scene.light, scene.mood)];
  const row = pick(rows, seed + (scene.hash % 97)).split(" ");
  const [top = "", low = "", far = "", near = "", glow = "", shade = "", ...accents] = row;
  const read: Palette = {
    sky: [top, low],
    ground: [far, near],
    glow,
    shade,
    accents,
    dark: lightnessOf(mix(top, low, 0.5)) < 0.5,
  };
  const turned = nudge(read, ((hashOf(`${scene.hash}:${seed}`) % 100) / 100 - 0.5) * 14);
  return withSurface(withColors(turned, scene.colors, seed), scene.surface);
}

/** The colour of a surface in a palette's light. */
export function surfaceColor(surface: Surface, palette: Palette): Color {
  return inLight(SURFACES[surface], palette);
}

/** A colour of its own, seen in the light of the picture: tinted, and dimmed at night. */
export function inLight(color: Color, palette: Palette): Color {
  return palette.dark ? mix(color, palette.sky[1], 0.2) : mix(color, palette.glow, 0.07);
}

/** Keeps a thing off its backdrop: moves its lightness until the two can be told apart. */
export function standOut(color: Color, backdrop: Color): Color {
  if (distanceOf(color, backdrop) > 0.11) return color;
  return lightnessOf(backdrop) > 0.6 ? deepen(color, 0.16) : lighten(color, 0.2);
}

function pageOf(light: Light, mood: Mood | undefined): keyof typeof BOOK {
  // What the light does to colour matters more than the mood, except in plain daylight.
  if (light === "night" || light === "neon" || light === "golden") return light;
  if (mood !== undefined && mood !== "calm") return mood;
  return mood === "calm" && light === "day" ? "soft" : light;
}

function nudge(palette: Palette, degrees: number): Palette {
  const all = (colors: readonly Color[]) => colors.map((color) => turn(color, degrees));
  const pair = ([a, b]: readonly [Color, Color]): [Color, Color] => [turn(a, degrees), turn(b, degrees)];
  return { ...palette, sky: pair(palette.sky), ground: pair(palette.ground), accents: all(palette.accents) };
}

/** The prompt's own colours: one takes the backdrop, the others the things; the seed says which, and how bright. */
function withColors(palette: Palette, colors: readonly Color[], seed: number): Palette {
  if (colors.length === 0) return palette;
  const base = pick(colors, seed);
  const other = pick(colors, seed + 1);
  const key = pick([0.08, -0.03, 0.12, -0.14], seed >> 1);
  const step = palette.dark ? Math.min(0, key) - 0.06 : key;
  const top = step < 0 ? deepen(base, -step) : lighten(base, step);
  const low = mix(lighten(top, 0.06), palette.glow, palette.dark ? 0.08 : 0.3);
  const far =
    colors.length > 1
      ? mix(lighten(other, 0.04), palette.glow, 0.25)
      : lighten(mix(base, palette.shade, 0.2), 0.02);
  return {
    ...palette,
    sky: [top, low],
    ground: [far, mix(lighten(far, -0.12), palette.shade, 0.12)],
    shade: mix(mix(base, palette.shade, 0.5), "#1a1420", 0.35),
    accents: [
      ...(colors.length > 1 ? [other, ...colors] : colors),
      mix(base, palette.glow, 0.75),
      palette.accents[1] ?? other,
    ],
    dark: lightnessOf(mix(top, low, 0.5)) < 0.5,
  };
}

function withSurface(palette: Palette, surface: Surface | undefined): Palette {
  if (surface === undefined) return palette;
  const color = mix(inLight(SURFACES[surface], palette), palette.ground[0], palette.dark ? 0.35 : 0.12);
  return { ...palette, ground: [lighten(color, 0.02), mix(lighten(color, -0.1), palette.shade, 0.12)] };
}
