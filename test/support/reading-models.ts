import { readConfig } from "../../src/config.ts";
import type { ModelSetting } from "../../src/settings/model-setting.ts";

// Models as the settings and a models file make them.

type Env = Readonly<Record<string, string>>;
export const KEY = "hunter2-hunter2-hunter2";
export const read = (env: Env, file?: string) => {
  const result = readConfig(env, () => file);
  if (result.status !== "ok") throw new Error(result.problems.join("\n"));
  return result;
};
export const models = (env: Env, file?: string) => read(env, file).config.models;
export const problems = (env: Env, file: string) => {
  const result = readConfig(env, () => file);
  return result.status === "bad" ? result.problems : [];
};
export const names = (settings: readonly ModelSetting[]) => settings.map((each) => each.spec.name);
export const namesOf = (env: Env, file?: string) => {
  const { draft, final } = models(env, file);
  return { draft: names(draft), final: names(final) };
};

export const GOOGLE = { GEMINI_API_KEY: KEY };
export const ALL = {
  ...GOOGLE,
  OPENAI_API_KEY: KEY,
  FAL_KEY: KEY,
  REPLICATE_API_TOKEN: KEY,
  BFL_API_KEY: KEY,
  SDAPI_URL: "http://gpu.local:7860",
};
