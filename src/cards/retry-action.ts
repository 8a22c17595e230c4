import type { Action } from "../core/card.ts";
import type { FailureKind } from "../core/failure.ts";

/** What would be refused again, or may well be: another order is the way out. */
const NEED_OTHER_WORDS: ReadonlySet<FailureKind> = new Set(["blocked", "withheld", "no_image", "invalid"]);

/** Nothing that people here do helps before somebody else has done something. */
const NEED_SOMEBODY: ReadonlySet<FailureKind> = new Set(["quota", "no_model", "auth"]);

export function needsOtherWords(failure: FailureKind): boolean {
  return NEED_OTHER_WORDS.has(failure);
}

/** Trying again, as a button: how much it invites, and what it is called. */
export function retryAction(id: string, failure: FailureKind): Action {
  const invites = !NEED_SOMEBODY.has(failure);
  return {
    id,
    label: failure === "cancelled" ? "Start again" : "Retry",
    style: invites ? "primary" : "plain",
  };
}
