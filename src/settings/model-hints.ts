import { type KeyName, MODEL_SETTINGS } from "./model-access.ts";
import { hintsOfNearNames } from "./near-names.ts";

type Given = Readonly<Record<string, unknown>>;

/** What other programs call the same keys. */
const ELSEWHERE: Readonly<Record<string, KeyName>> = {
  GOOGLE_API_KEY: "GEMINI_API_KEY",
  GOOGLE_GENERATIVE_AI_API_KEY: "GEMINI_API_KEY",
  FAL_API_KEY: "FAL_KEY",
  REPLICATE_API_KEY: "REPLICATE_API_TOKEN",
  BFL_KEY: "BFL_API_KEY",
};
const PREFIXES = ["GEMINI_", "OPENAI_", "FAL_", "REPLICATE_", "BFL_", "SDAPI_"];

/** What is said of variables that nearly are settings of models. `used`: those that a models file names. */
export function hintsOfModelNames(given: Given, used: readonly string[]): readonly string[] {
  const unused = Object.fromEntries(Object.entries(given).filter(([name]) => !used.includes(name)));
  const elsewhere = Object.entries(ELSEWHERE).filter(
    ([name, ours]) => unused[name] !== undefined && given[ours] === undefined,
  );
  const known = Object.fromEntries(Object.entries(unused).filter(([name]) => !(name in ELSEWHERE)));
  return [
    ...elsewhere.map(([name, ours]) => `${name} is no setting: did you mean ${ours}?`),
    ...PREFIXES.flatMap((prefix) => hintsOfNearNames(prefix, settingsOf(prefix), known)),
  ];
}

function settingsOf(prefix: string): Given {
  return Object.fromEntries(Object.entries(MODEL_SETTINGS).filter(([name]) => name.startsWith(prefix)));
}
