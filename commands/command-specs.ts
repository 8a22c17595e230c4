import type { CommandSpec } from "../src/ports/chat.ts";
import { DRAFT_SPEC } from "./draft.ts";
import { HELP_SPEC } from "./help.ts";
import { QUOTA_SPEC } from "./quota.ts";

/** Everything that a person can type, for a platform that has to be told beforehand. */
export const COMMAND_SPECS: readonly CommandSpec[] = [DRAFT_SPEC, QUOTA_SPEC, HELP_SPEC];
