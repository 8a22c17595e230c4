import { box, ellipse, fill, fine, line, polygon, type Shape } from "./shape.ts";

const FOX =
  "M-14,-100L-2,-86h18L28,-100c3,10 4,20 2,26c0,6 -4,12 -9,16c4,18 2,38 0,58h-36c-24,4 -48,-8 -41,-40c6,12 20,13 30,12c2,-12 6,-22 12,-30c-4,-5 -5,-10 -5,-16c-2,-6 3,-16 5,-26z";
const CAT =
  "M-17,-100l9,12q8,-3 16,0l9,-12l3,24c0,8 -4,14 -9,17c14,14 16,40 12,59h-46c-4,-19 -2,-45 12,-59c-5,-3 -9,-9 -9,-17z";
const DOG =
  "M-6,-98c16,-4 26,6 28,16l18,6q6,10 -8,14h-12c6,16 4,40 2,62h-38c-14,-18 -6,-46 4,-60c-4,-14 -4,-34 6,-38z";
const BIRD =
  "M-62,-18l26,-14c4,-24 20,-38 42,-36c2,-14 30,-22 38,-2l16,8l-16,6c2,26 -16,46 -44,44c-18,0 -30,-6 -36,-14z";
const FISH = "M-58,-70l22,16c18,-22 64,-24 86,6c-22,30 -68,28 -86,6l-22,16c6,-16 6,-28 0,-44z";
const PERSON =
  "M0,-100c7,0 10,5 9,11c0,3 -2,6 -4,8c8,2 12,8 13,20l4,40h-9l1,21h-10l-4,-20l-4,20h-10l1,-21h-9l4,-40c1,-12 5,-18 13,-20c-2,-2 -4,-5 -4,-8c-1,-6 2,-11 9,-11z";
const ROBOT = `${box(-26, -100, 52, 36, 8)}${box(-32, -60, 64, 44, 8)}${box(-24, -18, 16, 18, 3)}${box(8, -18, 16, 18, 3)}`;

/** Animals and people. */
export const CREATURES = {
  fox: {
    size: 50,
    width: 112,
    seat: 90,
    color: "#d8622b",
    accent: undefined,
    outline: FOX,
    parts: [
      fill("dark", "M-10,-2c-28,8 -54,-6 -46,-38c6,12 18,14 28,13c10,-1 18,9 18,25z"),
      fill("paper", "M-56,-40c-5,18 -1,29 9,36c3,-8 2,-20 5,-25c-6,-1 -11,-4 -14,-11z"),
      fill("form", "M-18,0c-8,-22 0,-46 14,-60h24c6,18 4,40 2,60z"),
      fill("paper", "M4,-58h14c8,18 4,32 -2,42c-8,-10 -12,-26 -12,-42z"),
      fill("ink", `${box(-2, -10, 7, 10, 3)}${box(12, -10, 7, 10, 3)}`),
      fill(
        "form",
        "M-14,-100L-2,-86h18L28,-100c3,10 4,20 2,26c-2,10 -14,18 -23,23c-9,-5 -21,-13 -23,-23c-2,-6 -1,-16 2,-26z",
      ),
      fill(
        "paper",
        "M-16,-74c10,-2 18,4 23,13c5,-9 13,-15 23,-13c-2,10 -14,18 -23,23c-9,-5 -21,-13 -23,-23z",
      ),
      fill("deep", `${polygon(-12, -94, -5, -85, -12, -82)}${polygon(26, -94, 19, -85, 26, -82)}`),
      fill("ink", `${ellipse(7, -53, 3.4, 2.6)}${ellipse(-2, -73, 1.8, 2)}${ellipse(16, -73, 1.8, 2)}`),
      fine(fill("paper", `${ellipse(-1.4, -73.7, 0.5, 0.5)}${ellipse(16.6, -73.7, 0.5, 0.5)}`)),
    ],
  },
  cat: {
    size: 44,
    width: 64,
    seat: 90,
    color: "#5a5360",
    accent: "#e9b44c",
    outline: CAT,
    parts: [
      line("dark", 7, "M18,-4c22,4 26,-14 20,-28"),
      fill("form", "M-12,-62h24c14,14 16,42 12,62h-48c-4,-20 -2,-48 12,-62z"),
      fill("light", "M-8,-58h16c6,14 4,28 -1,40h-14c-5,-12 -7,-26 -1,-40z"),
      fill("form", "M-17,-100l9,12q8,-3 16,0l9,-12l3,24c0,12 -9,20 -20,20c-11,0 -20,-8 -20,-20z"),
      fill("accent", `${ellipse(-8, -75, 3.2, 3.6)}${ellipse(8, -75, 3.2, 3.6)}`),
      fill("ink", `${ellipse(-8, -75, 1.2, 3)}${ellipse(8, -75, 1.2, 3)}${polygon(-2, -68, 2, -68, 0, -65)}`),
      line("dark", 1.4, "M0,-16v14"),
      fine(line("paper", 0.5, "M-10,-66l-14,-3M-10,-64l-14,2M10,-66l14,-3M10,-64l14,2")),
    ],
  },
  dog: {
    size: 46,
    width: 70,
    seat: 90,
    color: "#b98150",
    accent: "#c8453b",
    outline: DOG,
    parts: [
      line("dark", 7, "M-16,-6c-18,-2 -22,-16 -16,-28"),
      fill("form", "M-6,-64h24c6,18 4,42 2,64h-38c-14,-18 -2,-48 12,-64z"),
      fill("paper", "M8,-60h10c5,14 3,28 0,40c-8,-10 -12,-24 -10,-40z"),
      fill("form", "M-6,-98c16,-4 26,6 28,16l18,6q6,10 -8,14c-14,4 -38,4 -42,-8c-4,-10 -2,-24 4,-28z"),
      fill("dark", "M-6,-98c-14,4 -16,24 -10,40c10,-2 16,-16 14,-30z"),
      fill("accent", "M-8,-62c10,4 18,4 27,1l1,6c-10,3 -20,3 -29,-1z"),
      fill("ink", `${ellipse(38, -75, 4, 3.4)}${ellipse(14, -84, 2.2, 2.4)}`),
    ],
  },
  bird: {
    size: 28,
    width: 122,
    seat: 60,
    color: undefined,
    accent: "#e8a33d",
    outline: BIRD,
    parts: [
      line("ink", 2, "M-2,-6v8M10,-6v8"),
      fill("form", BIRD),
      fill("accent", polygon(44, -70, 62, -62, 44, -56)),
      fill("paper", "M30,-50c10,20 -10,42 -32,44c20,-10 28,-26 32,-44z"),
      fill("dark", "M-44,-26c12,-26 34,-34 54,-26c-8,24 -30,34 -54,26z"),
      fill("ink", ellipse(34, -68, 3, 3)),
      fine(line("light", 1, "M-34,-28c12,-4 24,-10 34,-18M-26,-24c10,-2 18,-8 26,-16")),
    ],
  },
  fish: {
    size: 34,
    width: 110,
    seat: 70,
    color: undefined,
    accent: undefined,
    outline: FISH,
    parts: [
      fill("form", FISH),
      fill("accent", "M-8,-66c14,-14 30,-12 36,-2c-12,-2 -24,-2 -36,2z"),
      fill("paper", "M10,-56c10,4 12,14 2,20c-6,-6 -6,-14 -2,-20z"),
      fill("ink", ellipse(34, -52, 3, 3)),
      line("dark", 1.4, "M-14,-58q8,10 0,22M-4,-60q8,12 0,26"),
    ],
  },
  person: {
    size: 62,
    width: 44,
    seat: 100,
    color: undefined,
    accent: "#e3b08f",
    outline: PERSON,
    parts: [
      fill("ink", "M-12,-24h10l0,24h-10zM2,-24h10l0,24h-10z"),
      fill("accent", "M0,-98c7,0 9,5 8,10c0,6 -4,9 -8,9c-4,0 -8,-3 -8,-9c-1,-5 1,-10 8,-10z"),
      fill("form", "M-5,-81h10c8,2 12,8 13,20l4,42h-44l4,-42c1,-12 5,-18 13,-20z"),
      fill("dark", "M3,-81c9,2 14,8 15,20l4,42h-16z"),
      fill("ink", "M-9,-88c-2,-10 4,-14 9,-14c6,0 11,4 9,12c-4,-5 -10,-6 -13,-4c-2,1 -4,3 -5,6z"),
      fill("light", polygon(-5, -81, 0, -72, 5, -81)),
    ],
  },
  robot: {
    size: 52,
    width: 88,
    seat: 100,
    color: undefined,
    accent: undefined,
    outline: ROBOT,
    parts: [
      line("dark", 7, "M-32,-50c-12,4 -12,20 -8,28M32,-50c12,4 12,20 8,28"),
      fill("dark", `${box(-24, -20, 16, 20, 3)}${box(8, -20, 16, 20, 3)}${box(-7, -68, 14, 10)}`),
      fill("form", box(-32, -60, 64, 44, 8)),
      fill("form", box(-26, -100, 52, 36, 8)),
      fill("ink", box(-20, -92, 40, 20, 8)),
      fill("glow", `${ellipse(-9, -82, 4, 4)}${ellipse(9, -82, 4, 4)}`),
      fill("accent", box(-16, -48, 32, 18, 3)),
      line("ink", 1.6, "M0,-100v-10"),
    ],
  },
} satisfies Readonly<Record<string, Shape>>;
