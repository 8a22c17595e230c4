import type { FailureKind } from "../core/failure.ts";
import type { ModelName } from "../core/model.ts";
import type { Tier } from "../core/recipe.ts";
import type { Model, Models } from "./models.ts";

/** What another model may well not have. A prompt that one refuses is not carried from door to door. */
const NOT_THE_REQUEST: ReadonlySet<FailureKind> = new Set([
  "rate_limited",
  "overloaded",
  "quota",
  "timeout",
  "no_model",
  "auth",
]);

export interface Tried {
  readonly tier: Tier;
  /** The one that was asked first. */
  readonly asked: ModelName;
  /** The one that could not. */
  readonly last: ModelName;
  readonly failure: FailureKind;
}

/**
 * Who is asked when a model could not: after the one that was asked first the others of its tier, in the
 * order of the settings. Undefined: nobody is left, or nobody would do better.
 */
export function nextModel(models: Models, { tier, asked, last, failure }: Tried): Model | undefined {
  if (!NOT_THE_REQUEST.has(failure)) return undefined;
  const others = models[tier].filter((each) => each.spec.name !== asked);
  return last === asked ? others[0] : others[others.findIndex((each) => each.spec.name === last) + 1];
}
