import type { Final } from "../core/final.ts";
import type { ModelName } from "../core/model.ts";

/** The model that was asked first. */
export function askedFor({ model, insteadOf }: Pick<Final, "model" | "insteadOf">): ModelName {
  return insteadOf?.model ?? model;
}
