import { FAILURE_SENTENCES, type FailureKind } from "../core/failure.ts";
import type { Take } from "../core/round.ts";

/** Which takes are not on the grid, and why: a sentence for each reason. */
export function missingTakes(takes: readonly Take[]): readonly string[] {
  const byKind = new Map<FailureKind, number[]>();
  for (const { number, state } of takes) {
    if (state.status === "failed") byKind.set(state.failure, [...(byKind.get(state.failure) ?? []), number]);
  }
  return [...byKind].map(([failure, numbers]) => {
    const one = numbers.length === 1;
    const which = one ? `Take ${numbers[0]}` : `Takes ${numbers.join(", ")}`;
    return failure === "cancelled"
      ? `${which} ${one ? "was" : "were"} cancelled. Credits returned.`
      : `${which} ${one ? "is" : "are"} missing: ${FAILURE_SENTENCES[failure]} Credits returned.`;
  });
}
