import { ellipse, fill, fine, line, type Shape } from "./shape.ts";

const LEMON =
  "M-56,-46c8,-4 10,-10 18,-20c18,-24 54,-26 74,-2c6,8 10,16 18,20c6,4 4,10 0,12c-8,4 -10,10 -18,20c-18,22 -56,22 -74,-2c-6,-8 -10,-12 -18,-16c-6,-4 -6,-9 0,-12z";
const APPLE =
  "M0,-78c14,-14 44,-10 44,26c0,32 -20,52 -34,52c-6,0 -6,-3 -10,-3c-4,0 -4,3 -10,3c-14,0 -34,-20 -34,-52c0,-36 30,-40 44,-26z";
const PEAR =
  "M0,-94c15,0 16,18 19,30c3,11 17,17 17,36c0,20 -18,28 -36,28c-18,0 -36,-8 -36,-28c0,-19 14,-25 17,-36c3,-12 4,-30 19,-30z";
const LEAF = "M2,-84c6,-16 22,-20 32,-16c-2,14 -18,22 -32,16z";
const CAKE = "M-50,-20q0,-3 2,-3v-34q0,-6 8,-6h80q8,0 8,6v34q2,0 2,3v18q0,2 -3,2h-94q-3,0 -3,-2z";

/** Things to eat. */
export const FOOD = {
  lemon: {
    size: 21,
    width: 116,
    seat: 76,
    color: "#f2c73b",
    accent: "#6f8f3f",
    outline: LEMON,
    parts: [
      fill("form", LEMON),
      fill("light", "M-34,-52c10,-22 34,-30 54,-20c-22,2 -40,10 -54,20z"),
      fill("dark", "M-30,-14c20,12 52,8 68,-14c-8,22 -46,36 -68,14z"),
      fill("shine", ellipse(-12, -62, 10, 4)),
      fine(
        fill(
          "dark",
          `${ellipse(10, -40, 1.4, 1.4)}${ellipse(24, -50, 1.2, 1.2)}${ellipse(-8, -32, 1.2, 1.2)}${ellipse(-22, -40, 1.4, 1.4)}${ellipse(2, -54, 1, 1)}`,
        ),
      ),
    ],
  },
  orange: {
    size: 22,
    width: 92,
    seat: 88,
    color: "#ef8a2e",
    accent: "#5c8448",
    outline: ellipse(0, -45, 46, 45),
    parts: [
      fill("form", ellipse(0, -45, 46, 45)),
      fill("light", ellipse(-14, -62, 20, 13)),
      fill("dark", "M-30,-12c26,16 64,2 72,-40c10,40 -40,68 -72,40z"),
      fill("accent", LEAF),
      fill("shine", ellipse(-18, -68, 8, 5)),
      fine(
        fill(
          "dark",
          `${ellipse(8, -50, 1.4, 1.4)}${ellipse(20, -36, 1.3, 1.3)}${ellipse(-6, -30, 1.3, 1.3)}${ellipse(-24, -44, 1.3, 1.3)}`,
        ),
      ),
    ],
  },
  apple: {
    size: 23,
    width: 90,
    seat: 76,
    color: "#c8352f",
    accent: "#6d934a",
    outline: APPLE,
    parts: [
      fill("form", APPLE),
      line("ink", 4, "M0,-76c0,-10 2,-14 6,-20"),
      fill("accent", LEAF),
      fill("light", "M-34,-56c2,-16 14,-22 24,-20c-10,6 -18,14 -24,20z"),
      fill("shine", ellipse(-22, -60, 5, 9)),
    ],
  },
  pear: {
    size: 30,
    width: 74,
    seat: 92,
    color: "#c9bf4a",
    accent: "#6d7f3a",
    outline: PEAR,
    parts: [
      fill("form", PEAR),
      line("ink", 4, "M0,-93c0,-6 2,-8 5,-12"),
      fill("accent", "M4,-98c8,-10 20,-8 26,-4c-6,8 -18,10 -26,4z"),
      fill("dark", "M-20,-6c24,10 48,-2 52,-26c6,26 -30,42 -52,26z"),
      fill("shine", ellipse(-13, -42, 5, 11)),
    ],
  },
  cake: {
    size: 46,
    width: 104,
    seat: 62,
    color: "#f0a9b4",
    accent: "#f7ead2",
    outline: CAKE,
    parts: [
      fill("form", CAKE),
      fill(
        "accent",
        "M-48,-57q0,-6 8,-6h80q8,0 8,6v10c-6,8 -12,6 -14,0c-4,10 -14,12 -18,0c-4,12 -16,14 -20,0c-4,8 -14,10 -18,0c-4,10 -12,8 -14,2q-6,4 -12,-2z",
      ),
      fill("dark", "M-50,-20q50,8 100,0v18q0,2 -3,2h-94q-3,0 -3,-2z"),
      line("paper", 3, "M-20,-63v-20M0,-63v-22M20,-63v-20"),
      fill("halo", `${ellipse(-20, -89, 7, 9)}${ellipse(0, -91, 7, 9)}${ellipse(20, -89, 7, 9)}`),
      fill("accentDark", `${ellipse(-20, -87, 2, 4)}${ellipse(0, -89, 2, 4)}${ellipse(20, -87, 2, 4)}`),
    ],
  },
} satisfies Readonly<Record<string, Shape>>;
