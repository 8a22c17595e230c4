import { BELONGINGS } from "./belongings.ts";
import { CREATURES } from "./creatures.ts";
import { FOOD } from "./food.ts";
import { PLACES } from "./places.ts";
import { PLANTS } from "./plants.ts";
import type { Shape } from "./shape.ts";
import { VESSELS } from "./vessels.ts";

/** Every thing that the sketch can draw, by name. */
export const SHAPES = {
  ...VESSELS,
  ...FOOD,
  ...CREATURES,
  ...PLANTS,
  ...PLACES,
  ...BELONGINGS,
} satisfies Readonly<Record<string, Shape>>;
