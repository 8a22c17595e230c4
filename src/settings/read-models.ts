import { chooseModels, type ModelSettings } from "./choose-models.ts";
import { MODEL_SETTINGS, type ModelEnvironment } from "./model-access.ts";
import { hintsOfModelNames } from "./model-hints.ts";
import { keysFrom } from "./model-reach.ts";
import { type ReadFile, readModelsFile } from "./read-models-file.ts";

export interface ReadModelsParts {
  /** The environment, without what is empty. */
  readonly given: Readonly<Record<string, string | undefined>>;
  /** What it comes to; undefined: something is wrong with it. */
  readonly environment: ModelEnvironment | undefined;
  /** Whether this process asks models itself, and so needs their keys. */
  readonly asks: boolean;
  readonly readFile: ReadFile;
}

/** `hints`: one line each, of what looks mistyped, and of models that cannot be asked. */
export type ReadModels = { readonly hints: readonly string[] } & (
  | { readonly status: "ok"; readonly models: ModelSettings }
  /** One line a problem. None when nothing is wrong but with the environment, of which others speak. */
  | { readonly status: "bad"; readonly problems: readonly string[] }
);

/** The models that the models file and the environment tell of. */
export function readModels({ given, environment, asks, readFile }: ReadModelsParts): ReadModels {
  const usual = MODEL_SETTINGS.DRAFTROOM_MODELS_FILE.parse(undefined);
  const path = given.DRAFTROOM_MODELS_FILE ?? usual;
  const read = readModelsFile(path, path === usual, readFile);
  if (read.status === "bad") return { ...read, hints: hintsOfModelNames(given, []) };
  const { file } = read;
  const hints = hintsOfModelNames(given, keysFrom(file));
  if (environment === undefined) return { status: "bad", problems: [], hints };
  const chosen = chooseModels({ given, environment, file, asks });
  return chosen.status === "ok" ? { ...chosen, hints: [...hints, ...chosen.hints] } : { ...chosen, hints };
}
