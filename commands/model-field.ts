import type { Field } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
import { type ModelName, priceOf } from "../src/core/model.ts";
import { TAKE_SIZE } from "../src/core/recipe.ts";
import type { Models } from "../src/models/models.ts";

/** The answer of whoever leaves it to the channel. No model is called that. */
const CHANNELS = "*";

/**
 * Asks which model drafts; nothing where there is one only.
 *
 * @param model the one that is chosen; undefined, or one that is there no more: the channel's.
 */
export function modelField({ draft }: Models, model: ModelName | undefined): readonly Field[] {
  if (draft.length === 1) return [];
  const models = draft.map(({ spec }) => ({
    value: spec.name,
    label: `${spec.name}, ${inCredits(priceOf(spec, TAKE_SIZE))} a take`,
  }));
  const value = models.some((each) => each.value === model) ? model : undefined;
  return [
    {
      type: "choice",
      name: "model",
      label: "Model",
      options: [{ value: CHANNELS, label: "The channel's own" }, ...models],
      value: value ?? CHANNELS,
    },
  ];
}

/** The name that was chosen; undefined: the channel's. */
export function readModel(answer: string | undefined): ModelName | undefined {
  return answer === CHANNELS ? undefined : answer;
}
