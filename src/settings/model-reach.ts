import { ACCESS, KEY, type ModelEnvironment } from "./model-access.ts";
import type { ModelSetting, Provider } from "./model-setting.ts";
import type { ModelsFile } from "./read-models-file.ts";

/** How the models of a provider are reached. */
export type Reach = Pick<ModelSetting, "keyName" | "key" | "baseUrl">;

export interface ReachParts {
  /** The environment, without what is empty. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly environment: ModelEnvironment;
  /** Undefined: none. */
  readonly file: ModelsFile | undefined;
}

/** By the environment, and by what a models file says of the provider. Addresses differ by machine: the environment's wins. */
export function reachOf(provider: Provider, { given, environment, file }: ReachParts): Reach {
  const { key, url } = ACCESS[provider];
  const said = provider === "sketch" ? undefined : file?.content.providers?.[provider];
  const baseUrl = (url && environment[url]) ?? said?.baseUrl;
  return said?.keyFrom === undefined
    ? { keyName: key, key: key && environment[key], baseUrl }
    : { keyName: said.keyFrom, key: KEY.safeParse(given[said.keyFrom]).data, baseUrl };
}

/** What is wrong with keys that are no settings of ours, but named by a models file. */
export function problemsOfKeys({ given, file }: Omit<ReachParts, "environment">): readonly string[] {
  return keysFrom(file).flatMap((name) => {
    const parsed = given[name] === undefined ? undefined : KEY.safeParse(given[name]);
    return parsed?.error?.issues.map((issue) => `${name} ${issue.message}`) ?? [];
  });
}

/** The variables that a models file names. */
export function keysFrom(file: ModelsFile | undefined): readonly string[] {
  return Object.values(file?.content.providers ?? {}).flatMap((each) => each?.keyFrom ?? []);
}
