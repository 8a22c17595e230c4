import type { ModelName, ModelSpec } from "../core/model.ts";
import type { Tier } from "../core/recipe.ts";
import type { ImageModel } from "../ports/image-model.ts";
import type { ChannelRecord } from "../ports/records.ts";

/** A model that there is. */
export interface Model {
  readonly spec: ModelSpec;
  readonly image: ImageModel;
}

/** The models that there are, by tier. The first of a tier is the one to ask; the others, in this order, when it cannot. At least one each. */
export type Models = Readonly<Record<Tier, readonly [Model, ...Model[]]>>;

export function findModel(models: Models, tier: Tier, name: ModelName): Model | undefined {
  return models[tier].find((each) => each.spec.name === name);
}

/** Which model a tier is asked for in a channel: the one that was set there, while there is such a one. */
export function modelOf(
  models: Models,
  tier: Tier,
  channel: Pick<ChannelRecord, "models"> | undefined,
): Model {
  const set = channel?.models[tier];
  return (set === undefined ? undefined : findModel(models, tier, set)) ?? models[tier][0];
}
