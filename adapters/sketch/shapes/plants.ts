import { box, ellipse, fill, fine, line, polygon, type Shape } from "./shape.ts";

const TREE =
  "M-4,0v-30c-26,4 -40,-12 -34,-28c-10,-18 6,-34 20,-30c8,-16 34,-16 40,0c16,-2 26,16 16,30c6,18 -12,32 -34,28v30z";
const PINE = polygon(
  0,
  -100,
  16,
  -70,
  9,
  -70,
  25,
  -42,
  15,
  -42,
  32,
  -12,
  4,
  -12,
  4,
  0,
  -4,
  0,
  -4,
  -12,
  -32,
  -12,
  -15,
  -42,
  -25,
  -42,
  -9,
  -70,
  -16,
  -70,
);
const CACTUS =
  "M-9,0v-28c-16,2 -24,-6 -24,-20v-14q0,-6 6,-6q6,0 6,6v10q0,8 12,8v-46q0,-10 9,-10q9,0 9,10v36q12,0 12,-10v-12q0,-6 6,-6q6,0 6,6v16c0,14 -8,22 -24,20v40z";
const POT = "M-24,-32h48l-6,30q0,2 -3,2h-30q-3,0 -3,-2z";
const FROND =
  "M0,-30c-4,-24 -20,-34 -38,-36c2,22 18,34 38,36zM0,-30c4,-28 18,-40 36,-44c2,26 -14,40 -36,44zM0,-30c-12,-22 -14,-46 -2,-70c16,22 14,48 2,70z";
const SIDES = "M0,-30c-18,-4 -34,2 -42,14c18,4 32,0 42,-14zM0,-30c16,-6 34,-2 42,10c-16,6 -32,4 -42,-10z";
const MUSHROOM =
  "M-44,-52c0,-28 20,-48 44,-48c24,0 44,20 44,48c0,8 -18,10 -30,10l4,36q0,6 -8,6h-20q-8,0 -8,-6l4,-36c-12,0 -30,-2 -30,-10z";

function petals(cx: number, cy: number, length: number, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI + 0.3;
    const [dx, dy] = [Math.cos(angle) * length, Math.sin(angle) * length];
    const [nx, ny] = [-dy * 0.42, dx * 0.42];
    return `M${[cx, cy].map(round)}C${[cx + dx * 0.5 + nx, cy + dy * 0.5 + ny, cx + dx + nx, cy + dy + ny, cx + dx, cy + dy].map(round)}C${[cx + dx - nx, cy + dy - ny, cx + dx * 0.5 - nx, cy + dy * 0.5 - ny, cx, cy].map(round)}z`;
  }).join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What grows. */
export const PLANTS = {
  tree: {
    size: 72,
    width: 86,
    seat: 100,
    color: "#5f8a52",
    accent: "#6b4a35",
    outline: TREE,
    parts: [
      fill("accent", "M-4,0c2,-16 0,-28 0,-46h8c0,18 -2,30 0,46z"),
      fill(
        "form",
        "M0,-28c-30,8 -46,-12 -38,-30c-10,-18 6,-34 20,-30c8,-16 34,-16 40,0c16,-2 26,16 16,30c6,18 -14,34 -38,30z",
      ),
      fill("dark", "M-10,-32c24,8 46,0 50,-18c4,20 -16,32 -50,18z"),
      fill("light", "M-32,-64c-2,-14 10,-22 20,-20c4,-10 16,-14 24,-10c-18,6 -32,16 -44,30z"),
      line("accent", 2, "M0,-40l-14,-16M1,-46l14,-18"),
    ],
  },
  pine: {
    size: 70,
    width: 64,
    seat: 100,
    color: "#2f6355",
    accent: "#6b4a35",
    outline: PINE,
    parts: [
      fill("accent", box(-4, -14, 8, 14)),
      fill("form", PINE.replace("4 -12 4 0 -4 0 -4 -12 ", "")),
      fill("dark", polygon(0, -100, 16, -70, 9, -70, 25, -42, 15, -42, 32, -12, 6, -12)),
      fill("paper", polygon(0, -100, 7, -87, -1, -90, -7, -87)),
    ],
  },
  flower: {
    size: 56,
    width: 46,
    seat: 100,
    color: undefined,
    accent: "#6f9a5a",
    outline: petals(0, -78, 23, 8),
    parts: [
      { ...line("dark", 2, "M0,0c4,-26 -4,-46 0,-76"), tone: "accentDark" },
      fill(
        "accentDark",
        "M1,-22c10,-16 22,-16 28,-14c-4,12 -16,20 -28,14zM0,-34c-10,-14 -20,-16 -26,-14c4,12 14,18 26,14z",
      ),
      fill("form", petals(0, -78, 23, 8)),
      fill("dark", petals(0, -78, 14, 8)),
      fill("paper", ellipse(0, -78, 6, 6)),
      fine(
        fill("ink", `${ellipse(-2, -79, 0.8, 0.8)}${ellipse(2, -77, 0.8, 0.8)}${ellipse(0, -81, 0.8, 0.8)}`),
      ),
    ],
  },
  plant: {
    size: 58,
    width: 86,
    seat: 32,
    color: "#b9673f",
    accent: "#4e8259",
    outline: `${POT}${FROND}`,
    parts: [
      fill("accentDark", SIDES),
      fill("accent", FROND),
      fill("form", POT),
      fill("dark", box(-26, -36, 52, 8, 2)),
      fine(
        line(
          "accentDark",
          0.8,
          "M-1,-32c-2,-20 -4,-40 -1,-60M0,-31c-8,-16 -18,-26 -32,-32M1,-31c8,-18 18,-30 30,-38",
        ),
      ),
    ],
  },
  cactus: {
    size: 58,
    width: 68,
    seat: 96,
    color: "#5f9068",
    accent: "#e56b7b",
    outline: CACTUS,
    parts: [
      fill("form", CACTUS),
      line("dark", 1.4, "M-4,-4v-84M4,-4v-84"),
      fill("accent", petals(0, -97, 9, 5)),
      fine(line("paper", 0.6, "M-7,-30l-3,-2M-7,-50l-3,-2M8,-62l3,-2M8,-20l3,-2")),
    ],
  },
  mushroom: {
    size: 40,
    width: 88,
    seat: 98,
    color: "#cf4436",
    accent: "#f3e6cf",
    outline: MUSHROOM,
    parts: [
      fill("accent", "M-14,-46h28l4,40q0,6 -8,6h-20q-8,0 -8,-6z"),
      fill("form", "M-44,-52c0,-28 20,-48 44,-48c24,0 44,20 44,48c0,12 -88,12 -88,0z"),
      fill("paper", `${ellipse(-18, -70, 8, 7)}${ellipse(10, -82, 9, 7)}${ellipse(26, -60, 6, 5)}`),
      fill("accentDark", "M-30,-46c20,4 40,4 60,0c-4,4 -8,4 -16,4h-28c-8,0 -12,0 -16,-4z"),
    ],
  },
} satisfies Readonly<Record<string, Shape>>;
