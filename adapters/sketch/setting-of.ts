import type { Element, Feature, Mood, Setting, Surface } from "./scene.ts";

/** What a prompt said that bears on its setting. */
interface Said {
  readonly settings: readonly Setting[];
  readonly features: ReadonlySet<Feature>;
  readonly elements: readonly Element[];
  readonly surface: Surface | undefined;
  readonly mood: Mood | undefined;
  readonly unknown: readonly string[];
}

/** Where a scene plays: as it was said, or else where its features, ground and things are at home. */
export function settingOf({ settings, features, elements, surface, mood, unknown }: Said): Setting {
  const [said] = settings;
  if (said !== undefined) return said;
  if (features.has("city")) return "city";
  if (features.has("window") || features.has("shelf")) return "room";
  if (["mountains", "hills", "trees", "snowfall"].some((feature) => features.has(feature as Feature)))
    return "outdoors";
  const home = elements
    .map((element) => HOMES[String(element.subject)])
    .find((setting) => setting !== undefined);
  if (surface !== undefined && home === undefined) return "table";
  if (home !== undefined) return home;
  if (elements.length > 0) return mood === "minimal" ? "studio" : "table";
  if (features.size > 0) return "outdoors";
  return unknown.length % 2 === 0 ? "studio" : "table";
}

/** Where things are at home, when the prompt does not say; the others stand on a table. */
const HOMES: Readonly<Record<string, Setting>> = {
  ...toHome(
    "outdoors",
    "fox dog bird tree pine cactus mushroom house balloon rocket lighthouse person umbrella car",
  ),
  ...toHome("sea", "boat fish"),
  ...toHome("room", "chair lamp plant cat"),
  ...toHome("studio", "shoe perfume bag phone heart star robot"),
};

function toHome(setting: Setting, subjects: string): Record<string, Setting> {
  return Object.fromEntries(subjects.split(" ").map((subject) => [subject, setting]));
}
