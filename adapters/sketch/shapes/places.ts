import { box, ellipse, fill, fine, line, polygon, type Shape } from "./shape.ts";

const HOUSE = polygon(-44, 0, -44, -52, -52, -52, 0, -100, 52, -52, 44, -52, 44, 0);
const HULL = "M-48,-18h98c-4,10 -12,18 -20,18h-56c-12,0 -20,-8 -22,-18z";
const CAR =
  "M-70,-14c-2,-20 4,-24 20,-28c10,-18 22,-26 44,-26h14c18,0 28,10 38,26c16,2 24,10 24,28q0,4 -4,4h-132q-4,0 -4,-4z";
const BALLOON =
  "M0,-100c30,0 44,22 40,44c-4,18 -18,26 -26,36h-28c-8,-10 -22,-18 -26,-36c-4,-22 10,-44 40,-44z";
const ROCKET = "M0,-100c14,14 20,34 18,56l14,16v20l-18,-8h-28l-18,8v-20l14,-16c-2,-22 4,-42 18,-56z";

/** Buildings, and what people travel in. */
export const PLACES = {
  house: {
    size: 62,
    width: 104,
    seat: 90,
    color: undefined,
    accent: "#8e4437",
    outline: HOUSE,
    parts: [
      fill("accentDark", box(20, -96, 12, 30)),
      fill("form", polygon(-44, 0, -44, -56, 0, -96, 44, -56, 44, 0)),
      fill("dark", polygon(-44, -48, 0, -90, 44, -48, 44, -56, 0, -98, -44, -56)),
      fill("accent", polygon(-54, -50, 0, -102, 54, -50, 48, -44, 0, -90, -48, -44)),
      fill("glow", `${box(-32, -42, 20, 20, 1)}${box(12, -42, 20, 20, 1)}${ellipse(0, -66, 7, 7)}`),
      line(
        "paper",
        1.8,
        `${box(-32, -42, 20, 20, 1)}${box(12, -42, 20, 20, 1)}M-22,-42v20M-32,-32h20M22,-42v20M12,-32h20`,
      ),
      fill("accentDark", "M-9,0v-22q0,-8 9,-8q9,0 9,8v22z"),
      fill("glow", ellipse(5, -12, 1.4, 1.4)),
      fine(line("dark", 0.7, "M-44,-10h34M10,-10h34M-44,-18h34M10,-18h34")),
    ],
  },
  lighthouse: {
    size: 76,
    width: 40,
    seat: 100,
    color: "#f1e7d6",
    accent: "#c5403a",
    outline: polygon(-18, 0, -11, -76, 11, -76, 18, 0),
    parts: [
      fill("halo", ellipse(0, -85, 40, 40)),
      fill("form", polygon(-18, 0, -11, -76, 11, -76, 18, 0)),
      fill(
        "accent",
        `${polygon(-16.5, -16, -14.8, -34, 14.8, -34, 16.5, -16)}${polygon(-13.2, -52, -11.6, -68, 11.6, -68, 13.2, -52)}`,
      ),
      fill("ink", box(-14, -79, 28, 4)),
      fill("glow", box(-8, -91, 16, 12)),
      fill("accentDark", polygon(-11, -91, 0, -101, 11, -91)),
    ],
  },
  boat: {
    size: 66,
    width: 100,
    seat: 20,
    color: undefined,
    accent: "#f4ead6",
    outline: `${HULL}M2,-98v74h44zM-4,-90v66h-38z`,
    parts: [
      line("ink", 1.8, "M0,-18v-84"),
      fill("accent", "M3,-98c4,26 18,56 44,72h-44z"),
      fill("accentDark", "M-4,-90c-2,24 -16,52 -38,64h38z"),
      fill("form", HULL),
      fill("light", "M-48,-18h98l-2,5h-95z"),
      fill("glow", polygon(0, -102, 14, -99, 0, -95)),
      fine(line("dark", 0.6, "M6,-80q10,30 34,50M-8,-74q-6,24 -26,42")),
    ],
  },
  car: {
    size: 36,
    width: 142,
    seat: 66,
    color: undefined,
    accent: "#bcd9e0",
    outline: CAR,
    parts: [
      fill("form", CAR),
      fill("accent", "M-40,-42c8,-14 18,-20 34,-20v20zM0,-62h8c14,0 22,8 30,20h-38z"),
      fill("dark", "M-70,-22h140c2,4 0,8 0,8q0,4 -4,4h-132q-4,0 -4,-4z"),
      fill("ink", `${ellipse(-40, -12, 15, 15)}${ellipse(40, -12, 15, 15)}`),
      fill("paper", `${ellipse(-40, -12, 7, 7)}${ellipse(40, -12, 7, 7)}`),
      fill("glow", ellipse(66, -30, 5, 4)),
      fill("shine", polygon(-20, -58, -12, -60, -22, -42, -32, -42)),
      fine(line("dark", 0.8, "M-2,-42v28M-54,-30h34M8,-34h8")),
    ],
  },
  balloon: {
    size: 62,
    width: 82,
    seat: 100,
    color: undefined,
    accent: undefined,
    outline: BALLOON,
    parts: [
      fill("form", BALLOON),
      fill(
        "accent",
        "M-14,-98c-14,20 -14,58 -4,78h8c-8,-22 -8,-58 4,-79zM14,-98c14,20 14,58 4,78h-8c8,-22 8,-58 -4,-79z",
      ),
      line("ink", 0.8, "M-12,-20l4,10M12,-20l-4,10M0,-20v10"),
      fill("ink", box(-9, -11, 18, 11, 2)),
      fill("shine", "M-30,-74c2,-10 8,-16 16,-20c-8,12 -12,26 -12,40c-4,-6 -6,-12 -4,-20z"),
    ],
  },
  rocket: {
    size: 62,
    width: 64,
    seat: 100,
    color: "#ece6da",
    accent: "#d8492f",
    outline: ROCKET,
    parts: [
      fill("glow", "M-12,-16h24c4,16 -4,26 -12,36c-8,-10 -16,-20 -12,-36z"),
      fill("accent", "M-18,-46l-14,18v20l18,-8zM18,-46l14,18v20l-18,-8z"),
      fill("form", "M0,-100c14,14 20,34 18,56l-4,28h-28l-4,-28c-2,-22 4,-42 18,-56z"),
      fill("accent", "M0,-100c7,7 12,16 14,24q-14,5 -28,0c2,-8 7,-17 14,-24z"),
      fill("accentDark", ellipse(0, -56, 9, 9)),
      fill("glow", ellipse(0, -56, 6.5, 6.5)),
    ],
  },
} satisfies Readonly<Record<string, Shape>>;
