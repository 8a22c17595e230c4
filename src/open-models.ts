import type { Config } from "./config.ts";
import type { Model, Models } from "./models/models.ts";
import type { ImageModel } from "./ports/image-model.ts";
import type { ModelSetting } from "./settings/model-setting.ts";

/** The models that the settings name. What a provider needs is loaded only where one of its models is named. */
export async function openModels(config: Pick<Config, "models" | "sketchDelayMs">): Promise<Models> {
  const { draft, final } = config.models;
  const open = async (setting: ModelSetting): Promise<Model> => ({
    spec: setting.spec,
    image: await openModel(setting, config.sketchDelayMs),
  });
  const openAll = async ([first, ...others]: readonly [ModelSetting, ...ModelSetting[]]) =>
    [await open(first), ...(await Promise.all(others.map(open)))] as const;
  return { draft: await openAll(draft), final: await openAll(final) };
}

async function openModel(setting: ModelSetting, sketchDelayMs: number): Promise<ImageModel> {
  const { provider, modelId, editId, family, key, baseUrl, options, tokenPrices } = setting;
  switch (provider) {
    case "sketch": {
      const { createSketchModel } = await import("../adapters/sketch/sketch-model.ts");
      return createSketchModel({ delayMs: sketchDelayMs });
    }
    case "sdapi": {
      if (baseUrl === undefined) throw new Error(`${setting.spec.name} has no address`);
      const { createSdapiModel } = await import("../adapters/sdapi/sdapi-model.ts");
      return createSdapiModel({ baseUrl, checkpoint: modelId, options, fetch });
    }
    default: {
      const { VENDORS } = await import("../adapters/ai-sdk/vendors.ts");
      const { createAiSdkModel } = await import("../adapters/ai-sdk/ai-sdk-model.ts");
      const model = { id: modelId, editId, family, key, baseUrl, options, tokenPrices };
      return createAiSdkModel({ vendor: await VENDORS[provider](), model, fetch });
    }
  }
}
