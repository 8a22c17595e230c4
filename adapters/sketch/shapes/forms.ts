import { box, ellipse, fill, fine, line, polygon, type Shape } from "./shape.ts";

const ARCH = "M-36,0v-62c0,-50 72,-50 72,0v62h-20v-58c0,-24 -32,-24 -32,0v58z";
const SLAB = polygon(-26, 0, -18, -100, 22, -92, 30, 0);
const CONE = "M0,-100l34,92c0,10 -68,10 -68,0z";
const PEBBLES = `${ellipse(0, -16, 48, 16)}${ellipse(6, -46, 34, 15)}${ellipse(-4, -72, 24, 12)}${ellipse(2, -91, 14, 8)}`;
const STEPS = polygon(-48, 0, -48, -34, -16, -34, -16, -66, 16, -66, 16, -100, 48, -100, 48, 0);
const RING = `${ellipse(0, -50, 50, 50)}M30,-50a30,30 0 1,0 -60,0a30,30 0 1,0 60,0z`;
const SAIL = "M-30,0c-14,-50 10,-88 44,-100c-12,34 26,58 14,100z";

/** Forms without a name, for words that the lexicon does not know: a word always gets the same one. */
export const FORMS: readonly Shape[] = [
  {
    size: 46,
    width: 100,
    seat: 98,
    color: undefined,
    accent: undefined,
    outline: ellipse(0, -50, 50, 50),
    parts: [
      fill("form", ellipse(0, -50, 50, 50)),
      fill("light", ellipse(-16, -68, 22, 16)),
      fill("dark", "M-34,-14c30,22 80,0 84,-40c4,48 -52,74 -84,40z"),
    ],
  },
  {
    size: 56,
    width: 72,
    seat: 98,
    color: undefined,
    accent: undefined,
    outline: ARCH,
    parts: [
      fill("form", ARCH),
      fill("deep", "M-16,0v-58c0,-24 32,-24 32,0v58h-6v-56c0,-16 -20,-18 -26,-4v60z"),
      fine(line("light", 0.8, "M-30,-4v-58c0,-40 60,-40 60,0")),
    ],
  },
  {
    size: 60,
    width: 56,
    seat: 94,
    color: undefined,
    accent: undefined,
    outline: SLAB,
    parts: [
      fill("form", SLAB),
      fill("dark", polygon(22, -92, 30, 0, 14, 0)),
      fill("light", polygon(-18, -100, 22, -92, 20, -88, -17, -94)),
    ],
  },
  {
    size: 56,
    width: 68,
    seat: 98,
    color: undefined,
    accent: undefined,
    outline: CONE,
    parts: [
      fill("form", CONE),
      fill("dark", "M0,-100l34,92c0,5 -14,7 -30,7z"),
      fill("light", "M0,-100l-34,92q2,4 10,5z"),
    ],
  },
  {
    size: 50,
    width: 96,
    seat: 98,
    color: undefined,
    accent: undefined,
    outline: PEBBLES,
    parts: [
      fill("form", ellipse(0, -16, 48, 16)),
      fill("accent", ellipse(6, -46, 34, 15)),
      fill("dark", ellipse(-4, -72, 24, 12)),
      fill("paper", ellipse(2, -91, 14, 8)),
    ],
  },
  {
    size: 50,
    width: 96,
    seat: 98,
    color: undefined,
    accent: undefined,
    outline: STEPS,
    parts: [
      fill("form", STEPS),
      fill("light", `${box(-48, -36, 34, 4)}${box(-16, -68, 34, 4)}${box(16, -102, 32, 4)}`),
      fill("accent", ellipse(-32, -50, 14, 14)),
    ],
  },
  {
    size: 54,
    width: 76,
    seat: 98,
    color: undefined,
    accent: undefined,
    outline: SAIL,
    parts: [
      fill("form", SAIL),
      fill("dark", "M14,-100c-12,34 26,58 14,100h-20c10,-44 -12,-60 6,-100z"),
      fill("accent", ellipse(-22, -14, 14, 14)),
    ],
  },
  {
    size: 46,
    width: 100,
    seat: 98,
    color: undefined,
    accent: undefined,
    outline: RING,
    parts: [
      line("base", 18, ellipse(0, -50, 40, 40)),
      line("dark", 6, "M-6,-4c34,6 58,-30 44,-64"),
      fill("accent", ellipse(0, -50, 14, 14)),
    ],
  },
];
