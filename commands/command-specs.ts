import type { CommandSpec } from "../src/ports/command-spec.ts";
import { createDraftSpec } from "./draft.ts";
import { HELP_SPEC } from "./help.ts";
import { QUOTA_SPEC } from "./quota.ts";

/**
 * Everything that a person can type, for a platform that has to be told beforehand.
 *
 * @param models the names of the draft tier's models.
 */
export function createCommandSpecs(models: readonly string[]): readonly CommandSpec[] {
  return [createDraftSpec(models), QUOTA_SPEC, HELP_SPEC];
}
