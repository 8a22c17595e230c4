import { box, ellipse, fill, fine, line, type Shape } from "./shape.ts";

const BOTTLE = "M-6,-100h12v24c0,11 12,15 12,28v44q0,4 -4,4h-28q-4,0 -4,-4v-44c0,-13 12,-17 12,-28z";
const FLACON = "M-20,-64q0,-5 5,-5h30q5,0 5,5l6,58q0,6 -6,6h-40q-6,0 -6,-6z";
const VASE =
  "M-10,-100h20c0,14 -4,16 2,24c10,12 17,22 17,38c0,20 -9,32 -15,38h-28c-6,-6 -15,-18 -15,-38c0,-16 7,-26 17,-38c6,-8 2,-10 2,-24z";
const MUG = "M-40,-88h72v66q0,22 -22,22h-28q-22,0 -22,-22z";
const TUMBLER = "M-30,-100h60l-6,96q0,4 -5,4h-38q-5,0 -5,-4z";
const GOBLET =
  "M-22,-100h44c4,26 0,46 -19,50v43h15q4,0 4,4v3h-44v-3q0,-4 4,-4h15v-43c-19,-4 -23,-24 -19,-50z";
const CANDLE = box(-15, -74, 30, 74, 3);
const TEAPOT =
  "M-30,-64c20,-10 42,-10 60,0c8,4 12,8 14,14l16,-18q8,-4 10,2c-12,12 -14,34 -28,50q-10,16 -24,16h-36c-22,0 -34,-22 -28,-40c2,-10 8,-20 16,-24z";

/** Things that hold something, for a table. */
export const VESSELS = {
  bottle: {
    size: 66,
    width: 36,
    seat: 100,
    color: "#4f8f6d",
    accent: undefined,
    outline: BOTTLE,
    parts: [
      fill("form", BOTTLE),
      fill("form", "M-15.500,-40h31v36q0,2 -3,2h-25q-3,0 -3,-2z"),
      fill("deep", "M-15.500,-40h31v36q0,2 -3,2h-25q-3,0 -3,-2z"),
      fill("light", ellipse(0, -40, 15.5, 2.2)),
      fill("dark", box(-7.5, -100, 15, 6, 2)),
      fill("shine", "M-13,-47c0,-8 6,-12 8.5,-20c0,10 -4.500,14 -4.500,21v30q0,3 -2,3q-2,0 -2,-3z"),
      fine(line("shine", 0.8, "M14,-44v38M-3,-92v18")),
      fine(fill("shine", ellipse(11, -10, 1.6, 5))),
    ],
  },
  perfume: {
    size: 56,
    width: 52,
    seat: 100,
    color: undefined,
    accent: "#d9a441",
    outline: `${FLACON}${box(-9, -100, 18, 24, 2)}`,
    parts: [
      fill("accentDark", box(-6, -78, 12, 10)),
      fill("accent", box(-10, -100, 20, 24, 2.5)),
      fill("form", FLACON),
      fill("veil", "M-18.500,-40h37l4,34q0,3 -4,3h-37q-4,0 -4,-3z"),
      fill("paper", box(-9, -38, 18, 16, 1)),
      line("ink", 0.8, "M-5,-32h10M-3,-28h6"),
      fill("shine", "M-15,-62h5l-5,54h-5.500z"),
      fine(line("shine", 0.7, "M17,-60l5,52M-7,-96v16")),
    ],
  },
  vase: {
    size: 54,
    width: 58,
    seat: 99,
    color: undefined,
    accent: undefined,
    outline: VASE,
    parts: [
      fill("form", VASE),
      fill("deep", ellipse(0, -99, 10, 2.4)),
      fill("accent", "M-27,-50c14,6 40,6 54,0c2,6 3,9 2,15c-16,6 -42,6 -58,0c-1,-6 0,-9 2,-15z"),
      fill("shine", "M-19,-56c-7,8 -7,26 -2,38c-9,-10 -10,-30 2,-38z"),
      fine(line("light", 0.8, "M-29,-34c16,6 42,6 58,0M-26,-52c14,6 38,6 52,0")),
    ],
  },
  cup: {
    size: 32,
    width: 96,
    seat: 88,
    color: undefined,
    accent: "#5a3524",
    outline: MUG,
    parts: [
      line("dark", 8, "M30,-70c30,-6 32,40 -4,42"),
      fill("form", MUG),
      fill("light", ellipse(-4, -88, 36, 8)),
      fill("accent", ellipse(-4, -86.5, 32, 6)),
      fill("shine", "M-34,-74h6v46q0,12 8,20q-14,-4 -14,-22z"),
      line("paper", 1.8, "M-14,-102c-6,-10 8,-14 2,-26M6,-102c-6,-10 8,-14 2,-28"),
    ],
  },
  glass: {
    size: 36,
    width: 60,
    seat: 70,
    color: "#bcd9dc",
    accent: "#e8a33d",
    outline: TUMBLER,
    parts: [
      fill("veil", TUMBLER),
      fill("accent", "M-27.500,-66q27,-6 55,0l-4,60q0,3 -4,3h-39q-4,0 -4,-3z"),
      fill("light", ellipse(0, -66, 27.5, 4.5)),
      line("paper", 1.4, ellipse(0, -99, 29.5, 4.5)),
      line("paper", 1.2, TUMBLER),
      fill("shine", "M-24,-92h6l-3,80h-3.500z"),
    ],
  },
  goblet: {
    size: 54,
    width: 50,
    seat: 98,
    color: "#d7e3e4",
    accent: "#8c2740",
    outline: GOBLET,
    parts: [
      fill("veil", GOBLET),
      fill("accent", "M-22.500,-78q22,-4 45,0c1,16 -5,25 -22.500,26c-17,-1 -23.500,-10 -22.500,-26z"),
      fill("light", ellipse(0, -78, 22.4, 2.6)),
      line("paper", 1.1, GOBLET),
      fill("shine", "M-19,-95h4c-1,16 0,26 4,36c-8,-8 -9,-22 -8,-36z"),
    ],
  },
  plate: {
    size: 76,
    width: 100,
    seat: 7,
    color: undefined,
    accent: undefined,
    outline: "M-50,-11c0,-15 100,-15 100,0c0,6 -22,11 -30,11h-40c-8,0 -30,-5 -30,-11z",
    parts: [
      fill("dark", "M-50,-11c0,6 22,11 30,11h40c8,0 30,-5 30,-11z"),
      fill("form", ellipse(0, -11, 50, 11)),
      fill("dark", ellipse(0, -10.5, 36, 7)),
      fill("light", ellipse(0, -9.8, 35, 6.3)),
      fine(line("paper", 0.6, ellipse(0, -11, 46, 9.6))),
    ],
  },
  bowl: {
    size: 46,
    width: 100,
    seat: 38,
    color: undefined,
    accent: undefined,
    outline: "M-50,-46h100c0,26 -18,42 -32,46h-36c-14,-4 -32,-20 -32,-46z",
    parts: [
      fill("form", "M-50,-46h100c0,26 -18,42 -32,46h-36c-14,-4 -32,-20 -32,-46z"),
      fill("deep", ellipse(0, -46, 50, 8)),
      fill("dark", ellipse(0, -44, 44, 6)),
      fill("shine", "M-42,-34c4,14 10,22 20,28c-16,-4 -22,-16 -20,-28z"),
    ],
  },
  teapot: {
    size: 38,
    width: 130,
    seat: 76,
    color: undefined,
    accent: undefined,
    outline: TEAPOT,
    parts: [
      line("dark", 7, "M-42,-52c-30,-6 -30,38 2,36"),
      fill("form", TEAPOT),
      fill("dark", "M-22,-68c14,-8 30,-8 44,0q-22,6 -44,0z"),
      fill("accent", ellipse(0, -78, 6, 6)),
      fill("shine", "M-34,-44c2,-8 8,-12 14,-14c-8,10 -10,24 -6,36c-8,-6 -10,-14 -8,-22z"),
    ],
  },
  candle: {
    size: 44,
    width: 32,
    seat: 74,
    color: "#efe2c6",
    accent: "#f2a93b",
    outline: CANDLE,
    parts: [
      fill("halo", ellipse(0, -90, 44, 44)),
      fill("form", CANDLE),
      fill("light", ellipse(0, -74, 15, 3)),
      line("ink", 1.4, "M0,-74v-7"),
      fill("accent", "M0,-101c8,10 7,20 0,20c-7,0 -8,-10 0,-20z"),
      fill("paper", "M0,-92c3,5 3,10 0,10c-3,0 -3,-5 0,-10z"),
      fill("dark", "M6,-74c1,12 6,10 7,26v-26z"),
    ],
  },
} satisfies Readonly<Record<string, Shape>>;
