import type { FailureKind } from "../core/failure.ts";
import type { ModelName } from "../core/model.ts";
import type { InsteadOf, Take } from "../core/round.ts";

/** Why another model has the work: "because nano-banana-lite is overloaded". */
export function becauseWords({ model, because }: InsteadOf): string {
  return `because ${BECAUSE[because](model)}`;
}

/** Who made what in place of another, a sentence for each who did. */
export function fallbackWords(takes: readonly Take[]): readonly string[] {
  const made = takes.filter((take) => take.state.status === "made");
  return passed(made).map(({ numbers, to, reason }) =>
    numbers.length === made.length
      ? `Made by ${to}, ${reason}.`
      : `${listed(numbers)} ${numbers.length === 1 ? "is" : "are"} by ${to}, ${reason}.`,
  );
}

/** The same while they are being made. */
export function passedWords(takes: readonly Take[]): readonly string[] {
  const coming = takes.filter((take) => take.state.status !== "failed");
  return passed(coming).map(({ numbers, to, reason }) => {
    const all = coming.length === 1 ? "it" : "them";
    const what = numbers.length === coming.length ? all : listed(numbers).toLowerCase();
    return `${to} makes ${what} now, ${reason}.`;
  });
}

/** By model that gave it up and model that has it; the first reason stands for all. */
function passed(takes: readonly Take[]) {
  const groups = Map.groupBy(takes, ({ model, insteadOf }) => insteadOf && `${insteadOf.model} ${model}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first?.insteadOf === undefined) return [];
    const numbers = group.map((take) => take.number);
    return [{ numbers, to: first.model, reason: becauseWords(first.insteadOf) }];
  });
}

function listed(numbers: readonly number[]): string {
  return numbers.length === 1 ? `Take ${numbers[0]}` : `Takes ${numbers.join(", ")}`;
}

const BECAUSE: Readonly<Record<FailureKind, (model: ModelName) => string>> = {
  blocked: (model) => `${model} refused the prompt`,
  withheld: (model) => `the safety filter of ${model} held its picture back`,
  no_image: (model) => `${model} sent no image`,
  rate_limited: (model) => `${model} had too many requests at once`,
  overloaded: (model) => `${model} is overloaded`,
  quota: (model) => `the quota for ${model} is used up`,
  timeout: (model) => `${model} took too long`,
  invalid: (model) => `${model} did not accept the request`,
  no_model: (model) => `${model} is not to be had any more`,
  auth: (model) => `${model} did not accept Draftroom's key`,
  bad_image: (model) => `${model} sent a file that is not a usable image`,
  storage: (model) => `what ${model} made could not be kept`,
  interrupted: (model) => `the work of ${model} was interrupted`,
  cancelled: (model) => `the work of ${model} was cancelled`,
};
